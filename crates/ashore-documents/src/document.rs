use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is printed: a title and parts in order. Every part has an id that stays the same from one filling to the
/// next, so that an edit finds its place again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Stands above everything, and is the title in the file's metadata.
    pub title: String,
    /// The day the document carries, also in its metadata.
    pub date: NaiveDate,
    /// The parts in order.
    pub parts: Vec<Part>,
}

/// One part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Names the part within its kind of document.
    pub id: String,
    /// What it is.
    #[serde(flatten)]
    pub block: Block,
}

/// A part's form and content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Block {
    /// Whom the letter is for, flush left.
    Addressee {
        /// The line.
        text: String,
    },
    /// A heading.
    Heading {
        /// The line.
        text: String,
    },
    /// Running text; a line break begins a new paragraph.
    Paragraph {
        /// The text.
        text: String,
    },
    /// One of several points, its number included in the text.
    Item {
        /// The text.
        text: String,
    },
    /// Labels with their values.
    Fields {
        /// In order.
        fields: Vec<Field>,
    },
    /// Rows and columns.
    Table {
        /// The table.
        table: Table,
    },
    /// Small print: where figures and rules come from.
    Note {
        /// The text.
        text: String,
    },
    /// Closing lines at the right: who signs, which day.
    Signature {
        /// One a line.
        lines: Vec<String>,
    },
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: String,
}

/// A table; every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, top down.
    pub rows: Vec<Vec<String>>,
    /// A last row of sums.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// How its cells stand.
    pub align: Align,
    /// Its share of the free width; 0 takes what its content needs.
    pub share: u8,
}

/// How cells stand in their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Text.
    Left,
    /// Amounts.
    Right,
    /// Numbers and short words.
    Center,
    /// Digests, in a face of even width.
    Code,
}

impl Document {
    /// Every text of the document in reading order, title first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.title.as_str()).chain(self.parts.iter().flat_map(|part| part.block.texts()))
    }

    /// The text of a part that consists of text alone, to be edited.
    #[must_use]
    pub fn text_of(&self, id: &str) -> Option<&str> {
        self.parts.iter().find(|part| part.id == id).and_then(|part| part.block.text())
    }
}

impl Block {
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Fields { fields } => {
                fields.iter().flat_map(|f| [f.label.as_str(), f.value.as_str()]).collect()
            }
            Self::Table { table } => {
                let head = table.columns.iter().map(|c| c.title.as_str());
                let rows = table.rows.iter().chain(&table.total).flatten().map(String::as_str);
                head.chain(rows).collect()
            }
            Self::Signature { lines } => lines.iter().map(String::as_str).collect(),
            other => other.text().into_iter().collect(),
        }
    }

    /// The text of a block that is nothing but text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Addressee { text }
            | Self::Heading { text }
            | Self::Paragraph { text }
            | Self::Item { text }
            | Self::Note { text } => Some(text),
            Self::Fields { .. } | Self::Table { .. } | Self::Signature { .. } => None,
        }
    }

    /// The same form with another text; fields, tables and signatures stay as they are.
    #[must_use]
    pub fn with_text(self, new: String) -> Self {
        match self {
            Self::Addressee { .. } => Self::Addressee { text: new },
            Self::Heading { .. } => Self::Heading { text: new },
            Self::Paragraph { .. } => Self::Paragraph { text: new },
            Self::Item { .. } => Self::Item { text: new },
            Self::Note { .. } => Self::Note { text: new },
            kept => kept,
        }
    }
}
