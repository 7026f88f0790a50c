//! What was said, sent and shown: evidence records with time, people, result and files.

mod amend;
mod attach;
mod details;
mod list;
mod log;
mod search;
mod show;

pub use crate::evidence::EvidenceReport;
pub use attach::StagedFileView;
pub use details::DetailsForm;
pub use list::{ContactCard, ContactListView, ListContactsRequest, LoanName};
pub use log::{DerivedFileForm, LogContactRequest, OutcomeForm, PersonForm, PromiseForm};
pub use search::{FoundContact, SearchPart, SearchRequest, SearchView};
pub use show::{ContactDetailView, FileView};
