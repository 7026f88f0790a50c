//! One case per loan: where it stands, what comes next, which papers it needs, what was promised. Steps are appended;
//! where a case stands is computed from them and from everything else that is recorded.

mod board;
mod documents;
mod drafts;
mod file;
mod hardship;
mod record;
mod script;
mod show;
mod stage;
mod standing;
mod tasks;

pub use board::{CaseBoardView, CaseCard};
pub use documents::CaseDocumentView;
pub(crate) use file::CaseFile;
pub use hardship::{HardshipForm, HardshipView};
pub use record::{AddTaskRequest, SetDocumentRequest, SetStageRequest};
pub use script::{CallScriptView, ScriptLineView};
pub use show::{CaseMoment, CaseMomentKind, CaseView, CitationView};
pub use stage::{CaseStep, CaseStepKind};
pub use tasks::{CaseTaskView, TaskListView};
