//! Offers side by side, a loan that is only offered, and the rules with their sources: pictures, axe, and what they say.

use serde_json::json;

use crate::support::{App, Desktop, Home, Role};

/// The window on the sample vault; display and folder are held until the end.
async fn sample() -> anyhow::Result<(App, Desktop, Home)> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;
    Ok((app, desktop, home))
}

/// Goes to a page, waits for a text on it, takes its pictures and holds it against axe.
async fn page(app: &App, route: &str, text: &str, name: &str) -> anyhow::Result<()> {
    app.go(route).await?;
    app.wait_for_text(text).await?;
    pictured(app, name).await
}

async fn pictured(app: &App, name: &str) -> anyhow::Result<()> {
    app.screens(name).await?;
    app.expect_accessible(name).await
}

#[tokio::test]
async fn offers_side_by_side_and_a_loan_that_is_only_offered() -> anyhow::Result<()> {
    let (app, _desktop, _home) = sample().await?;
    let wu = app.loan_named("戊借").await?;
    page(&app, &format!("/loans/{wu}/compare"), "戊借", "12-compare").await?;
    page(&app, "/loans/borrow", "实际能拿到", "04-borrow").await?;
    app.fill("实际能拿到", "10000").await?;
    app.fill("每期还", "950").await?;
    app.fill("第一期还款日", "2026-12-18").await?;
    app.press(Role::Button, "算一算").await?;
    app.wait_for_text("一共要还").await?;
    pictured(&app, "04-borrow-result").await?;
    app.stop().await
}

#[tokio::test]
async fn rules_with_their_sources_and_the_borrowers_own() -> anyhow::Result<()> {
    let (app, _desktop, _home) = sample().await?;
    page(&app, "/me/rules", "借款成本的参考线", "18-rules").await?;
    page(&app, "/me/rules/cost_caps", "银行互联网助贷综合融资成本", "18-rules-caps").await?;
    app.go("/me/rules/periods").await?;
    app.wait_for_text("答辩期").await?;
    app.press(Role::Button, "改成我知道的，答辩期").await?;
    app.fill("应该是", "30").await?;
    app.fill("为什么改", "以法院通知书为准").await?;
    pictured(&app, "18-rules-change").await?;
    app.press(Role::Button, "按这个算").await?;
    app.wait_for_text("理由：以法院通知书为准").await?;
    pictured(&app, "18-rules-own").await?;
    let counted = json!({ "rule": "DL-ANSWER", "startsOn": "2026-11-16" });
    let deadline = app.ask("preview_deadline", counted).await?;
    assert_eq!(
        (deadline["rule"]["length"].as_u64(), deadline["rule"]["own"].as_bool()),
        (Some(30), Some(true))
    );
    app.press(Role::Button, "改回程序自带的，答辩期").await?;
    app.fill("为什么改", "看错了").await?;
    app.press(Role::Button, "改回").await?;
    app.wait_until("the program's row", "!document.querySelector('[data-testid=rule-own]')").await?;
    app.stop().await
}
