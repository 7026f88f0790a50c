//! Looking everything over once a month, and when income changes: what is different, whether a due will fail, and how
//! far it is to the shore.

mod change;
mod due;
mod finish;
mod prepare;
mod show;

pub use change::{ReviewChange, ReviewChangeKind};
pub use finish::FinishReviewRequest;
pub use prepare::{PreparedOffer, PreparedShape};
pub use show::{IncomeChange, Milestone, PastBalance, Renegotiation, ReviewProgress, ReviewView};
