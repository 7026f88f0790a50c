//! Shows what is due, from the wall clock: after a change, after waking, and at least every half minute.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ashore_app::AppError;
use ashore_app::clock::Clock;
use ashore_app::reminders::Notice;
use ashore_app::session::SessionState;
use chrono::{DateTime, FixedOffset, TimeDelta};
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::events::OpenRequested;
use crate::notifier::{Answer, Note, Notifier, OnAnswer};
use crate::state::Desk;
use crate::words::Words;
use crate::{desktop, tray, window};

/// A sleeping computer stops timers. Looking at the wall clock this often finds every wake, and every clock that was
/// set, within half a minute; a look costs next to nothing.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// How long a notification is put off.
const SNOOZE: TimeDelta = TimeDelta::hours(1);

/// Notifications put off. They live no longer than the program; what was put off and lost stays on the home screen.
#[derive(Default)]
pub(crate) struct Snoozed(Mutex<Vec<(DateTime<FixedOffset>, Notice)>>);

impl Snoozed {
    fn put_off(&self, until: DateTime<FixedOffset>, notice: Notice) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((until, notice));
    }

    /// Those whose time has come again.
    fn take(&self, now: DateTime<FixedOffset>) -> Vec<Notice> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (come, wait) = std::mem::take(&mut *all).into_iter().partition(|(until, _)| *until <= now);
        *all = wait;
        come.into_iter().map(|(_, notice)| notice).collect()
    }
}

/// Starts the resident task; it ends with the program.
pub(crate) fn start(app: &AppHandle, clock: Clock, notifier: impl Notifier + 'static) {
    let app = app.clone();
    let notifier = std::sync::Arc::new(notifier);
    tauri::async_runtime::spawn(async move {
        loop {
            let (worker, daemon) = (app.clone(), std::sync::Arc::clone(&notifier));
            // Vault and bus may make it wait, so it does not hold up the page's commands.
            let pass = tauri::async_runtime::spawn_blocking(move || pass(&worker, clock, &*daemon));
            if let Err(error) = pass.await {
                crate::say(&format!("One look at the reminders failed: {error}"));
            }
            let desk = app.state::<Desk>();
            // Whichever comes first; either way the wall clock is read again.
            tokio::time::timeout(LONGEST_WAIT, desk.changed()).await.ok();
        }
    });
}

/// One look: shows what is due, brings tray and title up to date.
fn pass(app: &AppHandle, clock: Clock, notifier: &dyn Notifier) {
    let desk = app.state::<Desk>();
    let words = Words::of(&desk.preferences());
    if let Err(error) = notify(app, &desk, clock, words, notifier) {
        crate::say(&format!("Reminders could not be read: {error}"));
    }
    // Only the code and the program's own sentence: a log never holds anything of the vault.
    if let Ok(status) = desk.status() {
        let open = status.state == SessionState::Unlocked;
        window::entitle(app, if status.sample { words.sample_name() } else { words.name() });
        tray::refresh(app, words, next_reminder(&desk, clock), open, desktop::has_tray_host());
    }
}

fn notify(
    app: &AppHandle,
    desk: &Desk,
    clock: Clock,
    words: Words,
    notifier: &dyn Notifier,
) -> Result<(), AppError> {
    // What is due is read under the lock, shown without it (a desktop may take its time), and recorded under it again.
    let (due, locked) = desk.either(|app| (app.tick(), true), |app| (app.due_notices(), false));
    let again = app.state::<Snoozed>().take(clock.now());
    let mut failure = None;
    for notice in due? {
        match show(app, clock, words, &notice, false, notifier) {
            Ok(()) if !locked => desk.write(|app| app.confirm_notice(&notice))?,
            Ok(()) => {}
            // Not recorded, so the next look tries again.
            Err(error) => failure = Some(error),
        }
    }
    for notice in again {
        if show(app, clock, words, &notice, locked, notifier).is_err() {
            app.state::<Snoozed>().put_off(clock.now(), notice);
        }
    }
    if let Some(error) = failure {
        crate::say(&error.to_string());
    }
    Ok(())
}

fn show(
    app: &AppHandle,
    clock: Clock,
    words: Words,
    notice: &Notice,
    neutral: bool,
    notifier: &dyn Notifier,
) -> Result<(), crate::notifier::NotShown> {
    let (title, body) = if neutral {
        (words.reminder().to_owned(), words.something_is_due().to_owned())
    } else {
        (notice.title.clone(), notice.body.clone())
    };
    let note = Note { title, body, open: words.open().to_owned(), snooze: words.snooze().to_owned() };
    let (app, notice) = (app.clone(), notice.clone());
    let answered: OnAnswer = Box::new(move |answer| match answer {
        Answer::Snooze => app.state::<Snoozed>().put_off(clock.now() + SNOOZE, notice),
        Answer::Open => {
            window::show(&app);
            if let Err(error) = (OpenRequested { loan_id: notice.loan_id }).emit(&app) {
                crate::say(&format!("The page could not be told what to open: {error}"));
            }
        }
    });
    notifier.show(&note, answered)
}

/// When the next reminder stands. Locked, the day it last knew stays; it tells nobody anything.
fn next_reminder(desk: &Desk, clock: Clock) -> Option<Option<DateTime<FixedOffset>>> {
    let now = clock.now();
    let reminders = desk.read(|app| app.list_reminders(None, None)).ok()?.reminders;
    let mut instants =
        reminders.iter().filter_map(|reminder| DateTime::parse_from_rfc3339(&reminder.at).ok());
    Some(instants.find(|at| *at > now))
}
