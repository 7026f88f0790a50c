//! The words of files that a check looks at, read apart from the vault: a PDF built to take long holds up nobody, a lock
//! least of all.

use std::collections::BTreeMap;

use ashore_domain::{AttachmentId, EvidenceDetails, EvidenceRecord};

use super::{CheckAgreementRequest, RecordAgreementRequest, Source};
use crate::contacts::FileInHand;
use crate::ended::ended;
use crate::session::{App, Unlocked};
use crate::{AppError, id};

/// Files taken out of the vault into memory, for their words.
#[derive(Debug, Default)]
pub struct FilesToRead(BTreeMap<AttachmentId, FileInHand>);

/// The words of files; of a file that holds none it is known that it does.
#[derive(Debug, Default)]
pub struct WordsRead(BTreeMap<AttachmentId, Option<String>>);

impl FilesToRead {
    /// Reads them, as long as somebody waits for it. The vault is not needed for that.
    ///
    /// # Errors
    /// `CANCELLED` once `going` says no.
    pub fn read(self, going: &mut dyn FnMut() -> bool) -> Result<WordsRead, AppError> {
        let mut read = BTreeMap::new();
        for (id, file) in self.0 {
            let words = file.words(going);
            if !going() {
                return Err(ended());
            }
            read.insert(id, words);
        }
        Ok(WordsRead(read))
    }
}

impl App<Unlocked> {
    /// The files whose words [`App::check_agreement_by`] wants.
    ///
    /// # Errors
    /// As there.
    pub fn files_to_check(&self, request: &CheckAgreementRequest) -> Result<FilesToRead, AppError> {
        let agreement = request.agreement_id.as_deref().map(|text| self.agreement_known(text)).transpose()?;
        let kept = self.reading_of(request.agreement_id.as_deref())?;
        match self.source_of(request, agreement.as_ref(), kept.as_ref())? {
            Source::Text(_) => Ok(FilesToRead::default()),
            Source::Record(record) => self.taken_out(&[*record]),
            Source::Records(records) => self.taken_out(&records),
        }
    }

    /// The files whose words [`App::preview_agreement_by`] wants.
    ///
    /// # Errors
    /// As there.
    pub fn files_to_preview(&self, request: &RecordAgreementRequest) -> Result<FilesToRead, AppError> {
        let mut records = Vec::new();
        for record in &request.evidence_ids {
            records.extend(self.as_it_stands(id::parse("evidence_ids", record)?)?);
        }
        self.taken_out(&records)
    }

    fn taken_out(&self, records: &[EvidenceRecord]) -> Result<FilesToRead, AppError> {
        let files = records.iter().flat_map(|record| &record.files);
        let taken = files.map(|file| Ok((file.attachment, self.take_in_hand(&file.attachment.to_string())?)));
        Ok(FilesToRead(taken.collect::<Result<_, AppError>>()?))
    }

    /// The words of a record and of its files.
    pub(super) fn text_of(
        &self,
        record: EvidenceRecord,
        words: &WordsRead,
    ) -> Result<Option<String>, AppError> {
        let body = match record.details {
            EvidenceDetails::Sms { body, .. }
            | EvidenceDetails::Email { body, .. }
            | EvidenceDetails::ImChat { body, .. }
            | EvidenceDetails::InAppChat { body, .. }
            | EvidenceDetails::Note { body, .. } => Some(body),
            EvidenceDetails::Call { transcript, .. } => transcript,
            _ => None,
        };
        let mut texts: Vec<String> = body.into_iter().filter(|body| !body.trim().is_empty()).collect();
        for file in &record.files {
            texts.extend(match words.0.get(&file.attachment) {
                Some(read) => read.clone(),
                // Linked to the record since the files were taken out, which hardly ever happens.
                None => self.take_in_hand(&file.attachment.to_string())?.words(&mut || true),
            });
        }
        Ok((!texts.is_empty()).then(|| texts.join("\n")))
    }
}
