//! Today: the next step, what falls due, this month, and how far it is to the shore.

mod dues;
mod explain;
mod forecast;
mod next_step;
mod path;
mod path_explained;
mod show;

pub use forecast::{BreakView, ForecastView};
pub use next_step::{NextStep, StepKind};
pub use path::{PathPoint, PathView};
pub use show::{DueView, HomeView, LoanStep, MonthView, OverdueSummary};
