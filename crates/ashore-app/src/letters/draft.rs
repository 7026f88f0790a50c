use super::{LetterDraftView, LetterRequest, PartView};
use crate::AppError;
use crate::session::{App, Unlocked};
use crate::view::day;

impl App<Unlocked> {
    /// The letter as it would be kept now. Nothing is stored.
    ///
    /// # Errors
    /// An unknown loan, part or record.
    pub fn draft_letter(&self, request: &LetterRequest) -> Result<LetterDraftView, AppError> {
        let filled = self.filled(request)?;
        let file = self.loan_file(filled.loan)?;
        let (warnings, limitation) = self.warnings(filled.kind, &file)?;
        Ok(LetterDraftView {
            kind: filled.kind.into(),
            loan_id: filled.loan.to_string(),
            loan_name: file.name().to_owned(),
            title: filled.edited.title.clone(),
            parts: filled.edited.parts.iter().map(PartView::from).collect(),
            missing: filled.draft.missing.iter().map(Into::into).collect(),
            warnings,
            limitation,
            text: filled.edited.plain_text(),
            reply_by: day(self.reply_by(self.clock.today())?),
        })
    }
}
