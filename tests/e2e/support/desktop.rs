//! A virtual display and a session bus that nothing else is on.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;

use anyhow::{Context, ensure};

use super::process::Group;
use super::{LOOK, PATIENCE};

/// One desktop. What was started first ends last.
pub struct Desktop {
    daemon: Option<Group>,
    monitor: Option<Group>,
    bus: Option<Group>,
    _server: Group,
    display: String,
    runtime: tempfile::TempDir,
}

impl Desktop {
    /// A display with a session bus.
    pub fn open() -> anyhow::Result<Self> {
        let runtime = tempfile::tempdir()?;
        fs::set_permissions(runtime.path(), fs::Permissions::from_mode(0o700))?;
        let mut server = Group::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let mut number = String::new();
        BufReader::new(server.stdout().context("its number")?).read_line(&mut number)?;
        let display = format!(":{}", number.trim());
        let mut desktop = Self { daemon: None, monitor: None, bus: None, _server: server, display, runtime };
        desktop.start_bus()?;
        Ok(desktop)
    }

    /// The same without a session bus, as on a machine where nothing offers one.
    pub fn open_without_bus() -> anyhow::Result<Self> {
        let mut desktop = Self::open()?;
        desktop.bus = None;
        Ok(desktop)
    }

    /// Activates nothing by itself: who speaks on it was started by the test.
    fn start_bus(&mut self) -> anyhow::Result<()> {
        let socket = self.path("bus");
        let config = format!(
            r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
            "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
            <allow own="*"/></policy></busconfig>"#,
            socket.display()
        );
        let file = self.path("bus.conf");
        fs::write(&file, config)?;
        self.bus = Some(Group::start(
            Command::new("dbus-daemon")
                .args(["--nofork", "--nopidfile"])
                .arg(format!("--config-file={}", file.display()))
                .stdout(Stdio::null())
                .stderr(fs::File::create(self.path("bus.log"))?),
        )?);
        until("a session bus", || socket.exists())
    }

    /// Starts a notification daemon, and notes everything that is said to it and by it.
    pub fn start_notification_daemon(&mut self) -> anyhow::Result<()> {
        self.monitor = Some(Group::start(
            Command::new("dbus-monitor")
                .args(["--address", &self.bus_address()])
                .arg("interface='org.freedesktop.Notifications'")
                .stdout(fs::File::create(self.path("said"))?)
                .stderr(Stdio::null()),
        )?);
        let config = self.path("dunstrc");
        // Its menu of buttons asks a program which line was chosen; this one chooses the line that a test names.
        let menu = self.path("menu");
        fs::write(&menu, format!("#!/bin/sh\nexec grep -m1 -F -f {}\n", self.path("pick").display()))?;
        fs::set_permissions(&menu, fs::Permissions::from_mode(0o700))?;
        let menu = menu.display();
        fs::write(
            &config,
            format!(
                "[global]\nfont = Noto Sans CJK SC 12\nfollow = none\nhistory_length = 100\ndmenu = {menu}\n"
            ),
        )?;
        let mut dunst = Command::new("dunst");
        dunst
            .arg("-conf")
            .arg(config)
            .stdout(Stdio::null())
            .stderr(fs::File::create(self.path("dunst.log"))?);
        self.daemon = Some(Group::start(self.enter(&mut dunst))?);
        until("a notification daemon", || self.has_owner("org.freedesktop.Notifications"))
    }

    /// Whether somebody on the bus answers to this name.
    pub fn has_owner(&self, name: &str) -> bool {
        let mut ask = Command::new("dbus-send");
        ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"])
            .args(["org.freedesktop.DBus.NameHasOwner", &format!("string:{name}")])
            .stderr(Stdio::null());
        let answer = self.enter(&mut ask).output();
        answer.is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("boolean true"))
    }

    /// Says something on the bus, as the system or a screen saver would.
    pub fn signal(&self, path: &str, name: &str, argument: &str) -> anyhow::Result<()> {
        let mut send = Command::new("dbus-send");
        send.args(["--session", "--type=signal", path, name, argument]);
        let sent = self.enter(&mut send).status()?;
        ensure!(sent.success(), "{name} was not said");
        Ok(())
    }

    /// Has the window come to the front with the focus, as a second start of the program does. (No window manager is
    /// here to give it the focus by itself.)
    pub fn bring_to_front(&self) -> anyhow::Result<()> {
        until("the program on the bus", || self.has_owner("cn.ashore.app.SingleInstance"))?;
        let mut call = Command::new("dbus-send");
        call.args(["--session", "--print-reply", "--dest=cn.ashore.app.SingleInstance"])
            .args([
                "/cn/ashore/app/SingleInstance",
                "org.SingleInstance.DBus.ExecuteCallback",
                "array:string:",
                "string:",
            ])
            .stdout(Stdio::null());
        ensure!(self.enter(&mut call).status()?.success(), "the program did not answer a second start");
        Ok(())
    }

    /// Puts a program on this desktop and no other.
    pub fn enter<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for name in [
            "WAYLAND_DISPLAY",
            "WEBKIT_DISABLE_DMABUF_RENDERER",
            "WEBKIT_DISABLE_COMPOSITING_MODE",
            "SESSION_MANAGER",
        ] {
            command.env_remove(name);
        }
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus_address())
            // What the system would say is said on the same bus: nothing of the machine's own is heard.
            .env("DBUS_SYSTEM_BUS_ADDRESS", self.bus_address())
            .env("XDG_RUNTIME_DIR", self.runtime.path())
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
    }

    pub(super) fn display(&self) -> &str {
        &self.display
    }

    pub(super) fn bus_address(&self) -> String {
        format!("unix:path={}", self.path("bus").display())
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.runtime.path().join(name)
    }
}

/// Looks again and again until it is so.
pub fn until(what: &str, mut so: impl FnMut() -> bool) -> anyhow::Result<()> {
    for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
        if so() {
            return Ok(());
        }
        sleep(LOOK);
    }
    anyhow::bail!("waited in vain for {what}")
}
