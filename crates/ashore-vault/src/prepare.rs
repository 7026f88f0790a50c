//! What a record costs besides the database: its canonical bytes, its leaf, the grams of its words. It is as much as the
//! database itself takes, so while one record is written a second thread prepares the next ones.

use std::collections::VecDeque;
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

/// Records on their way, handed back in the order they came. They go in lots: to wake the other thread for each would
/// cost as much as preparing it.
#[derive(Debug)]
pub(crate) struct Preparer {
    lot: Vec<EvidenceRecord>,
    to: Option<SyncSender<Vec<EvidenceRecord>>>,
    from: Receiver<Result<Vec<Prepared>, VaultError>>,
    back: VecDeque<Prepared>,
    thread: Option<JoinHandle<()>>,
}

impl Preparer {
    /// So many on their way are enough that neither thread waits for the other, and few enough that long texts do not fill
    /// the memory.
    pub(crate) const AHEAD: usize = 64;
    const LOT: usize = 16;

    pub(crate) fn start(at: DateTime<FixedOffset>) -> Result<Self, VaultError> {
        let (to, lots) = sync_channel::<Vec<EvidenceRecord>>(Self::AHEAD / Self::LOT);
        let (done, from) = channel();
        let work = move || {
            for lot in lots {
                let lot = lot.into_iter().map(|record| Prepared::of(Fact::Evidence(record), at)).collect();
                if done.send(lot).is_err() {
                    break;
                }
            }
        };
        let thread = thread::Builder::new().name("prepare".to_owned()).spawn(work);
        let thread = thread.map_err(Fault::io("starting a thread"))?;
        Ok(Self { lot: Vec::new(), to: Some(to), from, back: VecDeque::new(), thread: Some(thread) })
    }

    pub(crate) fn send(&mut self, record: EvidenceRecord) -> Result<(), VaultError> {
        self.lot.push(record);
        if self.lot.len() < Self::LOT { Ok(()) } else { self.send_lot() }
    }

    fn send_lot(&mut self) -> Result<(), VaultError> {
        if self.lot.is_empty() {
            return Ok(());
        }
        let lot = std::mem::take(&mut self.lot);
        self.to.as_ref().and_then(|to| to.send(lot).ok()).ok_or_else(gone)
    }

    /// The next one, waited for.
    pub(crate) fn wait(&mut self) -> Result<Prepared, VaultError> {
        loop {
            if let Some(next) = self.back.pop_front() {
                return Ok(next);
            }
            self.send_lot()?;
            self.back.extend(self.from.recv().map_err(|_| gone())??);
        }
    }

    /// The next one, if it is ready.
    pub(crate) fn ready(&mut self) -> Result<Option<Prepared>, VaultError> {
        if self.back.is_empty()
            && let Ok(lot) = self.from.try_recv()
        {
            self.back.extend(lot?);
        }
        Ok(self.back.pop_front())
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
