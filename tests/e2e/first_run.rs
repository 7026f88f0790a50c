//! From nothing to an open vault.

use crate::support::{App, Desktop, Home, Role};

#[tokio::test]
async fn the_first_screens_read_well_in_every_size_and_break_no_rule_of_axe() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, Some("2026-11-18T09:30:00+08:00")).await?;
    app.screens("01-first-run").await?;
    app.expect_accessible("first run").await?;
    app.press(Role::Button, "开始").await?;
    app.wait_for_text("2").await?;
    app.expect_accessible("shared computer").await?;
    app.stop().await
}
