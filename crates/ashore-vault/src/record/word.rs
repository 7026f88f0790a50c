use ashore_domain::{
    AgreedForm, AgreementStep, Answer, AssetUse, Bucket, CallStatus, CaseStage, Certainty, ChannelProof,
    CloseReason, CompoundOn, ConfirmationForm, ContactChannel, CustodyAction, DayCount, DeadlineOutcome,
    DeferredInterest, Direction, DocumentState, EvidenceKind, ExpenseClass, FactKind, FeeKind, FeeWhen,
    HardshipKind, LenderKind, LetterKind, Method, OutcomeKind, PartyRole, PenaltyBase, PenaltyDayCount,
    PersonRole, PointVerdict, Precision, ProductKind, RatePer, ReminderKind, ReminderSettled, ReviewVerdict,
    Side, TimeSource,
};

/// A choice with one frozen word for each case, in records and in columns alike.
pub(crate) trait Word: Copy + Sized + 'static {
    /// Every case with its word.
    const WORDS: &'static [(Self, &'static str)];

    /// The case's word.
    fn word(self) -> &'static str;

    /// The case of a word.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(case, _)| *case)
    }
}

macro_rules! words {
    ($($choice:ident { $($case:ident $word:literal),+ $(,)? })+) => {$(
        impl Word for $choice {
            const WORDS: &'static [(Self, &'static str)] = &[$((Self::$case, $word)),+];

            fn word(self) -> &'static str {
                match self { $(Self::$case => $word),+ }
            }
        }
    )+};
}

words! {
    FactKind {
        Party "party", LoanOpened "loan_opened", LoanCorrected "loan_corrected", LoanClosed "loan_closed",
        Payment "payment", PaymentVoided "payment_voided", PaymentReturned "payment_returned", Waiver "waiver", Evidence "evidence",
        Imported "imported", EvidenceRemoved "evidence_removed",
        Capacity "capacity", Proposal "proposal", Agreement "agreement", Case "case", Custody "custody",
        Anchor "anchor", ConductReview "conduct_review", Deadline "deadline", DeadlineSettled "deadline_settled", Review "review",
        Borrower "borrower", Letter "letter", LetterSent "letter_sent", LetterProved "letter_proved", LetterAnswered "letter_answered",
        OwnRule "own_rule",
    }
    DeadlineOutcome {
        Done "done", Answered "answered", Lapsed "lapsed", EnteredByMistake "entered_by_mistake",
    }
    ChannelProof {
        Contract "contract", OfficialApp "official_app", OfficialSite "official_site", Register "register",
    }
    DeferredInterest {
        Accrues "accrues", AccruesNoCompound "accrues_no_compound", Stopped "stopped",
    }
    HardshipKind {
        JobLoss "job_loss", IncomeLoss "income_loss", Illness "illness", FamilyCare "family_care",
        Disaster "disaster", Bereavement "bereavement", Separation "separation",
        BusinessFailure "business_failure", Overindebted "overindebted", Other "other",
    }
    CaseStage {
        Preparing "preparing", Contacted "contacted", Negotiating "negotiating", OrallyAgreed "orally_agreed",
        Drafted "drafted", Performing "performing", Breached "breached", Escalated "escalated", Settled "settled",
    }
    DocumentState { Attached "attached", AskedFor "asked_for", NotNeeded "not_needed" }
    AgreementStep {
        Signed "signed", Breached "breached", Cured "cured", Completed "completed",
        CertificateReceived "certificate_received", CreditRecordChecked "credit_record_checked",
    }
    PointVerdict { Present "present", Absent "absent", Unclear "unclear" }
    Answer { Yes "yes", No "no", Unknown "unknown" }
    LenderKind {
        Bank "bank", ConsumerFinanceCo "consumer_finance_co", AutoFinanceCo "auto_finance_co", TrustCo "trust_co",
        MicroLoanCo "micro_loan_co", GuaranteeCo "guarantee_co", InsurerCredit "insurer_credit",
        AssetManagerOrAssignee "asset_manager_or_assignee", PrivateLender "private_lender", Unknown "unknown",
    }
    LetterKind {
        Application "application", Hardship "hardship", Complaint "complaint", Report "report",
        Confirmation "confirmation", ContactHours "contact_hours", ThirdPartyStop "third_party_stop",
        PersonalInformation "personal_information", CreditObjection "credit_objection",
        SettlementCertificate "settlement_certificate", PaymentOrderObjection "payment_order_objection",
        Performance "performance", Statement "statement", Plan "plan", AgreementAnnex "agreement_annex",
        AgreementDraft "agreement_draft",
        EvidenceIndex "evidence_index",
    }
    ProductKind {
        CashLoan "cash_loan", ConsumerInstalment "consumer_instalment",
        RevolvingCreditLine "revolving_credit_line", BuyNowPayLater "buy_now_pay_later", CreditCard "credit_card",
        CreditCardInstalment "credit_card_instalment", LeaseToOwn "lease_to_own", PrivateLoan "private_loan",
    }
    PartyRole {
        Platform "platform", Funder "funder", Guarantor "guarantor", CreditEnhancer "credit_enhancer",
        Assignee "assignee", CurrentCreditor "current_creditor", CollectionAgency "collection_agency",
        Collector "collector",
    }
    ContactChannel {
        Hotline "hotline", OnlineChat "online_chat", Email "email", InApp "in_app", Sms "sms", Post "post",
        InPerson "in_person",
    }
    CloseReason { PaidOff "paid_off", Settled "settled", EnteredByMistake "entered_by_mistake" }
    Bucket {
        EnforcementCost "enforcement_cost", Interest "interest", Compound "compound", Penalty "penalty",
        LateFee "late_fee", Fees "fees", Principal "principal",
    }
    Method {
        EqualInstallment "equal_installment", EqualPrincipal "equal_principal",
        InterestOnlyBullet "interest_only_bullet", SinglePayment "single_payment", FlatRate "flat_rate",
        DailyAccrual "daily_accrual", Custom "custom",
    }
    RatePer { Year "year", Month "month", Day "day", TermFlat "term_flat" }
    DayCount { Months "months", Act360 "act_360", Act365 "act_365" }
    FeeKind {
        ServiceFee "service_fee", GuaranteeFee "guarantee_fee", InsurancePremium "insurance_premium",
        MembershipFee "membership_fee", ConsultingFee "consulting_fee", HandlingFee "handling_fee",
        UpfrontDeduction "upfront_deduction", EarlyRepaymentFee "early_repayment_fee", LatePenalty "late_penalty",
        CollectionFee "collection_fee", LegalFee "legal_fee", DepositHeld "deposit_held",
    }
    FeeWhen { Upfront "upfront", EachTerm "each_term", Final "final" }
    PenaltyBase { OverduePrincipal "overdue_principal", OverdueTotal "overdue_total" }
    CompoundOn { None "none", InTermInterest "in_term_interest" }
    PenaltyDayCount { Act360 "act_360", Act365 "act_365" }
    Certainty { Fixed "fixed", Variable "variable", OneOff "one_off" }
    ExpenseClass { Essential "essential", Flexible "flexible", Irregular "irregular" }
    AssetUse { CouldSell "could_sell", MustKeep "must_keep" }
    Side { Borrower "borrower", Lender "lender" }
    AgreedForm {
        SignedContract "signed_contract", StampedLetter "stamped_letter", Email "email", Sms "sms", InApp "in_app",
        RecordedCall "recorded_call",
    }
    EvidenceKind {
        Call "call", Sms "sms", Email "email", ImChat "im_chat", InAppChat "in_app_chat",
        PaymentReceipt "payment_receipt", Contract "contract", Agreement "agreement", Screenshot "screenshot",
        ScreenVideo "screen_video", Letter "letter", VisitNote "visit_note", CourtDoc "court_doc",
        CreditReport "credit_report", Note "note",
    }
    Precision { Second "second", Minute "minute", Day "day" }
    TimeSource { Device "device", Carrier "carrier", User "user" }
    PersonRole {
        User "user", LenderStaff "lender_staff", Collector "collector", Platform "platform", Mediator "mediator",
        ThirdParty "third_party",
    }
    Direction { Incoming "incoming", Outgoing "outgoing", None "none" }
    OutcomeKind {
        Offer "offer", Amount "amount", Date "date", Refusal "refusal", Threat "threat", Promise "promise",
        ThirdPartyContacted "third_party_contacted", Information "information", Nothing "nothing",
    }
    CustodyAction { PackExported "pack_exported", OpenExported "open_exported" }
    ReviewVerdict { Confirmed "confirmed", Dismissed "dismissed" }
    ConfirmationForm { Oral "oral", Written "written" }
    CallStatus { Answered "answered", Missed "missed", Rejected "rejected" }
    ReminderKind {
        LoanDue "loan_due", AgreementDue "agreement_due", Shortfall "shortfall", Promise "promise",
        OfferExpiry "offer_expiry", Task "task", ReplyDue "reply_due", Deadline "deadline", Review "review",
        RulesStale "rules_stale", RestoreDrill "restore_drill",
    }
    ReminderSettled {
        Shown "shown", Covered "covered", ShownLocked "shown_locked", PastWhenChosen "past_when_chosen",
    }
}
