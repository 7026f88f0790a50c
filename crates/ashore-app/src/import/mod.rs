//! Files from phones, mail programs and banks: looked at first, taken in whole or not at all, each thing once.

mod known;
mod record;
mod report;
mod suggest;
mod take;
mod worker;

pub use report::{FileReport, LeftOutView, PreviewItem, WarningView};
pub use suggest::{ConfirmSuggestionRequest, PaymentSuggestion, SuggestionListView};
pub use take::{ImportOptions, Progress, Stage};
pub use worker::read_if_asked;
pub(crate) use worker::shut_in;
