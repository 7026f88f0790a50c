//! Long work that a lock or the user ends before its time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// One kind of long work. A wish to end it concerns what has begun, and nothing that begins later.
#[derive(Debug, Default)]
pub(crate) struct Work(Arc<AtomicU64>);

/// A piece of it, asked again and again whether to go on.
#[derive(Debug)]
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
