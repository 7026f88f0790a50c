//! Papers in the real window: an offer is made and countered, the letter that asks for it is filled, changed, looked at
//! page by page, written to a file, recorded as sent and as answered; a complaint is packed for the lender's own unit.

use fantoccini::Locator;
use serde_json::json;

use crate::support::{App, Desktop, Home};

/// One of the ways to look at a letter.
async fn segment(app: &App, label: &str) -> anyhow::Result<()> {
    let click = "[...document.querySelectorAll('.as-segment')].find((one) => one.textContent.trim() === arguments[0]).click()";
    app.client.execute(click, vec![json!(label)]).await?;
    Ok(())
}

/// Every page has been drawn; on a narrow window the words come first and the pages are a press away.
async fn pages_are_drawn(app: &App) -> anyhow::Result<()> {
    let drawn = "(() => { if (!document.querySelector('[data-testid=letter-pages]')) [...document.querySelectorAll('.as-segment')].find((one) => one.textContent.trim() === '看成品')?.click(); const all = [...document.querySelectorAll('[data-testid=letter-pages] img')]; return all.length > 0 && all.every((one) => one.complete && one.naturalWidth > 0) })()";
    app.wait_until("the pages", drawn).await
}

#[tokio::test]
async fn an_offer_becomes_a_letter_that_is_changed_saved_sent_and_answered() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;
    let wu = app.loan_named("戊借").await?;

    // The offer, and the lender's counter to it.
    app.go(&format!("/plans/cases/{wu}/offer")).await?;
    app.fill_named("terms", "24").await?;
    app.press_id("save-offer").await?;
    app.wait_until("the offer", "location.hash.includes('/plans/requests/')").await?;
    app.press_id("counter").await?;
    app.wait_until("their side", "document.querySelector('[name=by]')?.value === 'lender'").await?;
    app.fill_named("terms", "12").await?;
    app.press_id("save-offer").await?;
    app.wait_until("the form to be left", "!document.querySelector('[name=by]')").await?;

    // What to say on the phone, for the stage it is in.
    app.go(&format!("/plans/cases/{wu}/script")).await?;
    app.wait_until("the script", "document.querySelector('[data-testid=script-ask] input')").await?;
    app.screens("08-call-script").await?;
    app.expect_accessible("a call script").await?;

    // The letter.
    app.go(&format!("/plans/cases/{wu}/letters")).await?;
    app.wait_for_text("协商还款申请书").await?;
    app.screens_of_tab("14-letters").await?;
    app.expect_accessible("the letters of a loan").await?;
    app.press_id("write-application").await?;
    app.wait_until("the words of the letter", "document.querySelector('[data-testid=letter-read]')").await?;
    segment(&app, "读一遍").await?;
    app.screens("14-letter-read").await?;
    app.expect_accessible("a letter to read").await?;
    pages_are_drawn(&app).await?;
    app.screens_of_tab("14-letter").await?;
    app.expect_accessible("a letter").await?;
    app.client.find(Locator::Css("[data-testid=letter-missing] button")).await?.click().await?;
    app.press_id("fill-own").await?;
    app.fill_named("borrower-name", "林晓舟").await?;
    app.fill_named("borrower-id", "110101199003077854").await?;
    app.fill_named("borrower-phone", "13800138000").await?;
    app.fill_named("borrower-address", "某市某区某路 12 号").await?;
    app.screens("14-letter-own").await?;
    app.press_id("save-own").await?;
    app.wait_until("the particulars", "!document.querySelector('[data-testid=fill-own]')").await?;
    segment(&app, "改文字").await?;
    app.wait_until("the parts", "document.querySelector('[data-part]')").await?;
    app.screens("14-letter-text").await?;
    app.expect_accessible("the text of a letter").await?;
    let first = app
        .client
        .execute("return [...document.querySelectorAll('[data-part] textarea')][0].name", Vec::new());
    let first = first.await?.as_str().unwrap_or_default().to_owned();
    app.fill_named(&first, "我愿意还款，只是请求改变方式。").await?;
    segment(&app, "看成品").await?;
    pages_are_drawn(&app).await?;
    let file = home.path().join("申请书.pdf");
    home.choose(&file)?;
    app.press_id("export-letter").await?;
    app.wait_until("the kept letter", "document.querySelector('[data-testid=letter-saved]')").await?;
    let out = std::process::Command::new("pdftotext").args(["-raw"]).arg(&file).arg("-").output()?;
    let printed: String =
        String::from_utf8_lossy(&out.stdout).chars().filter(|c| !c.is_whitespace()).collect();
    assert!(printed.contains("我愿意还款，只是请求改变方式。"), "{printed}");
    assert!(printed.contains("林晓舟") && !printed.contains("199003077854"), "{printed}");
    let shown = app.client.source().await?;
    assert!(!shown.contains(&*home.path().to_string_lossy()), "the page never learns where it lies");

    // Sent, with the address held against what is known; then answered.
    pages_are_drawn(&app).await?;
    app.screens_of_tab("14-letter-kept").await?;
    app.expect_accessible("a kept letter").await?;
    app.press_id("mark-sent").await?;
    app.wait_until(
        "the warning",
        "document.querySelector('[data-testid=warning-private_matters_unverified_channel]')",
    )
    .await?;
    app.fill_named("to", "service@wushan.example").await?;
    app.screens("14-letter-send").await?;
    app.expect_accessible("sending a letter").await?;
    app.press_id("record-sent").await?;
    app.wait_until("the sending", "document.querySelector('[data-testid=letter-sent]')").await?;
    let letters = app.ask("list_letters", json!({ "loanId": wu })).await?;
    let kept = &letters["letters"][0];
    assert_eq!(kept["sent"][0]["to"], "service@wushan.example");
    assert_eq!(kept["waiting_until"], "2026-11-25", "five working days");
    let due = app.ask("list_deadlines", json!({})).await?;
    assert!(due.to_string().contains("协商还款申请书"), "the answer is reminded of: {due}");
    app.press_id("answer-letter").await?;
    app.fill_named("answer-note", "同意面谈").await?;
    app.press_id("record-answer").await?;
    app.wait_for_text("已答复").await?;
    app.stop().await
}

#[tokio::test]
async fn a_complaint_is_checked_packed_and_help_is_found() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;
    let bing = app.loan_named("丙分期").await?;
    app.go(&format!("/plans/cases/{bing}/complain")).await?;
    app.wait_until(
        "eight questions",
        "document.querySelectorAll('[data-testid=scam-question]').length === 8",
    )
    .await?;
    app.screens("16-complain-check").await?;
    app.expect_accessible("the self-check before a complaint").await?;
    let none = "document.querySelectorAll('[data-testid=scam-question] input[value=no]').forEach((one) => one.click())";
    app.client.execute(none, Vec::new()).await?;
    app.wait_until("the way on", "!document.querySelector('[data-testid=scam-go-on]').disabled").await?;
    app.press_id("scam-go-on").await?;
    app.wait_until(
        "the lender first",
        "document.querySelector('[data-channel]')?.dataset.channel === 'CH-LENDER'",
    )
    .await?;
    app.screens_of_tab("16-complain").await?;
    app.expect_accessible("places for a complaint").await?;
    app.press_id("write-to-CH-LENDER").await?;
    pages_are_drawn(&app).await?;
    app.screens("16-complaint").await?;
    app.expect_accessible("a complaint").await?;
    let file = home.path().join("投诉.zip");
    home.choose(&file)?;
    app.press_id("export-package").await?;
    app.wait_until("the package", "document.querySelector('[data-testid=letter-saved]')").await?;
    pages_are_drawn(&app).await?;
    app.screens("16-complaint-packed").await?;
    let listed = std::process::Command::new("python3").args(["-m", "zipfile", "-l"]).arg(&file).output()?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    for name in ["1-投诉书.pdf", "2-证据目录.pdf", "3-欠款明细.pdf", "0-说明.txt"] {
        assert!(listed.contains(name), "{name}: {listed}");
    }

    app.go("/me/help").await?;
    app.wait_until("the crisis line", "document.querySelector('[data-testid=crisis-line]')").await?;
    app.screens_of_tab("18-help").await?;
    app.expect_accessible("help").await?;
    let set = home.path().join("给律师.zip");
    home.choose(&set)?;
    app.press_id("adviser-pack").await?;
    app.wait_until("the set", "document.querySelector('[data-testid=adviser-done]')").await?;
    assert!(set.exists());
    app.stop().await
}
