//! Letters and annexes: filled from what is recorded, edited by the borrower, kept in versions, sent and answered.

mod borrower;
mod draft;
mod export;
mod fill;
mod list;
mod package;
mod request;
mod sent;
mod view;
mod warning;

pub use borrower::BorrowerForm;
pub(crate) use export::fonts;
pub use export::{ExportedLetterView, LetterFormat, LetterPagesView};
pub use list::{LetterListView, LetterView, SentView};
pub use package::{ChannelListView, ChannelView, PackageRequest, PackageView, PackedFile};
pub use request::{EditForm, LetterRequest};
pub use sent::{AnswerLetterRequest, SendLetterRequest};
pub use view::{ColumnView, FieldView, LetterDraftView, MissingView, PartForm, PartView};
pub use warning::LetterWarning;
