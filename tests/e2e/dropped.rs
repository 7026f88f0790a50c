//! Files dropped on the window from elsewhere: looked at before anything is taken in, wherever in the program they fall.

use serde_json::json;

use crate::support::{App, Desktop, Home};

const BACKUP: &str = r#"<smses count="2">
  <sms address="106980095188" date="1762732800000" type="1" body="【戊山小贷】您的借款已逾期3天" />
  <sms address="13800000417" date="1762732900000" type="2" body="我想协商还款" />
</smses>
"#;

#[tokio::test]
async fn files_dropped_on_the_window_are_looked_at_and_taken_in() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, Some("2026-11-18T09:30:00+08:00")).await?;
    app.ask(
        "create_vault",
        json!({ "request": { "passphrase": "海边 旧自行车 四点钟", "shared_computer": false } }),
    )
    .await?;
    app.reload().await?;
    app.wait_until("the home page", "location.hash === '#/home'").await?;
    // Names as people give them; one file is nothing that could be read.
    let folder = home.path().join("下载 2026 (1)");
    std::fs::create_dir(&folder)?;
    let (backup, other) = (folder.join("短信 100%.xml"), folder.join("照片.bin"));
    std::fs::write(&backup, BACKUP)?;
    std::fs::write(&other, [0, 1, 2, 3, 0xFE, 0xFF])?;
    desktop.drop_files(&[&backup, &other])?;

    app.wait_until("the page that takes files in", "location.hash.startsWith('#/contacts/import')").await?;
    app.wait_for_text("短信 100%.xml").await?;
    app.wait_for_text("存入 2 条").await?;
    app.screens("import-dropped").await?;
    let listed = app.ask("list_contacts", json!({ "request": {} })).await?;
    assert_eq!(listed["contacts"].as_array().map(Vec::len), Some(0), "looking stores nothing");
    app.press_id("take-import").await?;
    app.wait_until("the file to be taken in", "document.querySelector('[data-testid=import-done]')").await?;
    let listed = app.ask("list_contacts", json!({ "request": {} })).await?;
    assert_eq!(listed["contacts"].as_array().map(Vec::len), Some(2));
    // The other one waits, and is nothing that could be read.
    app.press_id("next-import").await?;
    app.wait_for_text("照片.bin").await?;
    app.wait_for_text("认不出是什么文件").await?;
    app.stop().await
}
