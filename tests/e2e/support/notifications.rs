//! What a real notification daemon received, read on the bus.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::ensure;

use super::desktop::{Desktop, until};

/// One call of `Notify`, as it crossed the bus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    pub app: String,
    pub title: String,
    pub body: String,
    pub actions: Vec<String>,
}

impl Desktop {
    /// Everything received so far, in order.
    pub fn received(&self) -> anyhow::Result<Vec<Received>> {
        Ok(read(&fs::read_to_string(self.path("said"))?))
    }

    /// Waits until the daemon has received so many, and took the last of them.
    pub fn wait_for_notifications(&self, count: usize) -> anyhow::Result<Vec<Received>> {
        until(&format!("{count} notifications"), || self.received().is_ok_and(|all| all.len() >= count))?;
        until("the daemon to show them", || {
            self.dunst(&["count"]).is_ok_and(|told| !told.contains("Currently displayed: 0"))
        })?;
        self.received()
    }

    /// Clicks the newest notification.
    pub fn click_notification(&self) -> anyhow::Result<()> {
        self.dunst(&["action", "0"]).map(drop)
    }

    /// Presses the button with this label in the daemon's own menu.
    pub fn choose_button(&self, label: &str) -> anyhow::Result<()> {
        fs::write(self.path("pick"), label)?;
        self.dunst(&["context"]).map(drop)
    }

    /// Says on the bus that a button of the first notification was pressed, as any program there can.
    pub fn press_button(&self, action: &str) -> anyhow::Result<()> {
        let mut send = Command::new("dbus-send");
        send.args(["--session", "--type=signal", "/org/freedesktop/Notifications"]).args([
            "org.freedesktop.Notifications.ActionInvoked",
            "uint32:1",
            &format!("string:{action}"),
        ]);
        ensure!(self.enter(&mut send).status()?.success(), "the signal was not sent");
        Ok(())
    }

    fn dunst(&self, order: &[&str]) -> anyhow::Result<String> {
        let mut control = Command::new("dunstctl");
        let told = self.enter(control.args(order).stderr(Stdio::null())).output()?;
        ensure!(told.status.success(), "dunstctl {order:?} failed");
        Ok(String::from_utf8_lossy(&told.stdout).into_owned())
    }
}

/// Reads what `dbus-monitor` wrote: `Notify` has the strings app, icon, title, body, and then the array of actions.
fn read(said: &str) -> Vec<Received> {
    let mut all = Vec::new();
    for call in said.split("member=Notify\n").skip(1) {
        let call = call.split("\nmethod ").next().unwrap_or_default();
        let text = |line: &str, indent: &str| {
            line.strip_prefix(indent)?.strip_prefix("string \"")?.strip_suffix('"').map(str::to_owned)
        };
        let mut own = call.lines().filter_map(|line| text(line, "   "));
        let actions = call.split("array [").nth(1).unwrap_or_default().split(']').next().unwrap_or_default();
        let (app, _icon) = (own.next().unwrap_or_default(), own.next());
        all.push(Received {
            app,
            title: own.next().unwrap_or_default(),
            body: own.next().unwrap_or_default(),
            actions: actions.lines().filter_map(|line| text(line, "      ")).collect(),
        });
    }
    all
}

#[test]
fn the_bus_is_read_as_it_is_written() {
    let said = "method call time=1.5 sender=:1.4 -> destination=:1.2 serial=7 path=/org/freedesktop/Notifications; \
        interface=org.freedesktop.Notifications; member=Notify\n   string \"Ashore\"\n   uint32 0\n   string \"ashore\"\n   \
        string \"提醒\"\n   string \"有一件事到时间了\"\n   array [\n      string \"default\"\n      string \"打开\"\n   ]\n   \
        array [\n      dict entry(\n         string \"urgency\"\n      )\n   ]\n   int32 -1\nmethod return time=1.6\n";
    let [one] = &read(said)[..] else { panic!("one notification, not {:?}", read(said)) };
    assert_eq!(
        (one.app.as_str(), one.title.as_str(), one.body.as_str()),
        ("Ashore", "提醒", "有一件事到时间了")
    );
    assert_eq!(one.actions, ["default", "打开"]);
}
