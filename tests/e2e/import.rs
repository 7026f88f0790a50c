//! A phone's backup in the real window: chosen, looked at, taken in; a word of two signs finds a message, which opens and
//! goes into a pack that `bagit` validates.

use std::process::Command;

use serde_json::json;

use crate::support::{App, Desktop, Home, bagit};

const PASSPHRASE: &str = "海边 旧自行车 四点钟";

const BACKUP: &str = r#"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="3">
  <sms protocol="0" address="106980095188" date="1762732800000" type="1" subject="null" body="【戊山小贷】您的借款已逾期3天，请尽快處理" read="1" status="-1" locked="0" contact_name="(Unknown)" />
  <sms protocol="0" address="13800000417" date="1762732900000" type="2" subject="null" body="我想协商还款" read="1" status="-1" locked="0" contact_name="王经理" />
  <sms protocol="0" address="13800000417" type="1" subject="null" body="没有时间" read="1" status="-1" locked="0" contact_name="王经理" />
</smses>
"#;

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
    app.press_id("choose-imports").await?;
    app.wait_for_text("存入 2 条").await?;
    app.wait_for_text("没有写时间").await?;
    app.screens("import-preview").await?;
    app.press_id("take-import").await?;
    app.wait_until("the file to be taken in", "document.querySelector('[data-testid=import-done]')").await?;

    app.go("/contacts/search").await?;
    app.fill("找什么", "处理").await?;
    app.wait_until(
        "the message to be found",
        "document.querySelectorAll('[data-testid=hit] mark').length === 1",
    )
    .await?;
    app.screens("search").await?;
    app.press_id("hit").await?;
    app.wait_for_text("请尽快處理").await?;

    // What was taken in goes to a stranger, who checks it with a program of somebody else's.
    let folder = home.path().join("给调解员");
    std::fs::create_dir(&folder)?;
    home.choose(&folder)?;
    app.go("/me/pack").await?;
    app.press_id("pack-now").await?;
    app.wait_for_text("已打包").await?;
    let checked = Command::new(bagit()).arg("--validate").arg(&folder).output()?;
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let records = std::fs::read_to_string(folder.join("data/records.jsonl"))?;
    assert!(records.contains("请尽快處理"), "the message is in the pack as it was written");
    app.go("/contacts/search").await?;
    app.fill("找什么", "处理").await?;
    app.press_id("hit").await?;
    app.wait_for_text("请尽快處理").await?;

    // Deleting says what goes and what stays, and leaves a tombstone.
    app.press_id("remove-contact").await?;
    app.wait_for_text("账本里会留下").await?;
    app.screens("delete-record").await?;
    app.expect_accessible("deleting a record").await?;
    app.fill("为什么删除", "与借款无关").await?;
    app.press_id("remove-now").await?;
    app.wait_for_text("已删除的记录").await?;
    app.wait_for_text("与借款无关").await?;
    app.screens("deleted-record").await?;

    // A table nobody knows is read once the user says which column is what.
    let table = home.path().join("记账.csv");
    std::fs::write(
        &table,
        "我的账\n天,钱,人,说明\n2025-11-10,-1418.39,示例消金,十一月还款\n2025-11-11,20,甲,\n",
    )?;
    home.choose(&table)?;
    app.go("/contacts/import").await?;
    app.press_id("choose-imports").await?;
    app.wait_for_text("哪一列是什么").await?;
    app.screens("map-columns").await?;
    app.expect_accessible("mapping columns").await?;
    for (column, name) in [("date", "天"), ("amount", "钱"), ("counterparty", "人"), ("description", "说明")]
    {
        let script = "const field = document.querySelector(`[name=map_${arguments[0]}]`); field.value = arguments[1]; \
            field.dispatchEvent(new Event('change', { bubbles: true }));";
        app.client.execute(script, vec![json!(column), json!(name)]).await?;
    }
    app.screens("map-columns-chosen").await?;
    app.press_id("map-look").await?;
    app.wait_for_text("存入 2 条").await?;
    app.wait_for_text("十一月还款").await?;
    app.screens("map-preview").await?;
    app.press_id("take-import").await?;
    app.wait_until("the table to be taken in", "document.querySelector('[data-testid=import-done]')").await?;

    // Pasted words become a draft; nothing is stored until it is saved.
    app.go("/contacts/log?kind=sms&paste=1").await?;
    app.screens("paste").await?;
    app.expect_accessible("pasting").await?;
    app.fill("短信或聊天的原文", "王经理 2025/11/12 10:42：可以再分两期，月底前答复").await?;
    app.press_id("read-pasted").await?;
    app.wait_for_text("已按文字填好，还没有保存").await?;
    app.wait_until(
        "the words to be in the form",
        "document.querySelector('[name=at_date]').value === '2025-11-12'",
    )
    .await?;
    app.screens("pasted").await?;
    app.expect_accessible("a pasted draft").await?;
    let stored = app.ask("list_contacts", json!({"request": {}})).await?;
    assert_eq!(stored["contacts"].as_array().map(Vec::len), Some(4), "nothing is stored yet");
    app.press_id("save-contact").await?;
    app.wait_for_text("可以再分两期，月底前答复").await?;
    app.stop().await
}
