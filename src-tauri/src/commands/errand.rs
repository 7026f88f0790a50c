//! A file on its way in or out: it has the vault for itself, tells how far it is, and can be ended.

use ashore_app::AppError;
use tauri::{AppHandle, State};
use tauri_specta::Event;

use crate::events::ErrandProgress;
use crate::state::Desk;
use crate::work::Going;

/// Ends the work on a file that comes in or goes out; nothing of it is left. The user wishes it, or the page is about to
/// lock and has drafts to keep first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn stop_errand(desk: State<'_, Desk>) -> Result<(), AppError> {
    desk.stop_errand();
    Ok(())
}

/// Tells the page how far the work is, at each whole percent, and the work whether it goes on.
pub(super) fn told(app: &AppHandle, going: Going) -> impl FnMut(u64, u64) -> bool + use<> {
    let app = app.clone();
    let mut last = None;
    move |done, of| {
        let percent = done.saturating_mul(100).checked_div(of).and_then(|percent| u8::try_from(percent).ok());
        if percent != last
            && let Some(percent) = percent
        {
            last = Some(percent);
            // A page that is gone needs no progress.
            drop(ErrandProgress { percent }.emit(&app));
        }
        going.on()
    }
}
