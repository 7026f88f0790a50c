//! Exact arithmetic on the words of the contract: every function here is pure, returns a value with its findings,
//! and gives the same bytes for the same input on every machine.
//!
//! This crate knows no disk, no clock, no randomness, no database and no wire format. Floats live in `irr.rs` only.

mod accrual;
mod allocate;
mod amortise;
mod capacity;
mod caps;
mod compare;
mod conduct;
mod cost;
mod deadline;
mod due;
pub mod explain;
mod finding;
mod forecast;
mod identify;
mod interest;
mod irr;
mod level;
mod limitation;
mod offer;
pub mod plan;
mod reschedule;
pub mod rules;
mod solved_rate;
mod statement;
mod wide;

pub use accrual::{Accumulator, DailyRateError, daily_rate};
pub use allocate::allocate;
pub use amortise::{AmortiseError, Amortised, RateFound, amortise};
pub use capacity::{CapacityFinding, CapacityResult, CapacityStatus, MonthCapacity, monthly_capacity};
pub use caps::{
    CapError, CapFinding, CapLedger, CapLine, CapReport, CapRequest, CapStretch, LegalView, Measures,
    UndisclosedFee, Verdict, cap_report, compared_fees, undisclosed_fees,
};
pub use compare::{
    ClaimedDebt, CompareError, ComparedProposal, OnBreach, Outcome, proposal_outcome, status_quo,
};
pub use conduct::{ConductFact, ConductFinding, Contact, ContactTarget, ContactWay, Hours, conduct};
pub use cost::{Cost, cost_dated, cost_periodic, loan_cost};
pub use deadline::{Deadline, DeadlineError, deadline};
pub use due::{DueItem, dues_between};
pub use finding::Finding;
pub use forecast::{Break, ExpectedDue, Forecast, forecast};
pub use identify::{
    ClaimedBalance, Convention, Difference, FeePlacement, Figure, FirstPeriod, Identified, IdentifyError,
    Match, PrintedRow, identify_claimed, identify_printed,
};
pub use level::level_payment;
pub use limitation::{
    EventEffect, InterruptionSeen, LegalEvent, Limitation, LimitationError, LimitationFinding,
    LimitationState, limitation,
};
pub use offer::{offer_rows, pro_rata_months, pro_rata_offers};
pub use reschedule::{NewRow, RescheduleError, RescheduleFinding, Rescheduled, Standing, reschedule};
pub use solved_rate::SolvedRate;
pub use statement::{
    Allocation, Change, DatedPayment, NextDue, Overdue, Stage, Statement, StatementError, StatementFinding,
    StatementRequest, TermState, statement,
};
