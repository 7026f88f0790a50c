//! What the page may ask, one line of work each: the façade does it. This list registers the commands, and the
//! TypeScript the page calls is generated from it.

mod agreements;
pub(crate) mod backup;
mod capacity;
mod cases;
mod contacts;
mod deadlines;
mod errand;
mod evidence;
mod explain;
mod import;
mod letters;
mod loans;
mod offers;
mod payments;
mod plans;
mod reminders;
mod rules;
mod session;
mod today;

use std::time::Duration;

use tauri::{AppHandle, Manager, Wry};
use tauri_specta::{Builder, Event, collect_commands, collect_events};

use crate::clipboard;
use crate::events::{
    BackupProgress, DialogOpen, ErrandProgress, FilesDropped, ImportProgress, LockRequested, OpenRequested,
    SessionChanged,
};
use crate::state::Desk;

/// Every command and event, with their types.
#[must_use]
pub fn all() -> Builder<Wry> {
    Builder::new()
        .commands(collect_commands![
            session::app_status,
            session::first_screen_drawn,
            session::save_preferences,
            session::save_settings,
            session::create_vault,
            session::unlock,
            session::lock,
            session::change_passphrase,
            session::new_recovery_code,
            session::open_sample,
            session::leave_sample,
            session::note_use,
            session::save_draft,
            session::take_draft,
            session::copy_for_a_while,
            session::autostart,
            session::set_autostart,
            session::set_vault_aside,
            backup::backup_state,
            backup::make_backup,
            backup::verify_chosen_backup,
            backup::choose_backup,
            backup::examine_backup,
            backup::restore_backup,
            backup::stop_backup,
            backup::choose_backup_folder,
            backup::set_backup_schedule,
            today::home,
            explain::explain,
            reminders::list_reminders,
            reminders::reminder_settings,
            reminders::save_reminder_settings,
            reminders::reminder_legs,
            reminders::test_reminder,
            reminders::save_calendar,
            deadlines::list_deadlines,
            deadlines::list_deadline_rules,
            deadlines::preview_deadline,
            deadlines::add_deadline,
            deadlines::settle_deadline,
            rules::rules,
            rules::set_own_rule,
            rules::withdraw_own_rule,
            deadlines::review,
            deadlines::finish_review,
            loans::list_loans,
            loans::loan,
            loans::limitation_effect,
            loans::limitation_warnings,
            loans::preview_loan,
            loans::preview_borrowing,
            loans::add_loan,
            loans::amend_loan,
            loans::close_loan,
            payments::list_payments,
            payments::add_payment,
            payments::void_payment,
            payments::preview_payment,
            payments::match_payment,
            payments::return_payment,
            contacts::list_contacts,
            contacts::contact,
            contacts::log_contact,
            contacts::choose_file,
            contacts::save_attachment,
            contacts::look_at_file,
            errand::stop_errand,
            evidence::verify_evidence,
            evidence::export_pack,
            evidence::export_open,
            evidence::verify_chosen_pack,
            evidence::anchors,
            evidence::request_anchor,
            evidence::import_anchor,
            evidence::check_conduct,
            evidence::review_conduct,
            evidence::save_consented_hours,
            contacts::read_pasted,
            contacts::search,
            contacts::remove_contact,
            import::choose_imports,
            import::dropped_imports,
            import::preview_import,
            import::take_import,
            import::list_suggestions,
            import::confirm_suggestion,
            import::decline_suggestion,
            capacity::capacity,
            capacity::preview_capacity,
            capacity::set_capacity,
            letters::borrower,
            letters::set_borrower,
            letters::draft_letter,
            letters::preview_letter,
            letters::preview_kept_letter,
            letters::keep_letter,
            letters::save_letter,
            letters::sending_warnings,
            letters::export_letter,
            letters::list_letters,
            letters::letter,
            letters::letter_sent,
            letters::letter_proved,
            letters::letter_answered,
            letters::complaint_channels,
            letters::help_channels,
            letters::export_package,
            letters::export_adviser_pack,
            offers::preview_offers,
            offers::save_offers,
            offers::list_proposals,
            offers::compare_offers,
            plans::plan_studio,
            plans::save_plan,
            cases::case_board,
            cases::case_of,
            cases::call_script,
            cases::hardship,
            cases::offer_detail,
            cases::preview_proposal,
            agreements::check_agreement,
            cases::list_parties,
            cases::draft,
            cases::set_hardship,
            cases::set_case_stage,
            cases::set_case_document,
            cases::add_task,
            cases::finish_task,
            cases::add_proposal,
            cases::accept_proposal,
            agreements::keep_agreement_check,
            cases::advance_agreement,
            cases::add_party,
            cases::set_loan_parties,
            cases::set_legitimacy,
            cases::keep_draft,
            agreements::preview_agreement,
            agreements::record_agreement,
            agreements::agreement,
            agreements::list_agreements,
        ])
        .events(collect_events![
            SessionChanged,
            LockRequested,
            DialogOpen,
            OpenRequested,
            ErrandProgress,
            FilesDropped,
            ImportProgress,
            BackupProgress,
        ])
}

/// Locks from the tray, without holding anybody up.
pub(crate) fn lock_from_outside(app: &AppHandle) {
    let app = app.clone();
    std::thread::spawn(move || lock_after_drafts(&app));
}

/// Lets the page keep what is half typed and lock by itself; locks in its stead when it takes longer than a moment.
/// Waits for that, so not on the main thread.
pub(crate) fn lock_after_drafts(app: &AppHandle) {
    const LOOK: Duration = Duration::from_millis(50);
    const MOMENT: u32 = 30; // looks, together a second and a half
    let desk = app.state::<Desk>();
    // A file on its way in or out has the vault for itself: neither could drafts be kept nor anything be asked before it
    // ends.
    desk.ask_errand_to_end();
    if !desk.is_open() {
        return;
    }
    // A page that cannot hear is locked out all the same.
    drop(LockRequested.emit(app));
    for _ in 0..MOMENT {
        if !desk.is_open() {
            return;
        }
        std::thread::sleep(LOOK);
    }
    let locked = desk.lock();
    clipboard::clear(app);
    if locked && let Err(error) = SessionChanged.emit(app) {
        crate::say(&format!("The page could not be told that the vault is locked: {error}"));
    }
}
