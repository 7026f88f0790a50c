//! The plan studio: all debts together, five ways to ask, recomputed while a slider moves. Every plan is a request.

mod explain;
mod line;
mod request;
mod save;
mod standing;
mod studio;

pub use line::PlanLine;
pub use request::{StudioDebtForm, StudioRequest};
pub use save::SavePlanRequest;
pub(crate) use standing::Standing;
pub use studio::{MonthLoad, PlanObstacle, PlanProof, StudioDebt, StudioPlan, StudioView};
