//! The built program, asked as a person at a terminal asks it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub const PASSPHRASE: &str = "一只很普通的通行短语";
pub const NOW: &str = "2026-11-18T09:30:00+08:00";

/// The program over one folder, with one passphrase, on one day.
pub struct Cli<'a> {
    pub folder: &'a Path,
    pub passphrase: &'a str,
    pub now: &'a str,
}

impl Cli<'_> {
    pub fn run(&self, args: &[&str], data: Option<&Value>) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ashore-cli"));
        command.env("ASHORE_PASSPHRASE", self.passphrase).args(["--json", "--now", self.now, "--vault"]);
        command.arg(self.folder.join("vault")).args(args);
        if data.is_some() {
            command.args(["--data", "-"]);
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        if let Some(data) = data {
            input.write_all(data.to_string().as_bytes()).unwrap();
        }
        drop(input);
        child.wait_with_output().unwrap()
    }

    pub fn ok(&self, args: &[&str], data: Option<Value>) -> Value {
        let output = self.run(args, data.as_ref());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub fn refused(&self, args: &[&str], data: Option<Value>, status: i32) -> Value {
        let output = self.run(args, data.as_ref());
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        assert!(output.stdout.is_empty(), "nothing but the refusal is written");
        serde_json::from_slice::<Value>(&output.stderr).unwrap()["error"].take()
    }
}
