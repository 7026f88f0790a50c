//! The JSON forms of the contract in `ashore-cli`: amounts, rates and dates as text, words in snake_case, unknown
//! fields refused by name. One form of a loan serves `calc` and the stored book alike.
//!
//! Shapes hold what was written; turning one into a checked value names the field that is wrong. Amounts and rates
//! are always text: a JSON number has no exact decimals, so a bare number is refused rather than rounded.

mod buckets;
mod cap;
mod conduct;
mod cost;
mod debt;
mod explain;
mod finding;
mod limitation;
pub(crate) mod loan;
mod penalty;
mod period;
mod plan;
mod plan_line;
pub(crate) mod read;
#[cfg(test)]
mod round_trip;
mod rule_finding;
mod schedule;
mod statement;
mod text;

pub use buckets::BucketsForm;
pub use cap::{
    CapFindingShape, CapLedgerShape, CapLineShape, CapShape, ClaimedShape, DisclosedShape, LegalViewShape,
};
pub use conduct::{ConductFactShape, ConductFactsShape, ConductFindingShape, ConductShape};
pub use cost::{CostShape, Solved};
pub use debt::{ContractPaymentShape, DebtShape, SettlementShape};
pub use explain::{Explained, ExplanationShape, Inputs, StepShape};
pub use finding::FindingShape;
pub use limitation::{DeadlineShape, InterruptionShape, LimitationFindingShape, LimitationShape};
pub use loan::{Count as DayCountShape, FeeShape, LoanShape, RateShape, RowInput};
pub use penalty::{PenaltyRateShape, PenaltyShape};
pub use period::PeriodShape;
pub use plan::{
    AlternativePlan, AlternativeShape, CertificateShape, DebtPlanShape, FeasibleShape, FiguresShape,
    InfeasibleShape, ObjectiveShape, PlanKindShape, PlanMonthShape, PlanRowShape, PlanShape, PlanTotalsShape,
    ProofShape, SmallestWaiverShape, ValueShape,
};
pub use plan_line::{BecauseCode, BecauseLine, ExplanationCode, ExplanationLine, PlanFindingShape};
pub use rule_finding::{ConfidenceShape, EvidenceShape, RuleFindingShape};
pub use schedule::{RowShape, ScheduleShape, TotalsShape};
pub use statement::{
    AllocationShape, ChangeShape, DueShape, OpeningShape, OutstandingShape, OverdueShape, PaymentShape,
    StatementFindingShape, StatementShape, TermShape,
};
pub use text::{Amount, Day, Share, YearMonth};
