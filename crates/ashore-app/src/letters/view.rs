use ashore_documents::letters::Missing;
use ashore_documents::{Align, Block, Part};
use serde::Serialize;
use specta::Type;

use super::LetterWarning;
use crate::loans::LimitationEffectView;
use crate::words::LetterKind;

/// A letter before it is kept: every part with its text, what is not known, what to think of before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LetterDraftView {
    /// Kind.
    pub kind: LetterKind,
    /// About which loan.
    pub loan_id: String,
    /// What the borrower calls it.
    pub loan_name: String,
    /// Its title.
    pub title: String,
    /// Its parts in order, edits included; a part left out is not among them.
    pub parts: Vec<PartView>,
    /// What was not known.
    pub missing: Vec<MissingView>,
    /// What to know before it leaves the house.
    pub warnings: Vec<LetterWarning>,
    /// What sending it does to the limitation of action, where it does something.
    pub limitation: Option<LimitationEffectView>,
    /// As plain text, for a message or a chat window.
    pub text: String,
    /// The answer is asked for by this day.
    pub reply_by: String,
}

/// Something that was not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct MissingView {
    /// Which, as a dotted name.
    pub field: String,
    /// A blank to fill in by hand stands for it; otherwise the sentence is left out.
    pub needed: bool,
}

impl From<&Missing> for MissingView {
    fn from(missing: &Missing) -> Self {
        Self { field: missing.field.to_owned(), needed: missing.needed }
    }
}

/// One part of a letter. Text can be edited; tables, fields and signatures follow the records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PartView {
    /// Its name within the kind of letter.
    pub id: String,
    /// What it is.
    pub form: PartForm,
    /// Its text, when it is nothing but text.
    pub text: Option<String>,
    /// Labels with their values.
    pub fields: Vec<FieldView>,
    /// Columns of a table.
    pub columns: Vec<ColumnView>,
    /// Its rows, sums last.
    pub rows: Vec<Vec<String>>,
    /// The last row is a row of sums.
    pub has_total: bool,
    /// Closing lines.
    pub lines: Vec<String>,
}

/// Form of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PartForm {
    Addressee,
    Heading,
    Paragraph,
    Item,
    Fields,
    Table,
    Note,
    Signature,
}

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct FieldView {
    pub label: String,
    pub value: String,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct ColumnView {
    pub title: String,
    /// Its cells stand at the right.
    pub right: bool,
}

impl From<&Part> for PartView {
    fn from(part: &Part) -> Self {
        let mut view = Self {
            id: part.id.clone(),
            form: PartForm::Paragraph,
            text: part.block.text().map(str::to_owned),
            fields: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            has_total: false,
            lines: Vec::new(),
        };
        view.form = match &part.block {
            Block::Addressee { .. } => PartForm::Addressee,
            Block::Heading { .. } => PartForm::Heading,
            Block::Paragraph { .. } => PartForm::Paragraph,
            Block::Item { .. } => PartForm::Item,
            Block::Note { .. } => PartForm::Note,
            Block::Fields { fields } => {
                let shown =
                    fields.iter().map(|f| FieldView { label: f.label.clone(), value: f.value.clone() });
                view.fields = shown.collect();
                PartForm::Fields
            }
            Block::Table { table } => {
                let shown = table.columns.iter();
                let shown =
                    shown.map(|c| ColumnView { title: c.title.clone(), right: c.align == Align::Right });
                view.columns = shown.collect();
                view.rows = table.rows.iter().chain(&table.total).cloned().collect();
                view.has_total = table.total.is_some();
                PartForm::Table
            }
            Block::Signature { lines } => {
                view.lines.clone_from(lines);
                PartForm::Signature
            }
        };
        view
    }
}
