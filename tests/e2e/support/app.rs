//! The program under test: through a WebDriver, or plainly as a person starts it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use super::desktop::{Desktop, until};
use super::process::Group;
use super::{LOOK, PATIENCE};

/// A person's folders, kept from one start of the program to the next.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> anyhow::Result<Self> {
        Ok(Self(tempfile::tempdir()?))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Where the native dialog of the next start "finds" a file.
    pub fn choose(&self, file: &Path) -> anyhow::Result<()> {
        Ok(fs::write(self.chosen(), file.as_os_str().as_encoded_bytes())?)
    }

    /// Turns the clock of the program, which may be running.
    pub fn turn_clock(&self, at: &str) -> anyhow::Result<()> {
        // Never half written when it is read.
        let fresh = self.path().join("clock-to-be");
        fs::write(&fresh, at)?;
        Ok(fs::rename(fresh, self.clock())?)
    }

    fn clock(&self) -> PathBuf {
        self.path().join("clock")
    }

    fn chosen(&self) -> PathBuf {
        self.path().join("chosen-file")
    }

    fn enter<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("HOME", self.path())
            .env("XDG_DATA_HOME", self.path().join("data"))
            .env("XDG_CONFIG_HOME", self.path().join("config"))
            .env("XDG_CACHE_HOME", self.path().join("cache"))
            .env("ASHORE_CHOSEN_FILE", self.chosen())
    }
}

/// The program with its window, and a WebDriver that has hold of it.
pub struct App {
    pub client: Client,
    _driver: Group,
    log: PathBuf,
}

impl App {
    /// Starts the program; `now` is the instant its clock stands at, the real time when absent.
    pub async fn start(desktop: &Desktop, home: &Home, now: Option<&str>) -> anyhow::Result<Self> {
        let port = free_port()?;
        let log = home.path().join("driver.log");
        let file = fs::File::create(&log)?;
        let mut driver = Command::new("WebKitWebDriver");
        driver
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(file.try_clone()?)
            .stderr(file);
        if let Some(now) = now {
            home.turn_clock(now)?;
            driver.env("ASHORE_CLOCK_FILE", home.clock());
        }
        let driver = Group::start(home.enter(desktop.enter(&mut driver)))?;
        let Value::Object(wishes) = json!({
            "webkitgtk:browserOptions": { "binary": env!("CARGO_BIN_EXE_ashore"), "args": [] },
            "timeouts": { "script": PATIENCE.as_millis() as u64 },
        }) else {
            anyhow::bail!("an object was written above");
        };
        let address = format!("http://127.0.0.1:{port}");
        let client = timeout(PATIENCE, async {
            loop {
                match ClientBuilder::new(HttpConnector::new())
                    .capabilities(wishes.clone())
                    .connect(&address)
                    .await
                {
                    Ok(client) => break client,
                    Err(_) => sleep(LOOK).await,
                }
            }
        });
        let client = client.await.with_context(|| format!("no session:\n{}", tail(&log)))?;
        let app = Self { client, _driver: driver, log };
        app.settle().await?;
        desktop.bring_to_front()?;
        app.wait_until("the focus", "document.hasFocus()").await?;
        Ok(app)
    }

    /// Ends the program as the end of a session does.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.client.clone().close().await?;
        Ok(())
    }

    /// What the program said to its log.
    pub fn log(&self) -> String {
        tail(&self.log)
    }
}

/// The program as a person starts it: no WebDriver, its own clock, ephemeral web data.
pub struct Plain(pub Group);

impl Plain {
    /// Starts it and waits for its first drawn screen.
    pub fn start(desktop: &Desktop, home: &Home, set: &[(&str, &str)]) -> anyhow::Result<Self> {
        Self::start_by(Command::new(env!("CARGO_BIN_EXE_ashore")), desktop, home, set)
    }

    /// The same under `strace`, which notes in `log` every socket that the program or anything it starts asks for.
    pub fn start_traced(desktop: &Desktop, home: &Home, log: &Path) -> anyhow::Result<Self> {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-e", "trace=socket,connect", "-o"]).arg(log);
        strace.arg(env!("CARGO_BIN_EXE_ashore"));
        Self::start_by(strace, desktop, home, &[])
    }

    fn start_by(
        mut program: Command,
        desktop: &Desktop,
        home: &Home,
        set: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let ready = home.path().join("ready");
        program
            .env_remove("TAURI_WEBVIEW_AUTOMATION")
            .env("ASHORE_READY_FILE", &ready)
            .envs(set.iter().copied())
            .stdout(fs::File::create(home.path().join("program.log"))?)
            .stderr(fs::File::create(home.path().join("program.err"))?);
        let mut program = Group::start(home.enter(desktop.enter(&mut program)))?;
        until("the first drawn screen", || ready.exists() || program.ended())?;
        Ok(Self(program))
    }
}

#[allow(clippy::disallowed_methods)] // WebDriver is spoken over the loopback; the program itself never listens
fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<_> = text.lines().rev().take(30).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
