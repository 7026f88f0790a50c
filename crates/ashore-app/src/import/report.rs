use ashore_domain::{EvidenceDetails, EvidenceRecord};
use ashore_importers::{LeftOut, Outline, Refusal, Warning};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::mapping::{MappingForm, SheetView};
use crate::words::{Direction, EvidenceKind, Precision};

/// What a file holds and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Type)]
pub struct FileReport {
    /// Where it lies, as it was named; in the window only its name.
    pub path: String,
    /// What it is by its content; absent when it is none of the formats that are read.
    pub format: Option<String>,
    /// Records it holds.
    pub found: u32,
    /// Records taken, or to be taken.
    pub stored: u32,
    /// Records that were there already.
    pub duplicates: u32,
    /// What was left out, and why; of very many only the first.
    pub left_out: Vec<LeftOutView>,
    /// What to know beside that.
    pub warnings: Vec<WarningView>,
    /// The first records to be taken, for looking at.
    pub items: Vec<PreviewItem>,
    /// The sheets of a table of unknown origin, so that somebody can say which column is what.
    pub sheets: Vec<SheetView>,
    /// How its columns were understood, or could be.
    pub mapping: Option<MappingForm>,
}

/// Something left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LeftOutView {
    /// Where it stands in the file.
    #[serde(rename = "where")]
    pub place: String,
    /// Why, as a code.
    pub reason: String,
}

/// Something to know about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct WarningView {
    /// What, as a code.
    pub code: String,
    /// Where, or how much.
    pub detail: Option<String>,
}

/// A record as a preview shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PreviewItem {
    /// What it is.
    pub kind: EvidenceKind,
    /// When it happened.
    pub at: String,
    /// How exact the time is: a day has no time of day to show.
    pub precision: Precision,
    /// From whom to whom.
    pub direction: Direction,
    /// The other side: a name, a number, an address.
    pub who: Option<String>,
    /// The beginning of its text.
    pub text: String,
    /// Its amount, if it is a payment.
    pub amount: Option<String>,
    /// Whether it is there already.
    pub duplicate: bool,
}

/// The most things listed one by one; the counts tell of all.
pub(super) const MOST_LISTED: usize = 10_000;
/// The most records shown before they are taken.
pub(super) const MOST_SHOWN: usize = 50;

impl FileReport {
    /// Whether everything the file holds was taken or is there already.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.left_out.is_empty()
    }

    pub(super) fn leave_out(&mut self, left_out: &LeftOut) {
        if self.left_out.len() < MOST_LISTED {
            let (place, reason) = (left_out.place.to_string(), left_out.reason.code().to_owned());
            self.left_out.push(LeftOutView { place, reason });
        }
    }

    /// The file as a whole is not read: nothing of it is taken.
    pub(super) fn refuse(&mut self, reason: &str) {
        self.stored = 0;
        self.duplicates = 0;
        self.items.clear();
        self.left_out.insert(0, LeftOutView { place: "file".to_owned(), reason: reason.to_owned() });
    }

    pub(super) fn warn(&mut self, warning: &Warning) {
        let (code, detail) = match warning {
            Warning::Mended(place) => ("mended", Some(place.to_string())),
            Warning::PartDamaged(place) => ("part_damaged", Some(place.to_string())),
            Warning::EncodingMended { read_as } => ("encoding_mended", Some(read_as.clone())),
            Warning::CharactersLost(place) => ("characters_lost", Some(place.to_string())),
            Warning::Preamble { first, last } => ("preamble", Some(format!("{first}–{last}"))),
            Warning::CountDiffers { announced, found } => {
                ("count_differs", Some(format!("{announced} / {found}")))
            }
            Warning::MappingSuggested(_) => ("mapping_suggested", None),
            Warning::YearInferred { year } => ("year_inferred", Some(year.to_string())),
            Warning::MoreLeftOut { more } => ("more_left_out", Some(more.to_string())),
            Warning::FileCutOff => ("file_cut_off", None),
        };
        self.warnings.push(WarningView { code: code.to_owned(), detail });
    }

    pub(super) fn outline(&mut self, outline: &Outline) {
        self.sheets = SheetView::all(outline);
        self.mapping = outline.suggestion.as_deref().map(MappingForm::of).or_else(|| self.mapping.take());
    }
}

/// Why a whole file is not read, as a code.
pub(super) const fn refusal_code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Empty => "empty",
        Refusal::Unrecognised => "unrecognised",
        Refusal::Encrypted => "encrypted",
        Refusal::TooLarge { .. } => "file_too_large",
        Refusal::Bomb => "bomb",
        Refusal::Broken => "broken",
        Refusal::Hostile(reason) => reason.code(),
        Refusal::MappingNeeded => "mapping_needed",
        Refusal::ColumnMissing(_) => "column_missing",
    }
}

impl PreviewItem {
    pub(super) fn of(record: &EvidenceRecord, duplicate: bool) -> Self {
        let first = record.people.first();
        let named = first.and_then(|who| who.name.clone().or_else(|| who.phone.clone()));
        let (who, text, amount) = match &record.details {
            EvidenceDetails::Call { number, .. } => (named.or_else(|| number.clone()), "", None),
            EvidenceDetails::Sms { address, body, .. } => {
                (named.or_else(|| address.clone()), body.as_str(), None)
            }
            EvidenceDetails::Email { from, subject, body, .. } => {
                (named.or_else(|| from.clone()), subject.as_deref().unwrap_or(body), None)
            }
            EvidenceDetails::PaymentReceipt { payer, payee, amount, .. } => {
                let other =
                    if record.direction == ashore_domain::Direction::Incoming { payer } else { payee };
                (other.clone(), record.summary.as_str(), amount.map(|amount| amount.to_string()))
            }
            _ => (named, record.summary.as_str(), None),
        };
        Self {
            kind: record.details.kind().into(),
            at: record.happened.at.to_rfc3339(),
            precision: record.happened.precision.into(),
            direction: record.direction.into(),
            who,
            text: text.chars().take(160).collect(),
            amount,
            duplicate,
        }
    }
}
