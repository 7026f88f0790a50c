//! An offer is made in the real window, the lender's counter-offer is written down, its difference shown, a spoken yes
//! waits for writing, and a text is checked point by point.

use serde_json::json;

use crate::support::{App, Desktop, Home};

#[tokio::test]
async fn an_offer_its_counter_and_what_still_lacks_writing() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;
    app.go("/plans/cases").await?;
    app.wait_until("the cases", "document.querySelectorAll('[data-testid=case-card]').length > 3").await?;
    app.screens_of_tab("12-cases").await?;
    app.expect_accessible("the cases").await?;

    let loan = app.loan_named("戊借").await?;
    app.go(&format!("/plans/cases/{loan}")).await?;
    app.wait_for_text("材料清单").await?;
    app.screens_of_tab("12-case").await?;
    app.expect_accessible("a case").await?;

    app.press_id("make-offer").await?;
    app.fill_named("terms", "24").await?;
    app.press_id("preview-offer").await?;
    app.wait_until("what it comes to", "document.querySelector('[data-testid=offer-effect]')").await?;
    app.screens_of_tab("12-make-offer").await?;
    app.expect_accessible("making an offer").await?;
    // Leaving the page loses nothing that was typed.
    app.wait_until("the draft to be kept", "new Promise((done) => setTimeout(() => done(true), 700))")
        .await?;
    app.go("/plans/cases").await?;
    app.go(&format!("/plans/cases/{loan}/offer")).await?;
    app.wait_until("the draft", "document.querySelector('[name=terms]')?.value === '24'").await?;
    app.press_id("save-offer").await?;
    app.wait_until("the offer", "location.hash.includes('/plans/requests/')").await?;

    app.press_id("counter").await?;
    app.wait_until("their side", "document.querySelector('[name=by]')?.value === 'lender'").await?;
    app.fill_named("terms", "12").await?;
    app.press_id("save-offer").await?;
    // The form shows its own difference while it is filled in: only the page after it shows the stored one.
    app.wait_until("the form to be left", "!document.querySelector('[name=by]')").await?;
    app.wait_until(
        "the difference",
        "document.querySelector('[data-testid=offer-diff]')?.innerText.includes('12')",
    )
    .await?;
    app.screens_of_tab("12-offers").await?;
    app.expect_accessible("an offer and its difference").await?;
    let offers = app.ask("list_proposals", json!({ "loanId": loan })).await?;
    let latest = &offers["proposals"][0];
    assert_eq!(
        (&latest["by"], &latest["terms"], &latest["standing"]),
        (&json!("lender"), &json!(12), &json!("spoken"))
    );

    app.press_id("accept-orally").await?;
    app.wait_for_text("没有选记录").await?;
    app.screens("12-spoken-yes").await?;
    app.expect_accessible("a spoken yes").await?;
    app.press_id("record-yes").await?;
    app.wait_until(
        "the message",
        "document.querySelector('[data-testid=unconfirmed]')?.innerText.includes('书面确认')",
    )
    .await?;
    let due = app.ask("list_reminders", json!({ "from": null, "to": "2027-01-31" })).await?;
    let ours = due["reminders"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|r| r["loan_id"] == loan.as_str() && r["kind"] == "loan_due");
    assert!(ours.into_iter().all(|r| r["agreed"] == false), "a spoken yes changes no due");

    app.go(&format!("/plans/check?loan={loan}")).await?;
    app.fill_named("text", "还款总额12960元，每期720元，共18期，每月28日还款。请提供验证码。").await?;
    app.press_id("run-check").await?;
    app.wait_until(
        "the points",
        "document.querySelector('[data-testid=point-4]')?.dataset.verdict === 'present'",
    )
    .await?;
    app.wait_until(
        "what is missing",
        "document.querySelector('[data-testid=point-12]')?.dataset.verdict === 'absent'",
    )
    .await?;
    app.screens_of_tab("13-agreement-check").await?;
    app.expect_accessible("the agreement check").await?;
    app.go("/plans/hardship").await?;
    app.wait_for_text("困难情况").await?;
    app.expect_accessible("the hardship form").await?;
    app.go(&format!("/plans/cases/{loan}/parties")).await?;
    app.wait_for_text("现在的债权人").await?;
    app.expect_accessible("the parties").await?;
    app.stop().await
}

/// Goes on to the page of the offer that was kept, and waits for its difference.
async fn kept(app: &App) -> anyhow::Result<()> {
    app.press_id("save-offer").await?;
    app.wait_until(
        "the offer",
        "location.hash.includes('/plans/requests/') && !document.querySelector('[name=by]')",
    )
    .await?;
    app.wait_until("its difference", "document.querySelector('[data-testid=offer-diff]')").await
}

#[tokio::test]
async fn offers_row_by_row_with_a_last_part_or_a_lower_rate() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;
    let loan = app.loan_named("戊借").await?;
    let shape = async |value: &str| -> anyhow::Result<()> {
        let select = app.client.find(fantoccini::Locator::Css("[name=shape]")).await?;
        Ok(select.select_by_value(value).await?)
    };
    app.go(&format!("/plans/cases/{loan}/offer")).await?;
    app.fill_named("terms", "24").await?;
    app.fill_named("balloon", "3000").await?;
    app.fill_named("rate_cut", "12").await?;
    app.fill_named("waived_penalty", "10").await?;
    app.press_id("preview-offer").await?;
    app.wait_until("what it comes to", "document.querySelector('[data-testid=offer-effect]')").await?;
    app.screens("12-offer-balloon").await?;
    app.expect_accessible("an offer with a last part and a lower rate").await?;
    app.press_id("save-offer").await?;
    app.wait_until("the offer", "location.hash.includes('/plans/requests/')").await?;
    app.screens("12-offer-balloon-kept").await?;

    app.press_id("counter").await?;
    app.wait_until("their side", "document.querySelector('[name=by]')?.value === 'lender'").await?;
    shape("rows").await?;
    for (n, (due, amount)) in
        [("2026-12-28", "4000"), ("2027-01-28", "4500"), ("2027-02-28", "4811.48")].iter().enumerate()
    {
        if n > 0 {
            app.press_id("add-row").await?;
        }
        app.fill_named(&format!("row-due-{n}"), due).await?;
        app.fill_named(&format!("row-amount-{n}"), amount).await?;
    }
    app.screens("12-offer-rows").await?;
    app.expect_accessible("an offer row by row").await?;
    kept(&app).await?;
    app.screens("12-offer-rows-kept").await?;
    app.expect_accessible("the difference of an offer row by row").await?;
    app.stop().await
}
