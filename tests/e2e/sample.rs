//! The sample vault: one tap, never mistaken for the real one, and a place to try files in.

use serde_json::{Value, json};

use crate::support::{App, Desktop, Home, Role};

#[tokio::test]
async fn the_sample_can_not_be_mistaken_and_leaves_the_real_vault_alone() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;
    assert_eq!(app.ask("app_status", json!({})).await?["sample"], true);
    let loans = app.ask("list_loans", json!({})).await?;
    assert_eq!(loans["loans"].as_array().map(Vec::len), Some(6), "six loans of different kinds: {loans}");
    for tab in ["借款", "沟通", "方案", "我的"] {
        app.press(Role::Tab, tab).await?;
        app.wait_for_text("示例账本，数据是虚构的").await?;
    }
    // A page that starts anew finds the vault as it was.
    app.reload().await?;
    app.wait_for_text("示例账本，数据是虚构的").await?;
    app.control('l').await?;
    app.wait_for_text("一步一步").await?;
    assert_eq!(
        app.ask("app_status", json!({})).await?["state"],
        "no_vault",
        "there was no vault, and there is none"
    );
    app.stop().await
}

#[tokio::test]
async fn a_chosen_file_is_kept_and_the_page_never_learns_where_it_lay() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;
    assert_eq!(app.ask("choose_file", json!({})).await?, Value::Null, "the user changed their mind");
    let file = home.path().join("通话录音 11-18.txt");
    std::fs::write(&file, "先说好了，下月十五号。")?;
    home.choose(&file)?;
    let staged = app.ask("choose_file", json!({})).await?;
    assert_eq!((&staged["name"], &staged["bytes"]), (&json!("通话录音 11-18.txt"), &json!("33")));
    assert!(!staged.to_string().contains(&*home.path().to_string_lossy()), "{staged}");
    std::fs::remove_file(&file)?;
    let gone = app.ask("choose_file", json!({})).await.expect_err("it is gone").to_string();
    assert!(gone.contains("file_unreadable"), "{gone}");
    app.stop().await
}
