//! Locks a vault that nobody uses, also while the window is in the tray, where the page's own timers may sleep.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ashore_app::clock::moment;
use ashore_app::session::AutoLock;

/// When the vault was used last, as the page reports it. A clock that is set does not move it; sleep locks by itself.
#[derive(Debug)]
pub(crate) struct Idle(Mutex<Instant>);

impl Default for Idle {
    fn default() -> Self {
        Self(Mutex::new(moment()))
    }
}

impl Idle {
    /// It is used now, or closed: the time begins again.
    pub(crate) fn stir(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = moment();
    }

    /// Whether it was left alone for as long as the borrower allows.
    pub(crate) fn is_over(&self, choice: AutoLock) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        over(choice, moment().duration_since(last))
    }
}

fn over(choice: AutoLock, idle: Duration) -> bool {
    let minutes = match choice {
        // By leaving the window, which the page sees at once; not by time.
        AutoLock::Immediately => return false,
        AutoLock::OneMinute => 1,
        AutoLock::FiveMinutes => 5,
        AutoLock::FifteenMinutes => 15,
    };
    idle >= Duration::from_secs(60 * minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vault_left_alone_for_the_chosen_time_is_over_and_use_begins_it_again() {
        for (choice, seconds, locks) in [
            (AutoLock::OneMinute, 59, false),
            (AutoLock::OneMinute, 60, true),
            (AutoLock::FiveMinutes, 299, false),
            (AutoLock::FiveMinutes, 300, true),
            (AutoLock::FifteenMinutes, 899, false),
            (AutoLock::FifteenMinutes, 900, true),
            (AutoLock::Immediately, 100_000, false),
        ] {
            assert_eq!(over(choice, Duration::from_secs(seconds)), locks, "{choice:?} after {seconds} s");
        }
        let idle = Idle(Mutex::new(moment().checked_sub(Duration::from_secs(61)).unwrap()));
        assert!(idle.is_over(AutoLock::OneMinute));
        idle.stir();
        assert!(!idle.is_over(AutoLock::OneMinute));
    }
}
