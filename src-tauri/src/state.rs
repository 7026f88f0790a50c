//! The session the window works on, in one of its two states, behind one lock.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ashore_app::clock::Clock;
use ashore_app::session::{App, AppStatus, Locked, Place, Preferences, Unlocked};
use ashore_app::{AppError, ErrorCode};
use tokio::sync::Notify;

/// The façade in whichever state it is.
#[allow(clippy::large_enum_variant)] // there is one, and it stays where it is
enum Session {
    Locked(App<Locked>),
    Unlocked(App<Unlocked>),
}

/// The one session. Every command goes through here, so two of them never meet inside the vault.
pub(crate) struct Desk {
    place: Place,
    clock: Clock,
    session: Mutex<Option<Session>>,
    changed: Notify,
    /// The backup, verification or restore that is going on.
    pub(crate) work: Work,
}

/// Long work beside the session, which a lock or the user stops.
#[derive(Debug, Default)]
pub(crate) struct Work(AtomicBool);

impl Work {
    /// A new piece of work begins.
    pub(crate) fn begin(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Whatever is going on is to end and to leave nothing.
    pub(crate) fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Nobody asked it to end.
    pub(crate) fn goes_on(&self) -> bool {
        !self.0.load(Ordering::Relaxed)
    }
}

impl Desk {
    /// A session over this folder, locked.
    pub(crate) fn new(place: Place, clock: Clock) -> Self {
        let session = Session::Locked(App::new(place.clone(), clock));
        Self {
            place,
            clock,
            session: Mutex::new(Some(session)),
            changed: Notify::new(),
            work: Work::default(),
        }
    }

    /// Asks the open vault something.
    pub(crate) fn read<T>(
        &self,
        ask: impl FnOnce(&App<Unlocked>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        match self.hold().as_ref() {
            Some(Session::Unlocked(app)) => ask(app),
            _ => Err(locked()),
        }
    }

    /// Has the open vault do something.
    pub(crate) fn write<T>(
        &self,
        act: impl FnOnce(&mut App<Unlocked>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let done = match self.hold().as_mut() {
            Some(Session::Unlocked(app)) => act(app),
            _ => Err(locked()),
        };
        self.changed.notify_one();
        done
    }

    /// Opens a vault: the app goes in locked and comes out open, or as it was with the reason.
    #[allow(clippy::result_large_err)] // the app itself comes back
    pub(crate) fn open<T>(
        &self,
        open: impl FnOnce(App<Locked>) -> Result<(App<Unlocked>, T), (App<Locked>, AppError)>,
    ) -> Result<T, AppError> {
        let mut held = self.hold();
        let app = match held.take() {
            Some(Session::Locked(app)) => app,
            Some(Session::Unlocked(app)) => app.lock(),
            None => App::new(self.place.clone(), self.clock),
        };
        let (after, answer) = match open(app) {
            Ok((app, answer)) => (Session::Unlocked(app), Ok(answer)),
            Err((app, error)) => (Session::Locked(app), Err(error)),
        };
        *held = Some(after);
        drop(held);
        self.changed.notify_one();
        answer
    }

    /// Whether the vault is open.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.hold().as_ref(), Some(Session::Unlocked(_)))
    }

    /// Closes the vault. `true` when it was open.
    pub(crate) fn lock(&self) -> bool {
        // A backup holds a key of its own.
        self.work.stop();
        let mut held = self.hold();
        let (after, was_open) = match held.take() {
            Some(Session::Unlocked(app)) => (Some(Session::Locked(app.lock())), true),
            other => (other, false),
        };
        *held = after;
        drop(held);
        self.changed.notify_one();
        was_open
    }

    /// Has the closed product do something that takes long, such as restoring a vault where none is. Nobody else waits
    /// for it.
    pub(crate) fn closed<T>(
        &self,
        act: impl FnOnce(&App<Locked>) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        if matches!(self.hold().as_ref(), Some(Session::Unlocked(_))) {
            return Err(AppError::new(ErrorCode::VaultExists, "a vault is open"));
        }
        act(&App::new(self.place.clone(), self.clock))
    }

    /// Asks what both states can answer.
    pub(crate) fn either<T>(
        &self,
        locked: impl FnOnce(&mut App<Locked>) -> T,
        unlocked: impl FnOnce(&mut App<Unlocked>) -> T,
    ) -> T {
        let fresh = || Session::Locked(App::new(self.place.clone(), self.clock));
        match self.hold().get_or_insert_with(fresh) {
            Session::Locked(app) => locked(app),
            Session::Unlocked(app) => unlocked(app),
        }
    }

    /// What the first screen needs.
    pub(crate) fn status(&self) -> Result<AppStatus, AppError> {
        self.either(|app| Ok(app.status()), |app| app.status())
    }

    /// How the program looks.
    pub(crate) fn preferences(&self) -> Preferences {
        self.either(|app| app.preferences(), |app| app.preferences())
    }

    /// Keeps how the program looks.
    pub(crate) fn save_preferences(&self, preferences: &Preferences) -> Result<(), AppError> {
        let saved =
            self.either(|app| app.save_preferences(preferences), |app| app.save_preferences(preferences));
        self.changed.notify_one();
        saved
    }

    /// Waits until something may have changed what is due or how the program looks.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// A command that panicked half-way left the session as it was, or none at all; both can be gone on with.
    fn hold(&self) -> MutexGuard<'_, Option<Session>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn locked() -> AppError {
    AppError::new(ErrorCode::Locked, "the vault is locked")
}
