use chrono::NaiveDate;

use crate::{
    Agreement, AgreementId, CaseEntryId, ConfirmationForm, EvidenceId, LoanId, Money, PartyId, PersonRole,
    ProposalId, Side,
};

/// One step of a case, appended and never edited: the latest of its kind holds, all of them tell the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseEntry {
    /// Which entry.
    pub id: CaseEntryId,
    /// The loan it is about; none when it is about the borrower or a party as a whole.
    pub loan: Option<LoanId>,
    /// The civil day it happened.
    pub on: NaiveDate,
    /// What it was.
    pub step: CaseStep,
    /// What proves it.
    pub evidence: Vec<EvidenceId>,
    /// In words.
    pub note: Option<String>,
}

/// What a case entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // entries are few at a time
pub enum CaseStep {
    /// What befell the borrower; the latest description feeds every letter.
    Hardship(Hardship),
    /// Where the borrower says the case stands.
    Stage(CaseStage),
    /// How a document of the checklist stands.
    Document {
        /// Its id in the rules.
        document: String,
        /// How it stands.
        state: DocumentState,
    },
    /// Something to be done by a day.
    Task {
        /// What.
        what: String,
        /// Whose it is.
        by: PersonRole,
        /// By when.
        due: Option<NaiveDate>,
        /// The rule it came from, when the program proposed it.
        rule: Option<String>,
        /// The agreement it follows from: another one in its place, and it falls away.
        agreement: Option<AgreementId>,
    },
    /// A task is done, or no longer needed.
    TaskDone {
        /// Which.
        task: CaseEntryId,
    },
    /// Somebody said yes to an offer; spoken words are not an agreement.
    Accepted {
        /// Which offer.
        proposal: ProposalId,
        /// Who said yes.
        by: Side,
        /// How.
        form: ConfirmationForm,
    },
    /// A text that nobody has signed yet; it changes no dues. Signed, it becomes an agreement of the same id.
    AgreementDraft(Agreement),
    /// What became of an agreement.
    AgreementState {
        /// Which.
        agreement: AgreementId,
        /// What.
        state: AgreementStep,
    },
    /// What the borrower, having read the text, says about the points of an agreement.
    AgreementRead {
        /// Which agreement or draft.
        agreement: AgreementId,
        /// The text as it was read.
        text: String,
        /// Point by point, by the rules' ids.
        points: Vec<(String, PointVerdict)>,
    },
    /// What the borrower sees of a platform's standing.
    Legitimacy {
        /// Whose.
        party: PartyId,
        /// Question by question, by the rules' ids.
        answers: Vec<(String, Answer)>,
    },
    /// What a record says was promised was done, or is no longer waited for.
    PromiseDone {
        /// The record it stands in.
        record: EvidenceId,
        /// Its place among the record's promises, from 0.
        position: u16,
    },
}

/// What befell the borrower (domain §10.2): facts only, as the proofs have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hardship {
    /// Kind.
    pub kind: HardshipKind,
    /// In the borrower's own words.
    pub what: String,
    /// Since when.
    pub since: NaiveDate,
    /// Until when it is expected to last.
    pub until: Option<NaiveDate>,
    /// Monthly income before.
    pub income_before: Option<Money>,
    /// Monthly income now.
    pub income_now: Option<Money>,
    /// What makes things better again, and when.
    pub turning_point: Option<String>,
}

/// Kind of hardship.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HardshipKind {
    /// 失业.
    JobLoss,
    /// 降薪、收入减少.
    IncomeLoss,
    /// 患病、受伤.
    Illness,
    /// 家人患病、照料.
    FamilyCare,
    /// 意外、灾害.
    Disaster,
    /// 家人去世.
    Bereavement,
    /// 离婚、分居.
    Separation,
    /// 经营失败.
    BusinessFailure,
    /// 债务过重.
    Overindebted,
    /// Something else.
    Other,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseStage {
    /// Getting figures and documents together.
    Preparing,
    /// Spoken or written with the lender.
    Contacted,
    /// Offers go to and fro.
    Negotiating,
    /// Somebody said yes by word of mouth.
    OrallyAgreed,
    /// A text lies there that is not signed.
    Drafted,
    /// An agreement in writing is kept.
    Performing,
    /// An agreement in writing is broken.
    Breached,
    /// Complaint, mediation or court.
    Escalated,
    /// Nothing is owed any more.
    Settled,
}

/// How a document of the checklist stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentState {
    /// It is there; the entry's evidence is it.
    Attached,
    /// Asked for and not come yet.
    AskedFor,
    /// Not needed in this case.
    NotNeeded,
}

/// What became of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgreementStep {
    /// Signed on both sides, or confirmed in writing.
    Signed,
    /// A due was missed.
    Breached,
    /// The breach was made good.
    Cured,
    /// Everything was paid.
    Completed,
    /// 结清证明 came.
    CertificateReceived,
    /// The credit record shows it.
    CreditRecordChecked,
}

/// What is said about one point of an agreement's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointVerdict {
    /// It stands there.
    Present,
    /// It does not.
    Absent,
    /// Something stands there that can be read in more than one way.
    Unclear,
}

/// Yes, no, or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not known.
    Unknown,
}
