//! The one window: where it may go (nowhere), what it is called, and what closing it means.

use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, DragDropEvent, Manager, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use tauri_specta::Event;

use crate::events::FilesDropped;
use crate::intake::Intake;
use crate::{autostart, desktop, environment, tray};

/// Label of the one window, in the configuration and in the capabilities.
const MAIN: &str = "main";

/// Opens the window as the configuration describes it.
///
/// The page can't be navigated away, opens no second window and downloads nothing. Its web data lives in memory: no
/// cache or storage in plain text beside the vault. (A WebDriver can only enter a context that is not ephemeral.)
pub(crate) fn open(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let config = app.config().app.windows.iter().find(|window| window.label == MAIN);
    let config = config.cloned().unwrap_or_default();
    let window = WebviewWindowBuilder::from_config(app, &config)?
        .incognito(!environment::automated())
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_page_load(|_, page| {
            if page.event() == PageLoadEvent::Finished {
                environment::note_loaded();
            }
        })
        // Started with the session it waits in the tray; where there is none, a hidden window could not be found again.
        .visible(!(autostart::asked_to_hide() && desktop::has_indicator_library()))
        .build()?;
    let handle = app.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            // With a tray the reminders go on; without one a hidden window could never be found again.
            if tray::is_seen(&handle) {
                api.prevent_close();
                hide(&handle);
            }
        }
        if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
            handle.state::<Intake>().drop_in(paths.clone());
            if let Err(error) = FilesDropped.emit(&handle) {
                crate::say(&format!("The page could not be told that files were dropped: {error}"));
            }
        }
    });
    Ok(window)
}

/// Our own page and nothing else.
fn is_ours(url: &Url) -> bool {
    let development = cfg!(debug_assertions) && cfg!(not(feature = "custom-protocol"));
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // A mail in its frame; what comes from there can do nothing (`files`).
        crate::files::SCHEME => url.host_str() == Some("localhost"),
        "http" => development && url.host_str() == Some("localhost") && url.port() == Some(5173),
        _ => false,
    }
}

/// Brings the window to the front, from the tray, a notification or a second start.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // Each may be refused by the desktop; none of them is worth failing for.
        for step in [window.show(), window.unminimize(), window.set_focus()] {
            if let Err(error) = step {
                crate::say(&format!("The desktop would not bring the window to the front: {error}"));
            }
        }
    }
}

/// Puts the window away; the page stays as it is.
fn hide(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.hide()
    {
        crate::say(&format!("The desktop would not hide the window: {error}"));
    }
}

/// Names the window. The name tells nothing but the program's, and that the sample is open.
pub(crate) fn entitle(app: &AppHandle, title: &str) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.set_title(title)
    {
        crate::say(&format!("The desktop would not rename the window: {error}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_stays_where_it_is() {
        for (url, allowed) in [
            ("tauri://localhost/", true),
            ("tauri://localhost/index.html#/loans", true),
            ("ashore-file://localhost/0123/mail", true),
            ("ashore-file://elsewhere/0123/mail", false),
            ("tauri://elsewhere/", false),
            ("https://example.org/", false),
            ("http://localhost/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,hello", false),
            ("about:blank", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(is_ours(&Url::parse(url).unwrap()), allowed, "{url}");
        }
    }
}
