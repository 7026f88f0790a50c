//! The same document for a text message, a mail or a chat window.

use crate::document::{Block, Document, Table};
use crate::letter_text::visible;

impl Document {
    /// The whole document as text, one paragraph a line, with a line break at the end. What has no shape is made
    /// visible as in print.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut lines = vec![self.title.clone(), String::new()];
        for part in &self.parts {
            match &part.block {
                Block::Heading { text } => lines.extend([String::new(), text.clone()]),
                Block::Addressee { text } | Block::Paragraph { text } | Block::Item { text } => {
                    lines.push(text.clone());
                }
                Block::Note { text } => lines.extend([String::new(), text.clone()]),
                Block::Fields { fields } => {
                    lines.extend(fields.iter().map(|f| format!("{}：{}", f.label, f.value)));
                }
                Block::Table { table } => lines.extend(rows(table)),
                Block::Signature { lines: signed } => {
                    lines.push(String::new());
                    lines.extend(signed.iter().cloned());
                }
            }
        }
        let mut text = visible(&lines.join("\n")).trim_end().to_owned();
        text.push('\n');
        text
    }
}

fn rows(table: &Table) -> Vec<String> {
    let head: Vec<String> = table.columns.iter().map(|c| c.title.clone()).collect();
    let all = std::iter::once(&head).chain(&table.rows).chain(&table.total);
    all.map(|row| row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join("  "))
        .collect()
}
