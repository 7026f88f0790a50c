//! What was agreed, in writing. From its day on its dues replace the contract's unpaid ones; history stays.

mod record;
mod show;

pub use record::RecordAgreementRequest;
pub(crate) use record::rows_on;
pub use show::{AgreementListView, AgreementRow, AgreementRowState, AgreementView};
