//! Shows what is due, from the wall clock: after a change, after waking, and at least every half minute. The same look
//! locks a vault that nobody uses.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ashore_app::AppError;
use ashore_app::clock::Clock;
use ashore_app::reminders::Notice;
use ashore_app::session::{App, SessionState, Unlocked};
use chrono::{DateTime, FixedOffset, TimeDelta};
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::commands::lock_from_outside;
use crate::events::OpenRequested;
use crate::idle::{Idle, Watchfulness};
use crate::notifier::{Answer, NotShown, Note, Notifier, OnAnswer};
use crate::state::Desk;
use crate::words::Words;
use crate::{desktop, tray, window};

/// A sleeping computer stops timers. Looking at the wall clock this often finds every wake, and every clock that was
/// set, within half a minute; a look costs next to nothing.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// How long a notification is put off while the vault, which knows the borrower's choice, is locked.
const SNOOZE: TimeDelta = TimeDelta::hours(1);

/// The time has come, or the clock was set back since: nobody put it off so far.
fn has_come(until: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> bool {
    until <= now || until > now + SNOOZE
}

/// Notifications put off that name nothing, because they were shown while no key was in memory, and those that nobody took.
/// They live no longer than the program; the session keeps its own.
#[derive(Default)]
pub(crate) struct Snoozed(Mutex<Vec<(DateTime<FixedOffset>, Notice)>>);

impl Snoozed {
    fn put_off(&self, until: DateTime<FixedOffset>, notice: Notice) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((until, notice));
    }

    /// Those whose time has come again.
    fn take(&self, now: DateTime<FixedOffset>) -> Vec<Notice> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (come, wait) =
            std::mem::take(&mut *all).into_iter().partition(|(until, _)| has_come(*until, now));
        *all = wait;
        come.into_iter().map(|(_, notice)| notice).collect()
    }
}

/// The resident task and what it works with.
struct Scheduler {
    app: AppHandle,
    clock: Clock,
    notifier: Arc<dyn Notifier>,
    /// The last look found nobody to show notifications, and that was said.
    unheard: AtomicBool,
    watch: Watchfulness,
}

/// Starts the resident task; it ends with the program.
pub(crate) fn start(app: &AppHandle, clock: Clock, notifier: Arc<dyn Notifier>) {
    let scheduler = Scheduler {
        app: app.clone(),
        clock,
        notifier,
        unheard: AtomicBool::new(false),
        watch: Watchfulness::default(),
    };
    let (scheduler, app) = (Arc::new(scheduler), app.clone());
    tauri::async_runtime::spawn(async move {
        loop {
            let worker = Arc::clone(&scheduler);
            // Vault and bus may make it wait, so it does not hold up the page's commands.
            let look = tauri::async_runtime::spawn_blocking(move || worker.look());
            if let Err(error) = look.await {
                crate::say(&format!("One look at the reminders failed: {error}"));
            }
            let desk = app.state::<Desk>();
            // Whichever comes first; either way the wall clock is read again.
            tokio::time::timeout(LONGEST_WAIT, desk.changed()).await.ok();
        }
    });
}

impl Scheduler {
    /// Shows what is due, brings tray and title up to date.
    fn look(&self) {
        let desk = self.app.state::<Desk>();
        let words = Words::of(&desk.preferences());
        if let Err(error) = self.notify(&desk, words) {
            // The code alone: a log never holds anything of the vault.
            crate::say(&format!("Reminders could not be read: {:?}", error.code));
        }
        if let Ok(status) = desk.status() {
            let open = status.state == SessionState::Unlocked;
            let (idle, slept) = (self.app.state::<Idle>(), self.watch.slept());
            match status.settings.filter(|_| open) {
                Some(settings) if slept || idle.is_over(settings.auto_lock) => lock_from_outside(&self.app),
                Some(_) => {}
                // Its time begins when it is opened.
                None => idle.stir(),
            }
            if open && let Err(error) = desk.read(|app| app.refresh_outside_instants()) {
                crate::say(&format!("The outside list of instants could not be kept: {:?}", error.code));
            }
            window::entitle(&self.app, if status.sample { words.sample_name() } else { words.name() });
            tray::refresh(&self.app, words, next_reminder(&desk, self.clock), open, desktop::has_tray_host());
        }
    }

    fn notify(&self, desk: &Desk, words: Words) -> Result<(), AppError> {
        // What is due is read under the lock, shown without it (a desktop may take its time), and recorded under it.
        // While the sample is open the real vault is as closed as when locked.
        let (due, locked) = desk.either(
            |app| (app.tick(), true),
            |app| if app.is_sample() { (app.tick(), true) } else { (app.due_notices(), false) },
        );
        let (due, snoozed) = (due?, self.app.state::<Snoozed>());
        let mut unheard = None;
        for notice in due {
            // Locked since it was asked: what is left speaks in neutral words at the next look.
            if !locked && !desk.is_open() {
                break;
            }
            match self.show(words, &notice, false) {
                // Or locked while it was being shown, and it must not speak twice.
                Ok(()) if !locked => desk.either(
                    |app| {
                        app.confirm_notice(&notice);
                        Ok(())
                    },
                    |app| app.confirm_notice(&notice),
                )?,
                Ok(()) => {}
                Err(error) => {
                    unheard = Some(error);
                    // An open vault will tell of it again. A locked one told us once; it is kept here.
                    if locked {
                        snoozed.put_off(self.clock.now(), notice);
                    }
                }
            }
        }
        // In quiet hours they wait like all others.
        let quiet = desk.either(|app| app.is_quiet(), |app| app.is_quiet());
        let come = if quiet { Vec::new() } else { snoozed.take(self.clock.now()) };
        for notice in come {
            if unheard.is_some() || self.show(words, &notice, locked).is_err() {
                snoozed.put_off(self.clock.now(), notice);
            }
        }
        // Said once, not every half minute.
        let before = self.unheard.swap(unheard.is_some(), Ordering::Relaxed);
        if let Some(error) = unheard.filter(|_| !before) {
            crate::say(&error.to_string());
        }
        Ok(())
    }

    /// Shows one notice, in neutral words if it was put off while more could be said.
    fn show(&self, words: Words, notice: &Notice, neutral: bool) -> Result<(), NotShown> {
        let (title, body) = if neutral {
            (words.reminder().to_owned(), words.something_is_due().to_owned())
        } else {
            (notice.title.clone(), notice.body.clone())
        };
        let note = Note { title, body, open: words.open().to_owned(), snooze: words.snooze().to_owned() };
        let (app, clock, notice) = (self.app.clone(), self.clock, notice.clone());
        let answered: OnAnswer = Box::new(move |answer| match answer {
            Answer::Snooze => {
                // An open vault remembers it over a restart, a locked one until the next unlock. Both are asked at once: a
                // lock may come just now.
                let kept = app.state::<Desk>().either(
                    |app| app.snooze_notice(&notice),
                    |app| app.snooze_notice(&notice).unwrap_or(false),
                );
                if !kept {
                    app.state::<Snoozed>().put_off(clock.now() + SNOOZE, notice);
                }
            }
            Answer::Open => {
                window::show(&app);
                if let Err(error) = OpenRequested::of(&notice).emit(&app) {
                    crate::say(&format!("The page could not be told what to open: {error}"));
                }
            }
        });
        self.notifier.show(&note, answered)
    }
}

/// When the next reminder stands; nothing while locked or in the sample, when the menu keeps the day it last knew.
fn next_reminder(desk: &Desk, clock: Clock) -> Option<Option<DateTime<FixedOffset>>> {
    let now = clock.now();
    let listed = |app: &App<Unlocked>| (!app.is_sample()).then(|| app.list_reminders(None, None)).transpose();
    let reminders = desk.read(listed).ok()??.reminders;
    let mut instants =
        reminders.iter().filter_map(|reminder| DateTime::parse_from_rfc3339(&reminder.at).ok());
    Some(instants.find(|at| *at > now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_off_comes_in_an_hour_and_at_once_when_the_clock_was_set_back() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
        let until = at("2026-11-22T10:00:00+08:00");
        for (now, come) in [
            ("2026-11-22T09:00:00+08:00", false),
            ("2026-11-22T09:59:59+08:00", false),
            ("2026-11-22T10:00:00+08:00", true),
            ("2026-11-22T02:00:00+00:00", true),
            ("2027-11-22T09:00:00+08:00", true),
            ("2025-11-22T09:00:00+08:00", true),
        ] {
            assert_eq!(has_come(until, at(now)), come, "{now}");
        }
    }
}
