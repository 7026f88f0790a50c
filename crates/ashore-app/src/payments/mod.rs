//! Money the borrower paid.

mod add;
mod list;
mod void;

pub use add::AddPaymentRequest;
pub use list::{PaymentListView, PaymentView};
pub use void::VoidPaymentRequest;
