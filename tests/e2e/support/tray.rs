//! A place where tray icons are shown, and what a window manager would do with the window.

#![allow(clippy::disallowed_types)] // what zbus's macro writes

use std::process::Command;
use std::sync::mpsc;
use std::thread;

use anyhow::{Context, ensure};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

use super::PATIENCE;
use super::desktop::Desktop;

/// Whose icon the tray shows, and where on the bus it lies.
type Icon = (String, String);

/// The tray of a desktop: takes icons and says that it shows them.
struct Watcher(mpsc::Sender<Icon>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(
        &self,
        service: &str,
        #[zbus(header)] header: zbus::message::Header<'_>,
    ) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        self.0.send((sender, service.to_owned())).ok();
    }

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

/// What is in the tray.
pub struct Tray {
    icons: mpsc::Receiver<Icon>,
    icon: Option<Icon>,
}

/// One line of the icon's menu.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MenuLine {
    id: String,
    pub label: String,
    pub enabled: bool,
}

const MENU: &str = "com.canonical.dbusmenu";

impl Tray {
    /// The icon's menu as a desktop reads it: every line that says something.
    pub fn menu(&mut self, desktop: &Desktop) -> anyhow::Result<Vec<MenuLine>> {
        let depth = ["int32:0", "int32:-1", "array:string:label,enabled"];
        let told = self.call(desktop, "GetLayout", &depth)?;
        let mut lines: Vec<MenuLine> = Vec::new();
        let mut words = told.lines().map(str::trim);
        while let Some(word) = words.next() {
            if let Some(id) = word.strip_prefix("int32 ") {
                // Said only of what is not so.
                lines.push(MenuLine { id: id.to_owned(), label: String::new(), enabled: true });
            } else if let Some(line) = lines.last_mut() {
                match word {
                    r#"string "label""# => {
                        line.label =
                            words.next().unwrap_or_default().split('"').nth(1).unwrap_or_default().into();
                    }
                    r#"string "enabled""# => {
                        line.enabled = words.next().is_some_and(|so| so.ends_with("true"))
                    }
                    _ => {}
                }
            }
        }
        // Neither the menu itself nor what parts its lines says anything; the library has words of its own for them.
        lines.retain(|line| !line.label.is_empty() && line.label != "Label Empty");
        Ok(lines)
    }

    /// Clicks the line that reads so.
    pub fn click(&mut self, desktop: &Desktop, label: &str) -> anyhow::Result<()> {
        let lines = self.menu(desktop)?;
        let line = lines.iter().find(|line| line.label == label).context("no such line")?;
        let id = format!("int32:{}", line.id);
        self.call(desktop, "Event", &[&id, "string:clicked", "variant:int32:0", "uint32:0"])?;
        Ok(())
    }

    fn call(&mut self, desktop: &Desktop, method: &str, arguments: &[&str]) -> anyhow::Result<String> {
        // The one that came last, should the icon have been shown anew.
        while let Some(icon) = match self.icon {
            None => Some(self.icons.recv_timeout(PATIENCE).context("no icon came into the tray")?),
            Some(_) => self.icons.try_recv().ok(),
        } {
            self.icon = Some(icon);
        }
        let (owner, path) = self.icon.as_ref().context("an icon")?;
        let of = ["string:org.kde.StatusNotifierItem", "string:Menu"];
        let menu = desktop.call(owner, path, "org.freedesktop.DBus.Properties.Get", &of)?;
        let menu = menu.split('"').nth(1).context("the icon has no menu")?;
        desktop.call(owner, menu, &format!("{MENU}.{method}"), arguments)
    }
}

impl Desktop {
    /// Calls somebody on the bus and hands back what is answered, as `dbus-send` prints it.
    fn call(&self, owner: &str, path: &str, method: &str, arguments: &[&str]) -> anyhow::Result<String> {
        let mut call = Command::new("dbus-send");
        call.args(["--session", "--print-reply", &format!("--dest={owner}"), path, method]).args(arguments);
        let answer = self.enter(&mut call).output()?;
        ensure!(answer.status.success(), "{method}: {}", String::from_utf8_lossy(&answer.stderr));
        Ok(String::from_utf8(answer.stdout)?)
    }

    /// Opens a place for tray icons; it stays as long as the test.
    pub fn open_tray(&self) -> anyhow::Result<Tray> {
        let address = self.bus_address();
        let (open, opened) = mpsc::channel();
        let (show, icons) = mpsc::channel();
        thread::spawn(move || {
            zbus::block_on(async {
                let served = async {
                    let builder = zbus::connection::Builder::address(address.as_str())
                        .name("org.kde.StatusNotifierWatcher");
                    builder.serve_at("/StatusNotifierWatcher", Watcher(show)).build().await
                };
                let bus = served.await;
                open.send(bus.as_ref().map(drop).map_err(ToString::to_string)).ok();
                if bus.is_ok() {
                    std::future::pending::<()>().await;
                }
            });
        });
        opened.recv()?.map_err(anyhow::Error::msg).context("the tray")?;
        Ok(Tray { icons, icon: None })
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

    pub(super) fn x(&self) -> anyhow::Result<(RustConnection, Window)> {
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
