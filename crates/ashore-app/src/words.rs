//! The vocabulary's closed lists as they cross a wire: snake_case, in one place, for every shell and file format.

use ashore_domain as d;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Mirrors a domain enum without data as a wire word, with conversions both ways.
macro_rules! words {
    ($($(#[$doc:meta])* $word:ident { $($variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)] // the domain type of the same name explains each variant
        pub enum $word { $($variant),+ }

        impl From<d::$word> for $word {
            fn from(value: d::$word) -> Self {
                match value { $(d::$word::$variant => Self::$variant),+ }
            }
        }

        impl From<$word> for d::$word {
            fn from(value: $word) -> Self {
                match value { $($word::$variant => Self::$variant),+ }
            }
        }

        impl $word {
            /// The word as it is written.
            #[must_use]
            pub fn as_text(self) -> String {
                serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
            }
        }
    )+};
}

words! {
    /// What the borrower thinks of a suggestion.
    ReviewVerdict { Confirmed, Dismissed }
    /// What the creditor legally is.
    LenderKind {
        Bank, ConsumerFinanceCo, AutoFinanceCo, TrustCo, MicroLoanCo, GuaranteeCo, InsurerCredit,
        AssetManagerOrAssignee, PrivateLender, Unknown,
    }
    /// What was sold.
    ProductKind {
        CashLoan, ConsumerInstalment, RevolvingCreditLine, BuyNowPayLater, CreditCard, CreditCardInstalment,
        LeaseToOwn, PrivateLoan,
    }
    /// Repayment method.
    Method {
        EqualInstallment, EqualPrincipal, InterestOnlyBullet, SinglePayment, FlatRate, DailyAccrual, Custom,
    }
    /// Kind of fee.
    FeeKind {
        ServiceFee, GuaranteeFee, InsurancePremium, MembershipFee, ConsultingFee, HandlingFee, UpfrontDeduction,
        EarlyRepaymentFee, LatePenalty, CollectionFee, LegalFee, DepositHeld,
    }
    /// When a fee is taken.
    FeeWhen { Upfront, EachTerm, Final }
    /// What a yuan is owed for.
    Bucket { EnforcementCost, Interest, Compound, Penalty, LateFee, Fees, Principal }
    /// Kind of a letter or annex.
    LetterKind {
        Application, Hardship, Complaint, Report, Confirmation, ContactHours, ThirdPartyStop, PersonalInformation,
        CreditObjection, SettlementCertificate, PaymentOrderObjection, Performance, Statement, Plan, AgreementAnnex,
        AgreementDraft,
        EvidenceIndex,
    }
    /// What a party is to a loan.
    PartyRole {
        Platform, Funder, Guarantor, CreditEnhancer, Assignee, CurrentCreditor, CollectionAgency, Collector,
    }
    /// A way to reach a party.
    ContactChannel { Hotline, OnlineChat, Email, InApp, Sms, Post, InPerson }
    /// How a channel is known to be the party's own.
    ChannelProof { Contract, OfficialApp, OfficialSite, Register }
    /// What becomes of interest while payments are deferred.
    DeferredInterest { Accrues, AccruesNoCompound, Stopped }
    /// What befell the borrower.
    HardshipKind {
        JobLoss, IncomeLoss, Illness, FamilyCare, Disaster, Bereavement, Separation, BusinessFailure, Overindebted,
        Other,
    }
    /// Where a case stands.
    CaseStage {
        Preparing, Contacted, Negotiating, OrallyAgreed, Drafted, Performing, Breached, Escalated, Settled,
    }
    /// How a document of the checklist stands.
    DocumentState { Attached, AskedFor, NotNeeded }
    /// What became of an agreement.
    AgreementStep { Signed, Breached, Cured, Completed, CertificateReceived, CreditRecordChecked }
    /// What is said about one point of an agreement's text.
    PointVerdict { Present, Absent, Unclear }
    /// Yes, no, or not known.
    Answer { Yes, No, Unknown }
    /// Kind of evidence.
    EvidenceKind {
        Call, Sms, Email, ImChat, InAppChat, PaymentReceipt, Contract, Agreement, Screenshot, ScreenVideo, Letter,
        VisitNote, CourtDoc, CreditReport, Note,
    }
    /// How exact a time is.
    Precision { Second, Minute, Day }
    /// Whose clock a time comes from.
    TimeSource { Device, Carrier, User }
    /// Part someone played.
    PersonRole { User, LenderStaff, Collector, Platform, Mediator, ThirdParty }
    /// From whom to whom.
    Direction { Incoming, Outgoing, None }
    /// Kind of result.
    OutcomeKind { Offer, Amount, Date, Refusal, Threat, Promise, ThirdPartyContacted, Information, Nothing }
    /// How a lender confirmed something.
    ConfirmationForm { Oral, Written }
    /// How a call ended up.
    CallStatus { Answered, Missed, Rejected }
    /// Form of an agreement.
    AgreedForm { SignedContract, StampedLetter, Email, Sms, InApp, RecordedCall }
    /// Whose offer.
    Side { Borrower, Lender }
    /// Why a loan was closed.
    CloseReason { PaidOff, Settled, EnteredByMistake }
    /// How an expense may be moved.
    ExpenseClass { Essential, Flexible, Irregular }
    /// How sure an income is.
    Certainty { Fixed, Variable, OneOff }
    /// What may happen to an asset.
    AssetUse { CouldSell, MustKeep }
    /// How a time limit ended.
    DeadlineOutcome { Done, Answered, Lapsed, EnteredByMistake }
    /// Kind of a reminder.
    ReminderKind {
        LoanDue, AgreementDue, Shortfall, Promise, OfferExpiry, Task, ReplyDue, Deadline, Review, RulesStale,
        RestoreDrill,
    }
    /// How a stage of a reminder was settled.
    ReminderSettled { Shown, Covered, ShownLocked, PastWhenChosen }
}

/// What a plan should be best at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the engine's `Objective` explains them
pub enum PlanObjective {
    Soonest,
    Lightest,
    ProRata,
    FewestAsks,
    Cheapest,
}

impl From<ashore_engine::plan::Objective> for PlanObjective {
    fn from(objective: ashore_engine::plan::Objective) -> Self {
        use ashore_engine::plan::Objective as O;
        match objective {
            O::Soonest => Self::Soonest,
            O::Lightest => Self::Lightest,
            O::ProRata => Self::ProRata,
            O::FewestAsks => Self::FewestAsks,
            O::Cheapest => Self::Cheapest,
        }
    }
}

impl From<PlanObjective> for ashore_engine::plan::Objective {
    fn from(objective: PlanObjective) -> Self {
        match objective {
            PlanObjective::Soonest => Self::Soonest,
            PlanObjective::Lightest => Self::Lightest,
            PlanObjective::ProRata => Self::ProRata,
            PlanObjective::FewestAsks => Self::FewestAsks,
            PlanObjective::Cheapest => Self::Cheapest,
        }
    }
}
