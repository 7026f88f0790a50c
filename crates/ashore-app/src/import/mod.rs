//! Files from phones, mail programs and banks: looked at first, taken in whole or not at all, each thing once.

mod known;
mod mapping;
mod record;
mod report;
mod seen;
mod shut_in;
mod suggest;
mod take;
mod worker;

pub(crate) use known::Known;
pub use mapping::{MappingForm, SheetView, Signs};
pub use report::{FileReport, LeftOutView, PreviewItem, WarningView};
pub(crate) use shut_in::shut_in;
pub use suggest::{ConfirmSuggestionRequest, PaymentSuggestion, SuggestionListView};
pub use take::{ImportOptions, Progress, Stage};
pub use worker::read_if_asked;
