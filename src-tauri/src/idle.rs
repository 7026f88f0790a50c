//! Locks a vault that nobody uses, also while the window is in the tray, where the page's own timers may sleep.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ashore_app::clock::{Clock, moment};
use ashore_app::session::AutoLock;
use chrono::{DateTime, FixedOffset, TimeDelta};

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

/// The machine's wall clock beside the one that nobody sets and that stands still while the computer sleeps. When they
/// part, it slept without anybody saying so, or the clock was set: either way somebody else may sit there now.
#[derive(Debug)]
pub(crate) struct Watchfulness(Mutex<(Instant, DateTime<FixedOffset>)>);

/// How far they may part between two looks: time servers correct by less.
const APART: TimeDelta = TimeDelta::minutes(5);

impl Default for Watchfulness {
    fn default() -> Self {
        Self(Mutex::new((moment(), Clock::System.now())))
    }
}

impl Watchfulness {
    /// Whether the wall clock jumped since the last look.
    pub(crate) fn slept(&self) -> bool {
        let now = (moment(), Clock::System.now());
        let before = std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), now);
        jumped(now.0.duration_since(before.0), now.1 - before.1)
    }
}

fn jumped(passed: Duration, on_the_wall: TimeDelta) -> bool {
    TimeDelta::from_std(passed).is_ok_and(|passed| (on_the_wall - passed).abs() > APART)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_clock_that_jumps_over_five_minutes_is_seen_either_way_and_time_that_passes_is_none() {
        for (passed, on_the_wall, seen) in [
            (30, 30, false),
            (30, 330, false),
            (30, 331, true),
            (30, 8 * 3600, true),
            (30, -269, false),
            (30, -271, true),
            (30, -365 * 86_400, true),
            (3600, 3600, false),
        ] {
            let told = jumped(Duration::from_secs(passed), TimeDelta::seconds(on_the_wall));
            assert_eq!(told, seen, "{passed} s, {on_the_wall} s on the wall");
        }
        let watch = Watchfulness::default();
        assert!(!watch.slept());
        watch.0.lock().unwrap().1 -= TimeDelta::hours(8);
        assert!(watch.slept(), "woken after eight hours");
        assert!(!watch.slept(), "said once");
    }

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
