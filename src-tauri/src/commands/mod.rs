//! What the page may ask, one line of work each: the façade does it. This list registers the commands, and the
//! TypeScript the page calls is generated from it.

mod agreements;
mod capacity;
mod contacts;
mod deadlines;
mod loans;
mod offers;
mod payments;
mod plans;
mod reminders;
mod session;
mod today;

use tauri::{AppHandle, Manager, Wry};
use tauri_specta::{Builder, Event, collect_commands, collect_events};

use crate::events::{OpenRequested, SessionChanged};
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
            today::home,
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
            deadlines::review,
            deadlines::finish_review,
            loans::list_loans,
            loans::loan,
            loans::explain_loan,
            loans::limitation_effect,
            loans::limitation_warnings,
            loans::preview_loan,
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
            contacts::verify_evidence,
            capacity::capacity,
            capacity::preview_capacity,
            capacity::set_capacity,
            offers::preview_offers,
            offers::save_offers,
            offers::list_proposals,
            plans::plan_studio,
            plans::save_plan,
            agreements::record_agreement,
            agreements::agreement,
            agreements::list_agreements,
        ])
        .events(collect_events![SessionChanged, OpenRequested])
}

/// Locks from the tray and has the page show it.
pub(crate) fn lock_from_outside(app: &AppHandle) {
    if app.state::<Desk>().lock()
        && let Err(error) = SessionChanged.emit(app)
    {
        crate::say(&format!("The page could not be told that the vault is locked: {error}"));
    }
}
