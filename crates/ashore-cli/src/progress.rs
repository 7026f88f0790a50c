//! Long work tells how far it is when somebody watches, and stops cleanly on Ctrl-C.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Progress on stderr when it is a terminal, and whether the user asked to stop.
pub(crate) struct Progress {
    stopped: Arc<AtomicBool>,
    watched: bool,
    shown: Cell<Option<(bool, u64)>>,
}

impl Progress {
    pub(crate) fn new() -> Self {
        let stopped = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            // Without it, Ctrl-C ends the process at once and the next run clears up.
            drop(signal_hook::flag::register(signal, Arc::clone(&stopped)));
        }
        Self { stopped, watched: io::stderr().is_terminal(), shown: Cell::new(None) }
    }

    /// What the work calls as it goes.
    pub(crate) fn listener(&self) -> impl FnMut(ashore_app::Progress) -> bool + '_ {
        |progress| {
            let percent = (progress.done * 100).checked_div(progress.total).unwrap_or(100);
            let now = Some((progress.verifying, percent));
            if self.watched && self.shown.replace(now) != now {
                let what = if progress.verifying { "verifying" } else { "writing" };
                let _ = write!(io::stderr(), "\r{what} {percent:>3} %");
            }
            !self.stopped.load(Ordering::Relaxed)
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.watched && self.shown.get().is_some() {
            let _ = writeln!(io::stderr());
        }
    }
}
