//! Opening and closing: every door, every refusal.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::session::{
    ChangePassphraseRequest, CreateVaultRequest, Language, Preferences, SessionState, UnlockBy, UnlockRequest,
};
use ashore_app::{ErrorCode, KdfCost};
use ashore_test_support::{Home, PASSPHRASE, by_passphrase};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn create(passphrase: &str) -> CreateVaultRequest {
    CreateVaultRequest { passphrase: passphrase.to_owned(), shared_computer: true }
}

#[test]
fn a_new_vault_opens_by_passphrase_and_by_recovery_code() {
    let home = Home::new();
    let app = home.locked(NOW);
    assert_eq!(app.status().state, SessionState::NoVault);
    let (app, created) = app.create_vault(create(PASSPHRASE), KdfCost::FLOOR).map_err(|(_, e)| e).unwrap();
    let status = app.status().unwrap();
    assert_eq!(status.state, SessionState::Unlocked);
    let settings = status.settings.unwrap();
    assert!(settings.shared_computer && settings.hide_amounts, "a shared computer hides amounts");
    let locked = app.lock();
    assert_eq!(locked.status().state, SessionState::Locked);
    let app = locked.unlock(by_passphrase(PASSPHRASE)).map_err(|(_, e)| e).unwrap();
    let by_code = UnlockRequest { secret: created.recovery_code.to_lowercase(), by: UnlockBy::RecoveryCode };
    app.lock().unlock(by_code).map_err(|(_, e)| e).unwrap();
}

#[test]
fn refusals_name_what_happened_and_give_the_app_back() {
    let home = Home::new();
    let (app, error) = home.locked(NOW).create_vault(create("short"), KdfCost::FLOOR).err().unwrap();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::PassphraseTooShort, Some("passphrase")));
    assert_eq!(app.status().state, SessionState::NoVault, "nothing was made");
    let (_, error) = app.unlock(by_passphrase(PASSPHRASE)).err().unwrap();
    assert_eq!(error.code, ErrorCode::NoVault);

    let open = home.created(NOW);
    let (_, error) = home.locked(NOW).unlock(by_passphrase(PASSPHRASE)).err().unwrap();
    assert_eq!(error.code, ErrorCode::VaultInUse, "one process, one session at a time");
    let (app, error) = open.lock().unlock(by_passphrase("一只不对的通行短语")).err().unwrap();
    assert_eq!(error.code, ErrorCode::WrongSecret);
    let mistyped = UnlockRequest { secret: "AAAA-BBBB".to_owned(), by: UnlockBy::RecoveryCode };
    let (app, error) = app.unlock(mistyped).err().unwrap();
    assert_eq!(error.code, ErrorCode::RecoveryCodeMistyped);
    app.unlock(by_passphrase(PASSPHRASE)).map_err(|(_, e)| e).unwrap();
}

#[test]
fn a_changed_passphrase_opens_and_the_old_one_does_not() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let wrong = ChangePassphraseRequest {
        current: "一只不对的通行短语".to_owned(),
        by: UnlockBy::Passphrase,
        new_passphrase: "另一只新的通行短语".to_owned(),
    };
    assert_eq!(app.change_passphrase(wrong, KdfCost::FLOOR).unwrap_err().code, ErrorCode::WrongSecret);
    let change = ChangePassphraseRequest {
        current: PASSPHRASE.to_owned(),
        by: UnlockBy::Passphrase,
        new_passphrase: "另一只新的通行短语".to_owned(),
    };
    app.change_passphrase(change, KdfCost::FLOOR).unwrap();
    let (app, error) = app.lock().unlock(by_passphrase(PASSPHRASE)).err().unwrap();
    assert_eq!(error.code, ErrorCode::WrongSecret);
    app.unlock(by_passphrase("另一只新的通行短语")).map_err(|(_, e)| e).unwrap();
}

#[test]
fn appearance_is_kept_outside_and_damage_to_it_harms_nothing() {
    let home = Home::new();
    let app = home.locked(NOW);
    assert_eq!(app.preferences(), Preferences::default());
    let english = Preferences { language: Language::English, ..Preferences::default() };
    app.save_preferences(&english).unwrap();
    assert_eq!(home.locked(NOW).preferences(), english);
    std::fs::write(home.path().join("preferences.json"), b"{ not json").unwrap();
    assert_eq!(home.locked(NOW).preferences(), Preferences::default());
}

#[test]
fn the_sample_vault_stands_apart_from_the_real_one() {
    let home = Home::new();
    let sample = home.locked(NOW).open_sample().map_err(|(_, e)| e).unwrap();
    assert!(sample.status().unwrap().sample);
    assert_eq!(sample.list_loans().unwrap().loans.len(), 6);
    let locked = sample.lock();
    assert_eq!(locked.status().state, SessionState::NoVault, "the real vault was never made");
}
