//! What to ask each lender for. An offer is a request: contract dues, penalties and reminders stay live until an
//! agreement is recorded.

mod list;
mod preview;
mod save;

pub use list::{ProposalListView, ProposalState, ProposalView};
pub use preview::{OfferMonthView, OfferView, OffersView, PreviewOffersRequest};
pub use save::SaveOffersRequest;
