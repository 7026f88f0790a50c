//! From nothing to an open vault, by mouse and by keyboard alone, and back in after a lock.

use fantoccini::key::Key;
use serde_json::json;

use crate::support::{App, Desktop, Home, NOW, Role};

const PASSPHRASE: &str = "海边 旧自行车 四点钟";

#[tokio::test]
async fn three_screens_lead_to_an_open_vault_and_break_no_rule_of_axe() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, NOW).await?;

    app.wait_for_text("第 1 步").await?;
    app.screens_of_tab("01-first-run").await?;
    app.expect_accessible("what it is").await?;
    app.press(Role::Button, "开始").await?;

    app.wait_for_text("第 2 步").await?;
    app.press(Role::Radio, "只有我用").await?;
    app.screens("01-first-run-shared").await?;
    app.expect_accessible("who else is here").await?;
    app.press(Role::Button, "先做 8 个问题的自查").await?;
    app.wait_for_text("要记住的").await?;
    app.screens("01-first-run-scam").await?;
    app.expect_accessible("the questions against scams").await?;
    app.press(Role::Button, "关闭").await?;
    app.press(Role::Button, "下一步").await?;

    app.wait_for_text("第 3 步").await?;
    app.fill("密码短语", PASSPHRASE).await?;
    app.fill("再输入一遍", "别的").await?;
    app.press(Role::Button, "建立账本").await?;
    app.wait_for_text("两次输入的不一样").await?;
    app.screens("01-first-run-passphrase").await?;
    app.expect_accessible("the passphrase").await?;
    app.fill("再输入一遍", PASSPHRASE).await?;
    app.press(Role::Button, "建立账本").await?;

    app.wait_for_text("抄下恢复码").await?;
    app.screens("01-first-run-code").await?;
    app.expect_accessible("the recovery code").await?;
    let code = app
        .client
        .execute("return document.querySelector('[data-recovery-code]').textContent", vec![])
        .await?;
    app.press(Role::Radio, "我已经抄下来了").await?;
    app.press(Role::Button, "进入账本").await?;
    app.wait_until("the home page", "location.hash === '#/home'").await?;
    app.stop().await?;

    // Another day: wrong, then the code that was written down.
    let app = App::start(&desktop, &home, Some("2026-11-19T21:00:00+08:00")).await?;
    app.wait_for_text("已上锁").await?;
    app.screens("02-unlock").await?;
    app.expect_accessible("unlock").await?;
    app.fill("密码短语", "不是这一句话").await?;
    app.press(Role::Button, "打开").await?;
    app.wait_for_text("密码短语不对。数据没有变化").await?;
    app.screens("02-unlock-wrong").await?;
    app.press(Role::Button, "用恢复码打开").await?;
    app.fill("恢复码", code.as_str().unwrap_or_default()).await?;
    app.press(Role::Button, "打开").await?;
    app.wait_until("the home page", "location.hash === '#/home'").await?;
    app.stop().await
}

#[tokio::test]
async fn first_run_lock_and_unlock_work_by_keyboard_alone() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, NOW).await?;
    app.wait_for_text("第 1 步").await?;
    app.tab_to("开始").await?;
    app.key(Key::Enter).await?;

    app.wait_for_text("第 2 步").await?;
    app.tab_to("有，家人或同事也用").await?;
    app.key(Key::Space).await?;
    app.tab_to("下一步").await?;
    app.key(Key::Enter).await?;

    app.wait_for_text("第 3 步").await?;
    app.tab_to("密码短语").await?;
    app.type_text(PASSPHRASE).await?;
    app.tab_to("再输入一遍").await?;
    app.type_text(PASSPHRASE).await?;
    app.key(Key::Enter).await?;

    app.wait_for_text("抄下恢复码").await?;
    app.tab_to("我已经抄下来了").await?;
    app.key(Key::Space).await?;
    app.tab_to("进入账本").await?;
    app.key(Key::Enter).await?;
    app.wait_until("the home page", "location.hash === '#/home'").await?;

    app.control('l').await?;
    app.wait_for_text("已上锁").await?;
    assert_eq!(app.ask("app_status", json!({})).await?["state"], "locked");
    assert!(app.ask("home", json!({})).await.is_err(), "locked means locked");
    app.tab_to("密码短语").await?;
    app.type_text(PASSPHRASE).await?;
    app.key(Key::Enter).await?;
    app.wait_until("the home page", "location.hash === '#/home'").await?;
    app.stop().await
}
