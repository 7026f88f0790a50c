//! A place where tray icons are shown, and what a window manager would do with the window.

#![allow(clippy::disallowed_types)] // what zbus's macro writes

use std::sync::mpsc;
use std::thread;

use anyhow::Context;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

use super::desktop::Desktop;

/// The tray of a desktop: takes icons and says that it shows them.
struct Watcher;

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, _service: &str) {}

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

impl Desktop {
    /// Opens a place for tray icons; it stays as long as the test.
    pub fn open_tray(&self) -> anyhow::Result<()> {
        let address = self.bus_address();
        let (open, opened) = mpsc::channel();
        thread::spawn(move || {
            zbus::block_on(async {
                let served = async {
                    let builder = zbus::connection::Builder::address(address.as_str())
                        .name("org.kde.StatusNotifierWatcher");
                    builder.serve_at("/StatusNotifierWatcher", Watcher).build().await
                };
                let bus = served.await;
                open.send(bus.as_ref().map(drop).map_err(ToString::to_string)).ok();
                if bus.is_ok() {
                    std::future::pending::<()>().await;
                }
            });
        });
        opened.recv()?.map_err(anyhow::Error::msg).context("the tray")
    }

    /// Asks the window to close, as its close button does.
    pub fn close_window(&self) -> anyhow::Result<()> {
        let (x, root) = self.x()?;
        let window = window(&x, root)?.context("no window is open")?;
        let (protocols, delete) = (atom(&x, "WM_PROTOCOLS")?, atom(&x, "WM_DELETE_WINDOW")?);
        let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
        x.send_event(false, window, EventMask::NO_EVENT, message)?.check()?;
        Ok(())
    }

    /// Whether the window is on the screen.
    pub fn window_is_shown(&self) -> anyhow::Result<bool> {
        let (x, root) = self.x()?;
        Ok(window(&x, root)?.is_some())
    }

    fn x(&self) -> anyhow::Result<(RustConnection, Window)> {
        let (x, screen) = x11rb::connect(Some(self.display()))?;
        let root = x.setup().roots[screen].root;
        Ok((x, root))
    }
}

fn atom(x: &RustConnection, name: &str) -> anyhow::Result<Atom> {
    Ok(x.intern_atom(false, name.as_bytes())?.reply()?.atom)
}

/// The program's window, if it is shown.
fn window(x: &RustConnection, root: Window) -> anyhow::Result<Option<Window>> {
    for window in x.query_tree(root)?.reply()?.children {
        let class =
            x.get_property(false, window, AtomEnum::WM_CLASS, AtomEnum::STRING, 0, 64)?.reply()?.value;
        let shown = x.get_window_attributes(window)?.reply()?.map_state == MapState::VIEWABLE;
        if shown && String::from_utf8_lossy(&class).to_lowercase().contains("ashore") {
            return Ok(Some(window));
        }
    }
    Ok(None)
}
