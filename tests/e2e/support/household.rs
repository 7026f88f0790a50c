//! The invented household that most tests look at.

use anyhow::Context;
use serde_json::json;

use super::app::{App, Home};
use super::desktop::Desktop;
use super::page::Role;

/// The day on which the household is looked at.
pub const NOW: Option<&str> = Some("2026-11-18T09:30:00+08:00");

impl App {
    /// Starts the program on that day and opens the household as a person does.
    pub async fn in_sample(desktop: &Desktop, home: &Home) -> anyhow::Result<Self> {
        let app = Self::start(desktop, home, NOW).await?;
        app.press(Role::Button, "先看看示例账本").await?;
        app.wait_until("the home page", "location.hash === '#/home'").await?;
        app.wait_for_text("示例账本，数据是虚构的").await?;
        Ok(app)
    }

    /// The loan of this name.
    pub async fn loan_named(&self, name: &str) -> anyhow::Result<String> {
        let view = self.ask("list_loans", json!({})).await?;
        let found = view["loans"].as_array().into_iter().flatten().find(|loan| loan["name"] == name);
        Ok(found.and_then(|loan| loan["id"].as_str()).context("a loan of this name")?.to_owned())
    }
}
