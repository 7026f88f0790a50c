//! The tray: when the next reminder stands, open, lock, quit.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, FixedOffset};
use tauri::menu::{MenuBuilder, MenuEvent, MenuItem, MenuItemBuilder};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Wry};

use crate::state::Desk;
use crate::words::Words;
use crate::{commands, desktop, window};

const OPEN: &str = "open";
const LOCK: &str = "lock";
const QUIT: &str = "quit";

/// The tray, if there is one.
#[derive(Default)]
pub(crate) struct Tray {
    items: Option<Items>,
    /// The desktop has a place where the icon is seen.
    seen: AtomicBool,
}

struct Items {
    next: MenuItem<Wry>,
    open: MenuItem<Wry>,
    lock: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

/// Puts the icon into the tray if this desktop can have one.
pub(crate) fn install(app: &AppHandle) {
    let words = Words::of(&app.state::<Desk>().preferences());
    let items = if desktop::has_indicator_library() { build(app, words).map(Some) } else { Ok(None) };
    let items = items.unwrap_or_else(|error| {
        crate::say(&format!("There is no tray icon: {error}"));
        None
    });
    app.manage(Tray { items, seen: AtomicBool::new(false) });
}

fn build(app: &AppHandle, words: Words) -> tauri::Result<Items> {
    let items = Items {
        next: MenuItemBuilder::new(words.next_reminder(None)).enabled(false).build(app)?,
        open: MenuItemBuilder::with_id(OPEN, words.open()).build(app)?,
        lock: MenuItemBuilder::with_id(LOCK, words.lock()).enabled(false).build(app)?,
        quit: MenuItemBuilder::with_id(QUIT, words.quit()).build(app)?,
    };
    let menu = MenuBuilder::new(app)
        .item(&items.next)
        .separator()
        .items(&[&items.open, &items.lock])
        .separator()
        .item(&items.quit)
        .build()?;
    let mut icon = TrayIconBuilder::new().menu(&menu).tooltip(words.name());
    if let Some(image) = app.default_window_icon() {
        icon = icon.icon(image.clone());
    }
    icon.on_menu_event(|app: &AppHandle, event: MenuEvent| match event.id().as_ref() {
        OPEN => window::show(app),
        LOCK => commands::lock_from_outside(app),
        QUIT => app.exit(0),
        _ => {}
    })
    .build(app)?;
    Ok(items)
}

/// Whether a person can see the icon.
pub(crate) fn is_seen(app: &AppHandle) -> bool {
    app.try_state::<Tray>().is_some_and(|tray| tray.items.is_some() && tray.seen.load(Ordering::Relaxed))
}

/// Brings the menu up to date. `next` is absent while nothing is known about it.
pub(crate) fn refresh(
    app: &AppHandle,
    words: Words,
    next: Option<Option<DateTime<FixedOffset>>>,
    can_lock: bool,
    has_host: bool,
) {
    let Some(tray) = app.try_state::<Tray>() else { return };
    tray.seen.store(has_host, Ordering::Relaxed);
    let Some(items) = &tray.items else { return };
    let changed = [
        next.map_or(Ok(()), |at| items.next.set_text(words.next_reminder(at))),
        items.open.set_text(words.open()),
        items.lock.set_text(words.lock()),
        items.lock.set_enabled(can_lock),
        items.quit.set_text(words.quit()),
    ];
    if let Some(Err(error)) = changed.into_iter().find(Result::is_err) {
        crate::say(&format!("The tray menu could not be brought up to date: {error}"));
    }
}
