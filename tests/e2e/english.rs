//! Every page in English: it says so, and breaks no rule of axe in light or in dark.

use anyhow::ensure;
use serde_json::{Value, json};

use crate::support::{App, Desktop, Home, NOW, Role};

/// Pages that stand by themselves.
const PLAIN: [&str; 42] = [
    "/home",
    "/loans",
    "/loans/new",
    "/loans/borrow",
    "/contacts",
    "/contacts/log",
    "/contacts/search",
    "/contacts/import",
    "/contacts/suggestions",
    "/contacts/conduct",
    "/plans",
    "/plans/studio",
    "/plans/capacity",
    "/plans/offers",
    "/plans/requests",
    "/plans/cases",
    "/plans/check",
    "/plans/hardship",
    "/plans/agree",
    "/plans/reminders",
    "/plans/reminders/settings",
    "/plans/reminders/check",
    "/plans/deadlines",
    "/plans/deadlines/add",
    "/plans/review",
    "/plans/letters",
    "/me",
    "/me/look",
    "/me/privacy",
    "/me/passphrase",
    "/me/recovery-code",
    "/me/records",
    "/me/pack",
    "/me/check-pack",
    "/me/export",
    "/me/anchors",
    "/me/rules",
    "/me/rules/cost_caps",
    "/me/rules/periods",
    "/me/help",
    "/me/scam-check",
    "/me/about",
];

/// The titles of the page and the places of the window: the program's own words, never the household's.
const OWN_WORDS: &str = "return [...document.querySelectorAll('h1, nav a')]
  .filter((e) => e.getClientRects().length > 0).map((e) => e.innerText)";

async fn in_english(app: &App) -> anyhow::Result<()> {
    app.press(Role::Button, "先看看示例账本").await?;
    app.wait_until("the home page", "location.hash === '#/home'").await?;
    let english = json!({ "language": "en", "text_size": "standard", "theme": "auto" });
    app.ask("save_preferences", json!({ "preferences": english })).await?;
    app.reload().await?;
    app.wait_until("English", "document.documentElement.lang === 'en'").await
}

/// Goes there, waits until its answer is drawn, and holds it against axe.
async fn visit(app: &App, route: &str) -> anyhow::Result<()> {
    app.go(route).await?;
    app.wait_until("a title", "[...document.querySelectorAll('h1')].some((h) => h.innerText.trim() !== '')")
        .await?;
    app.wait_until(
        "an answer",
        "document.querySelector('[role=status] [aria-hidden=true] .is-short') === null",
    )
    .await?;
    app.expect_accessible(&format!("{route} in English")).await
}

async fn first(app: &App, command: &str, list: &str, arguments: Value) -> anyhow::Result<String> {
    let view = app.ask(command, arguments).await?;
    Ok(view[list][0]["id"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn every_page_that_stands_by_itself() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, NOW).await?;
    in_english(&app).await?;
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut chinese = Vec::new();
    for route in PLAIN {
        visit(&app, route).await?;
        let words = app.client.execute(OWN_WORDS, vec![]).await?;
        if words.to_string().contains(is_han) {
            chinese.push(format!("{route}: {words}"));
        }
    }
    ensure!(chinese.is_empty(), "{chinese:#?}");
    app.stop().await
}

#[tokio::test]
async fn every_page_about_one_thing() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, NOW).await?;
    in_english(&app).await?;
    let loan = first(&app, "list_loans", "loans", json!({})).await?;
    let contact = first(&app, "list_contacts", "contacts", json!({ "request": {} })).await?;
    let request = first(&app, "list_proposals", "proposals", json!({ "loanId": null })).await?;
    let agreement = first(&app, "list_agreements", "agreements", json!({ "loanId": null })).await?;
    for tab in ["owed", "cost", "plan", "contacts", "papers", "pay", "compare", "close", "amend"] {
        visit(&app, &format!("/loans/{loan}/{tab}")).await?;
    }
    for part in ["", "/offer", "/parties", "/script", "/letters", "/letters/application", "/complain"] {
        visit(&app, &format!("/plans/cases/{loan}{part}")).await?;
    }
    visit(&app, &format!("/contacts/{contact}")).await?;
    visit(&app, &format!("/contacts/{contact}/correct")).await?;
    visit(&app, &format!("/plans/requests/{request}")).await?;
    visit(&app, &format!("/plans/agreements/{agreement}")).await?;
    visit(&app, &format!("/plans/agree?loan={loan}")).await?;
    visit(&app, &format!("/plans/check?loan={loan}")).await?;
    app.stop().await
}
