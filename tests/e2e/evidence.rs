//! Evidence in the real window: a pack is written where the user chose, and a stranger's program verifies it.

use std::process::Command;

use serde_json::json;

use crate::support::{App, Desktop, Home, bagit};

#[tokio::test]
async fn a_pack_from_the_window_is_verified_by_strangers() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;

    app.go("/me/pack").await?;
    app.wait_for_text("打包哪些借款").await?;
    app.screens("40-evidence-pack").await?;
    app.expect_accessible("evidence pack").await?;
    let folder = home.path().join("给调解员");
    std::fs::create_dir(&folder)?;
    home.choose(&folder)?;
    app.press_id("pack-now").await?;
    app.wait_for_text("已打包").await?;
    app.wait_for_text("还没有外部存证").await?;
    app.screens("41-evidence-packed").await?;
    let shown = app.client.source().await?;
    assert!(!shown.contains(&*home.path().to_string_lossy()), "the page never learns where it lies");
    let checked = Command::new(bagit()).arg("--validate").arg(&folder).output()?;
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let script = Command::new("python3").arg("-B").arg(folder.join("verify.py")).output()?;
    assert!(script.status.success(), "{}", String::from_utf8_lossy(&script.stdout));

    // The same window checks what somebody else hands over, and names the place where it does not hold.
    app.go("/me/check-pack").await?;
    app.press_id("check-folder").await?;
    app.wait_for_text("完整，没有发现改动").await?;
    app.wait_for_text("打包人的公钥指纹").await?;
    app.screens("45-pack-whole").await?;
    app.expect_accessible("a whole pack").await?;
    let records = folder.join("data/records.jsonl");
    let changed = std::fs::read_to_string(&records)?.replacen("催", "摧", 1);
    std::fs::write(&records, changed)?;
    app.press_id("check-folder").await?;
    app.wait_for_text("这个包不完整，或者被改动过").await?;
    app.wait_for_text("内容被改动过，和清单上的指纹不一致").await?;
    app.screens("46-pack-broken").await?;
    app.expect_accessible("a broken pack").await?;

    // The folder is in use now: a new one is made inside another that is.
    let busy = home.path().join("busy");
    std::fs::create_dir(&busy)?;
    std::fs::write(busy.join("letter.txt"), b"x")?;
    home.choose(&busy)?;
    app.go("/me/export").await?;
    app.wait_for_text("没有加密").await?;
    app.screens("42-open-export").await?;
    app.expect_accessible("open export").await?;
    app.press_id("open-now").await?;
    app.wait_for_text("已导出").await?;
    assert!(busy.join("ashore-export-2026-11-18/csv/evidence.csv").exists());

    app.go("/me/anchors").await?;
    app.wait_for_text("还没有外部存证").await?;
    app.screens("43-outside-anchors").await?;
    app.expect_accessible("outside anchors").await?;
    let query = home.path().join("head.tsq");
    home.choose(&query)?;
    app.press_id("anchor-request").await?;
    app.wait_for_text("请求已写好").await?;
    assert_eq!(std::fs::read(&query)?.first(), Some(&0x30), "a request in DER");

    app.go("/contacts/conduct").await?;
    app.wait_for_text("条催收记录").await?;
    app.screens("44-conduct").await?;
    app.expect_accessible("conduct").await?;
    let found = app.ask("check_conduct", json!({"request": {}})).await?;
    if found["findings"].as_array().is_some_and(|findings| !findings.is_empty()) {
        app.press_id("conduct-confirm").await?;
        app.wait_for_text("您已确认属实").await?;
    }
    app.press_id("consent-add").await?;
    app.fill("从", "22:00").await?;
    app.fill("到", "23:30").await?;
    app.press_id("consent-save").await?;
    app.wait_for_text("22:00–23:30").await?;
    app.screens("47-consented-hours").await?;
    app.expect_accessible("consented hours").await?;
    app.stop().await
}
