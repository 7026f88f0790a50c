//! A phone's backup in the real window: chosen, looked at, taken in; a word of two signs finds a message, which opens.

use fantoccini::Locator;
use serde_json::json;

use crate::support::{App, Desktop, Home};

const PASSPHRASE: &str = "海边 旧自行车 四点钟";

const BACKUP: &str = r#"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="3">
  <sms protocol="0" address="106980095188" date="1762732800000" type="1" subject="null" body="【戊山小贷】您的借款已逾期3天，请尽快處理" read="1" status="-1" locked="0" contact_name="(Unknown)" />
  <sms protocol="0" address="13800000417" date="1762732900000" type="2" subject="null" body="我想协商还款" read="1" status="-1" locked="0" contact_name="王经理" />
  <sms protocol="0" address="13800000417" type="1" subject="null" body="没有时间" read="1" status="-1" locked="0" contact_name="王经理" />
</smses>
"#;

async fn press(app: &App, id: &str) -> anyhow::Result<()> {
    let found = app.client.wait().for_element(Locator::Css(&format!("[data-testid='{id}']"))).await?;
    match found.click().await {
        Ok(()) => Ok(()),
        Err(error) => app.fail(format!("{id} could not be pressed: {error}")).await,
    }
}

#[tokio::test]
async fn a_backup_is_taken_in_and_a_word_of_two_signs_found() -> anyhow::Result<()> {
    let desktop = Desktop::open()?;
    let home = Home::new()?;
    let app = App::start(&desktop, &home, Some("2026-11-18T09:30:00+08:00")).await?;
    app.ask("create_vault", json!({ "request": { "passphrase": PASSPHRASE, "shared_computer": false } }))
        .await?;
    app.reload().await?;
    app.wait_until("the home page", "location.hash === '#/home'").await?;
    let backup = home.path().join("sms-20251110.xml");
    std::fs::write(&backup, BACKUP)?;
    home.choose(&backup)?;

    app.go("/contacts/import").await?;
    press(&app, "choose-imports").await?;
    app.wait_for_text("存入 2 条").await?;
    app.wait_for_text("没有写时间").await?;
    app.screens("import-preview").await?;
    press(&app, "take-import").await?;
    app.wait_until("the file to be taken in", "document.querySelector('[data-testid=import-done]')").await?;

    app.go("/contacts/search").await?;
    app.fill("找什么", "处理").await?;
    app.wait_until(
        "the message to be found",
        "document.querySelectorAll('[data-testid=hit] mark').length === 1",
    )
    .await?;
    app.screens("search").await?;
    press(&app, "hit").await?;
    app.wait_for_text("请尽快處理").await?;
    app.stop().await
}
