//! What was agreed, in writing. From its day on its dues replace the contract's unpaid ones; history stays. A text that
//! nobody signed is a draft and changes nothing.

mod advance;
mod check;
mod follow;
mod proof;
mod record;
mod show;

pub use advance::AdvanceAgreementRequest;
pub use check::{
    AgreementCheckView, CheckAgreementRequest, CheckedPoint, ClauseWarningView, FilesToRead, FoundBy,
    FraudFlagView, PointSeverity, PointView, SpanView, WordsRead,
};
pub(crate) use follow::follow_ups;
pub(crate) use record::rows_on;
pub use record::{AgreementPreview, RecordAgreementRequest};
pub use show::{
    AgreementListView, AgreementRow, AgreementRowState, AgreementState, AgreementStepView, AgreementView,
};
