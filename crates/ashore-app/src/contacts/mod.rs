//! What was said, sent and shown: evidence records with time, people, result and files.

mod amend;
mod attach;
mod details;
mod draw;
mod kept;
mod list;
mod log;
mod look;
mod mail;
mod paste;
mod search;
mod show;
mod stand;

pub use crate::evidence::EvidenceReport;
pub use attach::StagedFileView;
pub use details::DetailsForm;
pub use draw::draw_if_asked;
pub use list::{ContactCard, ContactListView, ListContactsRequest, LoanName};
pub use log::{DerivedFileForm, LogContactRequest, OutcomeForm, PersonForm, PromiseForm};
pub use look::{FileInHand, FileLook, FileLookView, FilePiece, MOST_AT_ONCE, MailView};
pub use paste::{PasteRequest, PastedView};
pub use search::{FoundContact, SearchPart, SearchRequest, SearchView};
pub use show::{ContactDetailView, ExtractionView, FileView};
