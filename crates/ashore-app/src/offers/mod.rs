//! What is asked of lenders and what they answer: an append-only ledger of offers. An offer is a request: contract
//! dues, penalties and reminders stay live until an agreement in writing is recorded.

mod accept;
mod compare;
mod diff;
mod effect;
mod effect_explained;
mod explain;
mod list;
mod make;
mod message;
mod preview;
mod save;
mod terms;

pub use crate::wire::BucketsForm;
pub use accept::{AcceptOfferRequest, UnconfirmedView};
pub use compare::{CompareView, WayView};
pub use diff::{OfferDiffView, TermChangeView, TermValue};
pub use effect::{OfferBreakView, OfferEffectView, OfferFindingView, OfferRowView};
pub use list::{OfferDetailView, OfferStanding, ProposalListView, ProposalState, ProposalView};
pub use make::{MakeOfferRequest, OfferRowForm};
pub use preview::{OfferMonthView, OfferView, OffersView, PreviewOffersRequest};
pub use save::SaveOffersRequest;
pub use terms::{ReliefForm, StepForm};

pub(crate) use accept::REPLY_DAYS;
