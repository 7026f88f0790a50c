//! The vocabulary of Ashore: every type here promises something that cannot be broken once it is built.
//!
//! This crate knows no disk, no clock, no randomness, no database and no wire format.

mod agreement;
mod bucket;
mod capacity;
mod case;
mod custody;
mod date;
mod deadline;
mod evidence_record;
mod fact;
mod id;
mod instalment;
mod lender_kind;
mod letter;
mod loan;
mod money;
mod own_rule;
mod party;
mod payment;
mod proposal;
mod rate;
mod ratio;
mod reminder;
mod review;
mod rounding;
mod schedule;
mod sensitive;
mod terms;

pub use agreement::{AgreedForm, Agreement};
pub use bucket::{Bucket, Buckets};
pub use capacity::{
    Asset, AssetUse, CapacityChange, Certainty, Dependant, Expense, ExpenseClass, Frequency, Income,
    PriorityPayment, Worksheet,
};
pub use case::{
    AgreementStep, Answer, CaseEntry, CaseStage, CaseStep, DocumentState, Hardship, HardshipKind,
    PointVerdict,
};
pub use custody::{Anchor, ConductReview, Custody, CustodyAction, ReviewVerdict};
pub use date::{CivilDateError, DueCalendar, Month, Period, check_date, days_between};
pub use deadline::{Deadline, DeadlineOutcome, DeadlineSettled};
pub use evidence_record::{
    CallStatus, ConfirmationForm, Direction, EventTime, EvidenceDetails, EvidenceKind, EvidenceRecord,
    Extraction, FileRef, Imported, Outcome, OutcomeKind, Person, PersonRole, Precision, Promise, TimeSource,
};
pub use fact::{
    EvidenceRemoved, Fact, FactKind, Import, LoanClosed, LoanCorrected, PaymentReturned, PaymentVoided,
    Waiver,
};
pub use id::{
    AgreementId, AttachmentId, CaseEntryId, DeadlineId, EvidenceId, FactId, IdError, ImportId, LetterId,
    LoanId, PartyId, PaymentId, ProposalId, ReviewId,
};
pub use instalment::{CustomRow, Instalment};
pub use lender_kind::{LenderKind, ProductKind};
pub use letter::{Borrower, Letter, LetterAnswered, LetterKind, LetterProved, LetterSent};
pub use loan::{CloseReason, DisclosedFee, Loan, Opening, StatedBalance};
pub use money::{Money, MoneyError};
pub use own_rule::OwnRule;
pub use party::{ChannelProof, ContactChannel, ContactPoint, LoanParty, Party, PartyRole};
pub use payment::Payment;
pub use proposal::{DeferredInterest, PaymentStep, Proposal, ProposedRow, Relief, Side};
pub use rate::{DayCount, Rate, RateError, RatePer};
pub use ratio::Ratio;
pub use reminder::{ReminderKind, ReminderMark, ReminderSettled, ReminderStage, ReminderSubject};
pub use review::Review;
pub use rounding::Rounding;
pub use schedule::{Schedule, ScheduleError, Totals};
pub use sensitive::Sensitive;
pub use terms::{
    CompoundOn, Fee, FeeAmount, FeeKind, FeeWhen, LoanDraft, LoanTerms, Method, Penalty, PenaltyBase,
    PenaltyDayCount, PenaltyRate, TermsError, limits,
};
