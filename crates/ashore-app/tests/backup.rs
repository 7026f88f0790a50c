//! Backups by schedule, drills, drafts, and a vault put aside.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use std::collections::BTreeSet;
use std::fs;

use ashore_app::ErrorCode;
use ashore_app::backup::{BackupEvery, BackupSchedule, verify_backup};
use ashore_app::session::{App, SessionState, Unlocked};
use ashore_test_support::{Home, PASSPHRASE, by_passphrase};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn schedule(folder: &std::path::Path) -> BackupSchedule {
    BackupSchedule { folder: folder.display().to_string(), every: BackupEvery::Week, keep: 2 }
}

#[test]
fn a_schedule_is_due_by_the_calendar_and_keeps_as_many_as_asked() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let folder = tempfile::tempdir().unwrap();
    assert!(app.due_backup().unwrap().is_none(), "none was asked for");
    let nowhere = schedule(&folder.path().join("gone"));
    assert_eq!(app.set_backup_schedule(Some(&nowhere)).unwrap_err().code, ErrorCode::NotFound);
    let none = BackupSchedule { keep: 0, ..schedule(folder.path()) };
    assert_eq!(app.set_backup_schedule(Some(&none)).unwrap_err().code, ErrorCode::CountOutOfRange);
    let inside = app.set_backup_schedule(Some(&schedule(&home.path().join("vault/objects")))).unwrap_err();
    assert!(inside.to_string().contains("inside the vault"), "{inside}");
    app.set_backup_schedule(Some(&schedule(folder.path()))).unwrap();
    fs::write(folder.path().join("我的照片.age"), "keep me").unwrap();

    for (day, due) in [("18", true), ("24", false), ("25", true), ("30", false)] {
        let now = format!("2026-11-{day}T09:30:00+08:00");
        app.set_clock(ashore_app::clock::Clock::fixed(&now).unwrap());
        assert_eq!(app.due_backup().unwrap().is_some(), due, "{day}");
        if due {
            let work = app.begin_backup().unwrap();
            let made =
                work.run_scheduled(folder.path(), 2, by_passphrase(PASSPHRASE), &mut |_| true).unwrap();
            app.note_backup(&made).unwrap();
        }
    }
    // A clock that was set back a year makes one due rather than none for a year.
    app.set_clock(ashore_app::clock::Clock::fixed("2025-11-30T09:30:00+08:00").unwrap());
    assert!(app.due_backup().unwrap().is_some());
    let work = app.begin_backup().unwrap();
    let made = work.run_scheduled(folder.path(), 2, by_passphrase(PASSPHRASE), &mut |_| true).unwrap();
    app.note_backup(&made).unwrap();
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 3, "two backups and what is not ours: {names:?}");
    assert!(names.iter().any(|name| name == "我的照片.age"));

    assert!(app.last_drill().unwrap().is_none());
    let drills = |app: &App<Unlocked>| -> BTreeSet<String> {
        let all = app.list_reminders(Some("2026-11-01"), Some("2027-12-31")).unwrap().reminders;
        let drills = all.into_iter().filter(|one| one.kind == ashore_app::words::ReminderKind::RestoreDrill);
        drills.map(|one| one.due).collect()
    };
    assert_eq!(drills(&app), ["2027-11-18".to_owned()].into(), "a year after the vault was made");
    let newest = folder.path().join(&names[1]);
    let verified = verify_backup(&newest, by_passphrase(PASSPHRASE), &mut |_| true).unwrap();
    assert!(app.note_drill(&verified).unwrap());
    assert!(app.last_drill().unwrap().is_some());
    assert_eq!(drills(&app), ["2026-11-30".to_owned()].into(), "a year after this drill");
    let other = ashore_app::backup::BackupView { vault: "another".to_owned(), ..verified };
    assert!(!app.note_drill(&other).unwrap(), "another vault's backup proves nothing about this one");
    app.set_backup_schedule(None).unwrap();
    assert!(app.due_backup().unwrap().is_none());
}

#[test]
fn a_backup_that_had_to_leave_files_out_says_so_and_removes_no_older_one() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let (folder, source) = (tempfile::tempdir().unwrap(), home.path().join("通话.amr"));
    fs::write(&source, b"#!AMR\n".repeat(100)).unwrap();
    let staged = app.stage_file(&source, &mut |_, _| true).unwrap();
    let said = serde_json::json!({
        "at": "2026-11-16T10:42", "direction": "incoming", "summary": "口头提出 18 期",
        "details": {"kind": "call", "status": "answered"}, "files": [staged.handle],
    });
    app.log_contact(&serde_json::from_value(said).unwrap()).unwrap();
    let back_up = |app: &mut App<Unlocked>, at: &str| {
        app.set_clock(ashore_app::clock::Clock::fixed(at).unwrap());
        let work = app.begin_backup().unwrap();
        let made = work.run_scheduled(folder.path(), 1, by_passphrase(PASSPHRASE), &mut |_| true).unwrap();
        app.note_backup(&made).unwrap();
        (made, app.backup_state().unwrap().last.unwrap().left_out)
    };
    let (first, left_out) = back_up(&mut app, NOW);
    assert_eq!(left_out, 0);
    // The recording goes bad.
    let objects = home.path().join("vault/objects");
    let shelves = fs::read_dir(&objects).unwrap().map(|entry| entry.unwrap().path());
    let object = shelves.filter(|path| !path.ends_with("tmp")).flat_map(|shelf| fs::read_dir(shelf).unwrap());
    let object = object.map(|entry| entry.unwrap().path()).next().unwrap();
    let whole = fs::read(&object).unwrap();
    let mut bad = whole.clone();
    bad[100] ^= 1;
    fs::write(&object, bad).unwrap();
    let (_, left_out) = back_up(&mut app, "2026-11-25T09:30:00+08:00");
    assert_eq!(left_out, 1);
    assert!(fs::exists(&first.file).unwrap(), "it holds what the new one does not");
    // Once all of it is whole again, only as many are kept as were asked for.
    fs::write(&object, whole).unwrap();
    let (_, left_out) = back_up(&mut app, "2026-12-02T09:30:00+08:00");
    assert_eq!(left_out, 0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_draft_is_given_back_once() {
    let home = Home::new();
    let mut app = home.created(NOW);
    assert_eq!(app.take_draft("loan").unwrap(), None);
    app.save_draft("loan", "{\"a\":1}").unwrap();
    app.save_draft("loan", "{\"a\":2}").unwrap();
    let mut app = app.lock().unlock(by_passphrase(PASSPHRASE)).map_err(|(_, e)| e).unwrap();
    assert_eq!(app.take_draft("loan").unwrap().unwrap().body, "{\"a\":2}");
    assert_eq!(app.take_draft("loan").unwrap(), None);
    assert_eq!(app.save_draft("loan", &"x".repeat(300_000)).unwrap_err().code, ErrorCode::FieldTooLong);
    assert!(app.check_vault().unwrap().whole, "a draft is no fact");
}

#[test]
fn a_vault_put_aside_is_whole_and_its_place_free() {
    let home = Home::new();
    let locked = home.created(NOW).lock();
    let aside = locked.set_vault_aside().unwrap();
    assert_eq!(locked.status().state, SessionState::NoVault);
    assert_eq!(locked.set_vault_aside().unwrap_err().code, ErrorCode::NoVault);
    let there = ashore_app::session::App::new(ashore_app::session::Place::of_vault(&aside), locked.clock());
    there.unlock(by_passphrase(PASSPHRASE)).map_err(|(_, e)| e).unwrap();
}
