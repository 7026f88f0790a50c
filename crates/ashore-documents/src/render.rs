use chrono::Datelike as _;
use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::document::{Align, Block, Document};
use crate::font::{FontError, Fonts};
use crate::letter_text::{breakable, visible};
use crate::world::OfflineWorld;

/// Why a document was not printed; there is no half of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// No font prints it whole.
    #[error(transparent)]
    Font(#[from] FontError),
    /// A row of a table has more or fewer cells than the table has columns.
    #[error("row {row} of the table “{part}” has {found} cells for {columns} columns")]
    Row {
        /// The part.
        part: String,
        /// The row, from 1; sums come last.
        row: usize,
        /// Cells found.
        found: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// The typesetter refused.
    #[error("the document could not be set: {0}")]
    Typeset(String),
}

/// What the template reads.
#[derive(Serialize)]
struct Data<'a> {
    title: &'a str,
    year: i32,
    month: u32,
    day: u32,
    serif: Vec<String>,
    sans: Vec<String>,
    parts: Vec<&'a Block>,
}

impl Document {
    /// A tagged PDF (PDF/UA-1) whose text can be taken out again. The same document and fonts give the same bytes.
    ///
    /// # Errors
    /// A character that no font has, or a table whose rows do not fit its columns.
    pub fn pdf(&self, fonts: &Fonts) -> Result<Vec<u8>, RenderError> {
        let paged = self.paged(fonts)?;
        let standards = PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|why| RenderError::Typeset(why.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Custom(format!("{} {}", self.date, self.plain_text())),
            creator: Smart::Custom(Some("Ashore".to_owned())),
            timestamp: midnight(self.date).map(Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&paged, &options).map_err(|why| RenderError::Typeset(said(&why)));
        forget();
        bytes
    }

    fn paged(&self, fonts: &Fonts) -> Result<PagedDocument, RenderError> {
        self.check_rows()?;
        let shown = self.shown();
        let (serif, sans) = fonts.families(shown.texts())?;
        let data = Data {
            title: &shown.title,
            year: self.date.year(),
            month: self.date.month(),
            day: self.date.day(),
            serif,
            sans,
            parts: shown.parts.iter().map(|part| &part.block).collect(),
        };
        let data = serde_json::to_vec(&data).map_err(|why| RenderError::Typeset(why.to_string()))?;
        let world = OfflineWorld::new(fonts, data);
        typst::compile::<PagedDocument>(&world).output.map_err(|why| RenderError::Typeset(said(&why)))
    }

    fn check_rows(&self) -> Result<(), RenderError> {
        for part in &self.parts {
            let Block::Table { table } = &part.block else { continue };
            let columns = table.columns.len();
            for (row, cells) in (1..).zip(table.rows.iter().chain(&table.total)) {
                if cells.len() != columns {
                    return Err(RenderError::Row { part: part.id.clone(), row, found: cells.len(), columns });
                }
            }
        }
        Ok(())
    }

    /// The document as it is set: nothing in it is without a shape, and no run is wider than a line.
    fn shown(&self) -> Self {
        let text = |text: &str| breakable(&visible(text));
        let mut shown = self.clone();
        shown.title = visible(&shown.title).replace('\n', " ");
        for part in &mut shown.parts {
            match &mut part.block {
                Block::Addressee { text: t }
                | Block::Heading { text: t }
                | Block::Paragraph { text: t }
                | Block::Item { text: t }
                | Block::Note { text: t } => *t = text(t),
                Block::Fields { fields } => {
                    for field in fields {
                        field.label = text(&field.label);
                        field.value = text(&field.value);
                    }
                }
                Block::Table { table } => {
                    for column in &mut table.columns {
                        column.title = text(&column.title);
                    }
                    let code: Vec<bool> = table.columns.iter().map(|c| c.align == Align::Code).collect();
                    for row in table.rows.iter_mut().chain(&mut table.total) {
                        for (cell, code) in row.iter_mut().zip(&code) {
                            *cell = if *code { in_lines(&visible(cell)) } else { text(cell) };
                        }
                    }
                }
                Block::Signature { lines } => lines.iter_mut().for_each(|line| *line = text(line)),
            }
        }
        shown
    }
}

/// A digest in lines of 16 digits.
fn in_lines(code: &str) -> String {
    let characters: Vec<char> = code.chars().collect();
    characters.chunks(16).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
}

fn midnight(date: chrono::NaiveDate) -> Option<Datetime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Datetime::from_ymd_hms(date.year(), month, day, 0, 0, 0)
}

fn said(why: &[SourceDiagnostic]) -> String {
    why.iter().map(|one| one.message.to_string()).collect::<Vec<_>>().join("; ")
}

/// Intermediate results of a letter are of no use to many later ones and hold its text.
fn forget() {
    typst::comemo::evict(2);
}
