use ashore_importers::pasted::{Pasted, pasted};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::import::Known;
use crate::session::{App, Unlocked};
use crate::words::EvidenceKind;
use crate::{AppError, input, view};

/// Words copied from a message or a chat.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PasteRequest {
    /// They.
    pub text: String,
}

/// What pasted words seem to be: a record to look over and complete. Nothing is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PastedView {
    /// A message, or a chat.
    pub kind: EvidenceKind,
    /// The day; absent when the words do not tell.
    pub date: Option<String>,
    /// The time of day as HH:MM; absent when the words do not tell.
    pub time: Option<String>,
    /// Who wrote.
    pub name: Option<String>,
    /// For whom, by the signature.
    pub organisation: Option<String>,
    /// From which number.
    pub phone: Option<String>,
    /// The loan, where only one can be meant.
    pub loan_ids: Vec<String>,
    /// The words without the lines that say who and when.
    pub body: String,
}

impl App<Unlocked> {
    /// Guesses what pasted words are. Only the number or the signature of a lender with one open loan names a loan.
    ///
    /// # Errors
    /// Nothing was pasted, or more than a record holds.
    pub fn read_pasted(&self, request: &PasteRequest) -> Result<PastedView, AppError> {
        let text = input::words("text", &request.text)?;
        let Pasted { name, number, signed, day, time, body } = pasted(&text, self.clock.today());
        let known = Known::new(&self.state.vault.parties()?, &self.state.vault.loans()?);
        let loan = known.loan_of_number(number.as_deref()).or_else(|| known.loan_signed(&body));
        let chat = name.is_some() && number.is_none() && signed.is_none();
        Ok(PastedView {
            kind: if chat { EvidenceKind::ImChat } else { EvidenceKind::Sms },
            date: day.map(view::day),
            time: time.map(|time| time.format("%H:%M").to_string()),
            name,
            organisation: signed,
            phone: number,
            loan_ids: loan.iter().map(ToString::to_string).collect(),
            body,
        })
    }
}
