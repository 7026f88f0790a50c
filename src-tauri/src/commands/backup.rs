use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;

use ashore_app::backup::{BackupSchedule, BackupStateView, BackupView, verify_backup};
use ashore_app::session::{UnlockBy, UnlockRequest};
use ashore_app::{AppError, ErrorCode, Progress};
use tauri::{AppHandle, Manager, State};
use tauri_specta::Event;

use crate::choose;
use crate::events::BackupProgress;
use crate::state::Desk;
use crate::work::Going;

/// The backup the user chose to restore; its path never goes through the page.
#[derive(Default)]
pub(crate) struct Chosen(Mutex<Option<PathBuf>>);

impl Chosen {
    fn set(&self, path: Option<PathBuf>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = path;
    }

    fn get(&self) -> Result<PathBuf, AppError> {
        let chosen = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        chosen.ok_or_else(|| AppError::field(ErrorCode::FieldMissing, "file", "choose a file first"))
    }
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn backup_state(desk: State<'_, Desk>) -> Result<BackupStateView, AppError> {
    desk.read(|app| app.backup_state())
}

/// `None` when the user changed their mind in the dialog.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn make_backup(
    app: AppHandle,
    desk: State<'_, Desk>,
    passphrase: String,
) -> Result<Option<BackupView>, AppError> {
    let name = desk.read(|app| Ok(format!("ashore-{}.age", app.clock().now().format("%Y%m%d"))))?;
    let Some(file) = choose::new(&app, &name)? else { return Ok(None) };
    let going = desk.work.begin();
    let work = desk.read(|app| app.begin_backup())?;
    let made = work.run(&with_ending(file), by_passphrase(passphrase), &mut listener(&app, going))?;
    drop(work);
    desk.write(|app| app.note_backup(&made))?;
    Ok(Some(made))
}

/// Reads a backup the user chooses to its last byte. One of this vault counts as the yearly drill.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn verify_chosen_backup(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: UnlockRequest,
) -> Result<Option<BackupView>, AppError> {
    let Some(file) = choose::existing(&app)? else { return Ok(None) };
    let going = desk.work.begin();
    let verified = verify_backup(&file, request, &mut listener(&app, going))?;
    desk.write(|app| app.note_drill(&verified))?;
    Ok(Some(verified))
}

/// The name of the file the user chose; `None` when they changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn choose_backup(app: AppHandle, chosen: State<'_, Chosen>) -> Result<Option<String>, AppError> {
    let Some(file) = choose::existing_for_anybody(&app) else { return Ok(None) };
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    chosen.set(Some(file));
    Ok(Some(name))
}

/// What is in the chosen backup, after all of it was verified. Nothing is placed.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn examine_backup(
    app: AppHandle,
    desk: State<'_, Desk>,
    chosen: State<'_, Chosen>,
    request: UnlockRequest,
) -> Result<BackupView, AppError> {
    let going = desk.work.begin();
    verify_backup(&chosen.get()?, request, &mut listener(&app, going))
}

/// Restores the chosen backup where no vault is, and opens it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn restore_backup(
    app: AppHandle,
    desk: State<'_, Desk>,
    chosen: State<'_, Chosen>,
    request: UnlockRequest,
) -> Result<BackupView, AppError> {
    let file = chosen.get()?;
    let going = desk.work.begin();
    let restored = desk.closed(|locked| locked.restore_backup(&file, request, &mut listener(&app, going)))?;
    chosen.set(None);
    Ok(restored)
}

/// Stops whatever backup work is going on; it leaves nothing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn stop_backup(desk: State<'_, Desk>) -> Result<(), AppError> {
    desk.work.stop();
    Ok(())
}

/// Asks for a folder and sets the schedule to it. `None` when the user changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn choose_backup_folder(
    app: AppHandle,
    desk: State<'_, Desk>,
    every: ashore_app::backup::BackupEvery,
    keep: u16,
) -> Result<Option<BackupStateView>, AppError> {
    let Some(folder) = choose::folder(&app)? else { return Ok(None) };
    let schedule = BackupSchedule { folder: folder.display().to_string(), every, keep };
    desk.write(|app| {
        app.set_backup_schedule(Some(&schedule))?;
        app.backup_state().map(Some)
    })
}

/// Changes how often and how many, or ends the schedule.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_backup_schedule(
    desk: State<'_, Desk>,
    schedule: Option<BackupSchedule>,
) -> Result<BackupStateView, AppError> {
    desk.write(|app| {
        app.set_backup_schedule(schedule.as_ref())?;
        app.backup_state()
    })
}

/// The backup of the schedule, if one is due: right after an unlock, with the passphrase that was typed for it. Its
/// failure is kept for the backup page and stops nothing else.
pub(crate) fn scheduled(app: &AppHandle, request: UnlockRequest) {
    if !matches!(request.by, UnlockBy::Passphrase) {
        return;
    }
    let app = app.clone();
    std::thread::spawn(move || {
        let desk = app.state::<Desk>();
        let going = desk.work.begin();
        let due = desk.read(|app| Ok(app.due_backup()?.map(|schedule| (schedule, app.begin_backup()))));
        let Ok(Some((schedule, work))) = due else { return };
        let mut silent = |_| going.on();
        let made = work.and_then(|work| {
            work.run_scheduled(Path::new(&schedule.folder), schedule.keep, request, &mut silent)
        });
        let noted = desk.write(|app| match &made {
            Ok(made) => app.note_backup(made).and_then(|()| app.note_backup_trouble(None)),
            Err(error) => app.note_backup_trouble(Some(error)),
        });
        // A lock in between stops the backup; the next unlock makes it.
        if let Err(error) = noted
            && error.code != ErrorCode::Locked
        {
            crate::say(&format!("The scheduled backup could not be noted: {:?}", error.code));
        }
    });
}

fn by_passphrase(secret: String) -> UnlockRequest {
    UnlockRequest { secret, by: UnlockBy::Passphrase }
}

/// A person who types a name without an ending means ours.
fn with_ending(file: PathBuf) -> PathBuf {
    if file.extension().is_some() { file } else { file.with_extension("age") }
}

/// Tells the page how far the work is, a whole percent at a time, and stops it when it was told to.
fn listener(app: &AppHandle, going: Going) -> impl FnMut(Progress) -> bool + use<> {
    let app = app.clone();
    let mut told = None;
    move |progress| {
        let percent = (progress.done * 100).checked_div(progress.total).unwrap_or(100);
        let percent = u8::try_from(percent).unwrap_or(100);
        let now = Some((progress.verifying, percent));
        if told != now {
            told = now;
            // A page that has gone needs to hear nothing.
            drop(BackupProgress { verifying: progress.verifying, percent }.emit(&app));
        }
        going.on()
    }
}
