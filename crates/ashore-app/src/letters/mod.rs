//! Letters and annexes: filled from what is recorded, edited by the borrower, kept in versions, sent and answered.

mod adviser;
mod borrower;
mod draft;
mod export;
mod fill;
mod list;
mod package;
mod packer;
mod preview;
mod request;
mod sent;
mod view;
mod warning;

pub use adviser::{AdviserPackRequest, AdviserPackView};
pub use borrower::BorrowerForm;
pub(crate) use export::fonts;
pub use export::{ExportedLetterView, LetterFormat, SavedLetterView};
pub(crate) use list::awaited;
pub use list::{LetterListView, LetterView, SentView};
pub use package::{ChannelListView, ChannelView, PackageRequest, PackageView};
pub use packer::PackedFile;
pub use preview::LetterPagesView;
pub(crate) use preview::Previewed;
pub use request::{EditForm, LetterRequest};
pub use sent::{AnswerLetterRequest, ProveLetterRequest, SendLetterRequest};
pub use view::{ColumnView, FieldView, LetterDraftView, MissingView, PartForm, PartView};
pub use warning::LetterWarning;
