//! Money the borrower paid.

mod add;
mod give_back;
mod list;
mod matching;
mod preview;
mod void;

pub use add::{AddPaymentRequest, AllocationForm, PaymentPartForm};
pub use give_back::ReturnPaymentRequest;
pub use list::{AllocationLine, PaymentListView, PaymentView};
pub use matching::{
    MatchConfidence, MatchPaymentRequest, MatchReason, PaymentCandidate, PaymentMatchView, PaymentPart,
};
pub use preview::{PaidDue, PaymentFit, PaymentPreview, PreviewPaymentRequest};
pub use void::VoidPaymentRequest;

pub(crate) use matching::Outgoing;
