//! Long work that a lock or the user ends before its time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ashore_app::Interrupter;

/// One kind of long work. A wish to end it concerns what has begun, and nothing that begins later.
#[derive(Debug, Default)]
pub(crate) struct Work(Arc<AtomicU64>);

/// A piece of it, asked again and again whether to go on.
#[derive(Debug, Clone)]
pub(crate) struct Going {
    wishes: Arc<AtomicU64>,
    known: u64,
}

impl Work {
    /// A piece of work begins. Begun before it waits for the vault, it also hears of a lock that comes meanwhile.
    pub(crate) fn begin(&self) -> Going {
        Going { wishes: Arc::clone(&self.0), known: self.0.load(Ordering::Acquire) }
    }

    /// Whatever has begun is to end and to leave nothing.
    pub(crate) fn stop(&self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }
}

impl Going {
    /// Nobody asked it to end.
    pub(crate) fn on(&self) -> bool {
        self.wishes.load(Ordering::Acquire) == self.known
    }
}

/// The piece of work that has the vault for itself. Where it does not ask, because the database is busy with a single
/// step of it, it is interrupted there.
#[derive(Debug, Default)]
pub(crate) struct AtWork(Mutex<Option<(Going, Interrupter)>>);

/// The work is done when this is dropped.
#[derive(Debug)]
pub(crate) struct Done<'a>(&'a AtWork);

impl AtWork {
    /// It begins, and has the vault.
    pub(crate) fn begin(&self, going: Going, interrupter: Interrupter) -> Done<'_> {
        *self.hold() = Some((going, interrupter));
        Done(self)
    }

    /// Interrupts it if it was asked to end. `false` when there is nothing to end.
    pub(crate) fn interrupt(&self) -> bool {
        let at_work = self.hold();
        let unwanted = at_work.as_ref().filter(|(going, _)| !going.on());
        unwanted.inspect(|(_, interrupter)| interrupter.interrupt()).is_some()
    }

    fn hold(&self) -> MutexGuard<'_, Option<(Going, Interrupter)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        *self.0.hold() = None;
    }
}

#[cfg(test)]
mod tests {
    use super::Work;

    #[test]
    fn a_wish_ends_what_has_begun_and_not_what_begins_later() {
        let work = Work::default();
        let (first, second) = (work.begin(), work.begin());
        assert!(first.on() && second.on());
        work.stop();
        let third = work.begin();
        assert!(!first.on() && !second.on() && third.on(), "a later beginning takes no wish back");
    }
}
