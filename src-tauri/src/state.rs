//! The session the window works on, in one of its two states, behind one lock.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use ashore_app::clock::Clock;
use ashore_app::session::{App, AppStatus, Locked, Place, Preferences, Unlocked};
use ashore_app::{AppError, ErrorCode};
use tokio::sync::Notify;

use crate::work::{AtWork, Going, Work};

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
    /// The backup, verification or restore that is going on, beside the session.
    pub(crate) work: Work,
    /// The file on its way in or out. It has the session for itself until it is done, so a lock ends it first.
    errand: Work,
    at_work: AtWork,
}

/// Between two attempts to end what has the vault for itself.
const AGAIN: Duration = Duration::from_millis(2);

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
            errand: Work::default(),
            at_work: AtWork::default(),
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

    /// Has the open vault take a file in or write one out. A lock or the user ends it, between two steps or, where a step
    /// of the database takes long, in the middle of it: nothing of it is stored then.
    pub(crate) fn run_errand<T>(
        &self,
        act: impl FnOnce(&mut App<Unlocked>, Going) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        // Before it waits for the vault: it also hears of a lock that comes meanwhile.
        let going = self.errand.begin();
        let done = self.write(|app| {
            let _at_work = self.at_work.begin(going.clone(), app.interrupter());
            act(app, going.clone())
        });
        // Whatever an interrupted step says, it is not the vault's failure.
        done.map_err(|error| match error.code {
            ErrorCode::Locked => error,
            _ if !going.on() => AppError::new(ErrorCode::Cancelled, "stopped; nothing of it was kept"),
            _ => error,
        })
    }

    /// Ends the errand that is going on, and returns when it has ended.
    pub(crate) fn stop_errand(&self) {
        self.errand.stop();
        while self.at_work.interrupt() {
            std::thread::sleep(AGAIN);
        }
    }

    /// Asks the errand that is going on to end, and does not wait.
    pub(crate) fn ask_errand_to_end(&self) {
        self.errand.stop();
        self.at_work.interrupt();
    }

    /// Takes something out of the open vault and works on it without holding anybody up, so that a foreign file built to
    /// take long delays no lock. A lock ends the work, and what came of it is told only to an open vault.
    pub(crate) fn apart<T, W>(
        &self,
        take: impl FnOnce(&App<Unlocked>) -> Result<T, AppError>,
        work: impl FnOnce(T, &mut dyn FnMut() -> bool) -> Result<W, AppError>,
    ) -> Result<W, AppError> {
        let going = self.errand.begin();
        let done = work(self.read(take)?, &mut || going.on());
        self.read(|_| done)
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

    /// Closes the vault; long work is given up for it. `true` when it was open.
    pub(crate) fn lock(&self) -> bool {
        let mut held = self.hold_at_once();
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

    /// The session, from whoever has it: long work is ended for it, and so is any that begins meanwhile.
    fn hold_at_once(&self) -> MutexGuard<'_, Option<Session>> {
        loop {
            self.errand.stop();
            // A backup holds a key of its own.
            self.work.stop();
            match self.session.try_lock() {
                Ok(held) => return held,
                Err(TryLockError::Poisoned(held)) => return held.into_inner(),
                Err(TryLockError::WouldBlock) => drop(self.at_work.interrupt()),
            }
            std::thread::sleep(AGAIN);
        }
    }

    /// A command that panicked half-way left the session as it was, or none at all; both can be gone on with.
    fn hold(&self) -> MutexGuard<'_, Option<Session>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn locked() -> AppError {
    AppError::new(ErrorCode::Locked, "the vault is locked")
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::path::Path;
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use ashore_app::KdfCost;
    use ashore_app::clock::moment;
    use ashore_app::import::ImportOptions;
    use ashore_app::session::{CreateVaultRequest, SessionState, UnlockBy, UnlockRequest};

    use super::*;

    const PASSPHRASE: &str = "一只很普通的通行短语";
    /// How long a lock may take, and with it everything that waits for one, such as a computer going to sleep.
    const PROMPT: Duration = Duration::from_secs(2);

    #[allow(clippy::result_large_err)] // the app itself comes back
    fn open_desk(folder: &Path) -> Desk {
        let desk = Desk::new(Place::in_data_folder(folder), Clock::System);
        let passphrase = PASSPHRASE.to_owned();
        let request = CreateVaultRequest { passphrase, shared_computer: false };
        desk.open(|app| app.create_vault(request, KdfCost::FLOOR)).unwrap();
        desk
    }

    /// So large that nobody is through with it before the lock; the disk keeps nothing of its emptiness.
    fn endless(folder: &Path) -> std::path::PathBuf {
        let path = folder.join("endless.mp4");
        File::create(&path).unwrap().set_len(1 << 40).unwrap();
        path
    }

    /// Files anywhere below.
    fn files(folder: &Path) -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }

    /// Begins `work`, locks in the middle of it, and looks at what is left.
    fn locked_amid(
        work: impl FnOnce(&mut App<Unlocked>, &Path, &mut dyn FnMut() -> bool) -> AppError + Send,
    ) {
        let home = tempfile::tempdir().unwrap();
        let (desk, file) = (open_desk(home.path()), endless(home.path()));
        let before = files(home.path());
        let (begun, is_begun) = mpsc::channel();
        let (locked, is_locked) = mpsc::channel();
        thread::scope(|scope| {
            let (desk, file) = (&desk, &file);
            let working = scope.spawn(move || {
                desk.run_errand(|app, going| {
                    let mut watch = || {
                        let _ = begun.send(());
                        going.on()
                    };
                    Ok(work(app, file, &mut watch))
                })
                .unwrap()
            });
            is_begun.recv().unwrap();
            scope.spawn(move || locked.send(desk.lock()));
            assert_eq!(is_locked.recv_timeout(PROMPT), Ok(true), "the lock waits for the end of the work");
            assert_eq!(working.join().unwrap().code, ErrorCode::Cancelled);
        });
        assert_eq!(desk.status().unwrap().state, SessionState::Locked);
        let left = files(home.path());
        let new: Vec<_> = left.iter().filter(|path| !before.contains(path)).collect();
        assert!(new.iter().all(|path| path.ends_with("reminders.json")), "{new:?}");
    }

    #[test]
    fn a_lock_ends_an_import_at_once_and_nothing_of_it_is_stored() {
        locked_amid(|app, file, watch| {
            app.import_file(file, &ImportOptions::default(), &mut |_| watch()).unwrap_err()
        });
    }

    #[test]
    fn a_lock_ends_an_attachment_at_once_and_nothing_of_it_is_stored() {
        locked_amid(|app, file, watch| app.stage_file(file, &mut |_, _| watch()).unwrap_err());
    }

    #[test]
    fn a_lock_ends_work_that_does_not_ask_in_the_middle_of_a_step_and_small_work_is_let_be() {
        let home = tempfile::tempdir().unwrap();
        let desk = open_desk(home.path());
        let (begun, is_begun) = mpsc::channel();
        thread::scope(|scope| {
            let desk = &desk;
            // It neither asks nor ends by itself; only the database can stop it.
            let working = scope.spawn(move || {
                desk.run_errand(|app, _| -> Result<(), AppError> {
                    begun.send(()).unwrap();
                    loop {
                        app.list_loans()?;
                    }
                })
            });
            is_begun.recv().unwrap();
            assert!(desk.lock());
            assert_eq!(working.join().unwrap().unwrap_err().code, ErrorCode::Cancelled);
        });
        unlock(&desk);
        // A draft being kept when the lock comes is no errand, and is kept.
        let (begun, is_begun) = mpsc::channel();
        thread::scope(|scope| {
            let desk = &desk;
            let keeping = scope.spawn(move || {
                desk.write(|app| {
                    begun.send(()).unwrap();
                    (0..200).try_for_each(|n| app.save_draft("loan", &n.to_string()))
                })
            });
            is_begun.recv().unwrap();
            assert!(desk.lock());
            keeping.join().unwrap().unwrap();
        });
        unlock(&desk);
        assert_eq!(desk.write(|app| app.take_draft("loan")).unwrap().unwrap().body, "199");
        // An errand that begins after a wish is none of those that are to end.
        desk.ask_errand_to_end();
        desk.run_errand(|app, going| {
            assert!(going.on() && !desk.at_work.interrupt());
            app.list_loans()
        })
        .unwrap();
    }

    #[allow(clippy::result_large_err)] // the app itself comes back
    fn unlock(desk: &Desk) {
        let again = UnlockRequest { secret: PASSPHRASE.to_owned(), by: UnlockBy::Passphrase };
        desk.open(|app| app.unlock(again).map(|app| (app, ()))).unwrap();
    }

    #[test]
    fn a_lock_neither_waits_for_a_file_that_takes_long_to_read_nor_lets_its_words_out() {
        let home = tempfile::tempdir().unwrap();
        let desk = open_desk(home.path());
        for heeds in [true, false] {
            let (begun, is_begun) = mpsc::channel();
            let (locked, is_locked) = mpsc::channel();
            thread::scope(|scope| {
                let desk = &desk;
                let reading = scope.spawn(move || {
                    desk.apart(
                        |_| Ok(()),
                        |(), going| {
                            begun.send(()).unwrap();
                            let until = moment() + 2 * PROMPT;
                            while (!heeds || going()) && moment() < until {
                                thread::sleep(Duration::from_millis(20));
                            }
                            Ok(moment() < until)
                        },
                    )
                });
                is_begun.recv().unwrap();
                // Everybody else goes on too, such as the reminders' look.
                assert_eq!(desk.status().unwrap().state, SessionState::Unlocked);
                scope.spawn(move || locked.send(desk.lock()));
                assert_eq!(is_locked.recv_timeout(PROMPT), Ok(true), "the lock waits for the reading");
                assert_eq!(reading.join().unwrap().unwrap_err().code, ErrorCode::Locked);
            });
            unlock(&desk);
        }
    }

    #[test]
    fn work_that_waited_for_the_vault_finds_it_locked() {
        let home = tempfile::tempdir().unwrap();
        let desk = open_desk(home.path());
        let going = desk.errand.begin();
        assert!(desk.lock());
        assert!(!going.on(), "begun before the lock, whoever comes first");
        assert_eq!(desk.write(|_| Ok(())).unwrap_err().code, ErrorCode::Locked);
        assert!(desk.errand.begin().on());
    }
}
