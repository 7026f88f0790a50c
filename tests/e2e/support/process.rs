//! Processes that end with the test, and take all they started with them.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::Context;

/// A process and everything it starts: ended together, asked first, then made to.
pub struct Group(Child);

impl Group {
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        let named = format!("{command:?} must start; is it installed? (scripts/setup.sh)");
        Ok(Self(command.stdin(Stdio::null()).process_group(0).spawn().context(named)?))
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }

    pub fn stdout(&mut self) -> Option<std::process::ChildStdout> {
        self.0.stdout.take()
    }

    /// Whether the process itself has ended.
    pub fn ended(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|status| status.is_some())
    }

    fn signal(&self, signal: &str) -> bool {
        let group = format!("-{}", self.0.id());
        let sent = Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
        sent.is_ok_and(|status| status.success())
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal("-TERM");
        for _ in 0..60 {
            // Collects the child itself; its own children are the system's to collect.
            self.0.try_wait().ok();
            if !self.signal("-0") {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        self.signal("-KILL");
        self.0.wait().ok();
    }
}
