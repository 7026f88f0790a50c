//! What a record costs besides the database: its canonical bytes, its leaf, the grams of its words. It is as much as the
//! database itself takes, so while one record is written a second thread prepares the next ones.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};

use ashore_domain::{EvidenceRecord, Fact};
use ashore_evidence::{Digest, chain};
use chrono::{DateTime, FixedOffset};

use crate::fault::Fault;
use crate::key::random;
use crate::record;
use crate::{VaultError, search};

/// A fact ready to be written.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) fact: Fact,
    /// Its canonical bytes, which the ledger keeps.
    pub(crate) body: Vec<u8>,
    pub(crate) leaf: Digest,
    /// What the index of words is given of it; nothing, when it is no record.
    pub(crate) grams: String,
}

impl Prepared {
    pub(crate) fn of(fact: Fact, at: DateTime<FixedOffset>) -> Result<Self, VaultError> {
        let mut id = [0; 16];
        random(&mut id)?;
        let body = record::encode(&fact, ashore_domain::FactId::from_bytes(id), at)?;
        let leaf = chain::leaf(&body);
        let grams = match &fact {
            Fact::Evidence(record) => search::grams_of(record),
            _ => String::new(),
        };
        Ok(Self { fact, body, leaf, grams })
    }
}

/// Records on their way, at most [`Preparer::AHEAD`] of them, handed back in the order they came.
#[derive(Debug)]
pub(crate) struct Preparer {
    to: Option<SyncSender<EvidenceRecord>>,
    from: Receiver<Result<Prepared, VaultError>>,
    thread: Option<JoinHandle<()>>,
}

impl Preparer {
    /// Enough that neither thread waits for the other, few enough that long texts do not fill the memory.
    pub(crate) const AHEAD: usize = 64;

    pub(crate) fn start(at: DateTime<FixedOffset>) -> Result<Self, VaultError> {
        let (to, records) = sync_channel::<EvidenceRecord>(Self::AHEAD);
        let (done, from) = channel();
        let work = move || {
            for record in records {
                if done.send(Prepared::of(Fact::Evidence(record), at)).is_err() {
                    break;
                }
            }
        };
        let thread = thread::Builder::new().name("prepare".to_owned()).spawn(work);
        let thread = thread.map_err(Fault::io("starting a thread"))?;
        Ok(Self { to: Some(to), from, thread: Some(thread) })
    }

    pub(crate) fn send(&self, record: EvidenceRecord) -> Result<(), VaultError> {
        self.to.as_ref().and_then(|to| to.send(record).ok()).ok_or_else(gone)
    }

    /// The next one, waited for.
    pub(crate) fn wait(&self) -> Result<Prepared, VaultError> {
        self.from.recv().map_err(|_| gone())?
    }

    /// The next one, if it is ready.
    pub(crate) fn ready(&self) -> Result<Option<Prepared>, VaultError> {
        self.from.try_recv().ok().transpose()
    }
}

impl Drop for Preparer {
    fn drop(&mut self) {
        // Without a sender its loop ends.
        self.to = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Only a panic in it ends the thread early.
fn gone() -> VaultError {
    Fault::io("preparing records")(std::io::Error::other("the thread ended")).into()
}
