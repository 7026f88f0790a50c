//! A due is kept with the window closed: the clock goes on, the reminder comes, is put off, comes again, opens the loan,
//! the payment is recorded, and the calendar for the phone knows of it.

use std::time::Duration;

use anyhow::ensure;
use serde_json::json;

use crate::support::{App, Desktop, Home, until};

const PASSPHRASE: &str = "海边的一间小屋 2026";

/// The latest a notification may come after its time.
const LATEST: Duration = Duration::from_secs(60);

/// Turns the clock and waits until so many notifications have come in all: within a minute of the turn.
async fn turn_and_wait(desktop: &Desktop, home: &Home, now: &str, count: usize) -> anyhow::Result<()> {
    home.turn_clock(now)?;
    let come = async {
        while desktop.received()?.len() < count {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Ok(())
    };
    match tokio::time::timeout(LATEST, come).await {
        Ok(come) => come,
        Err(_) => {
            anyhow::bail!("of {count} notifications these came within a minute: {:?}", desktop.received()?)
        }
    }
}

/// The instant at which a reminder that was put off comes again.
async fn put_off_until(app: &App) -> anyhow::Result<String> {
    for _ in 0..100 {
        let all = app.ask("list_reminders", json!({ "from": null, "to": null })).await?;
        let mut all = all["reminders"].as_array().into_iter().flatten();
        if let Some(at) = all.find_map(|reminder| reminder["snoozed_until"].as_str()) {
            return Ok(at.to_owned());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    anyhow::bail!("nothing was put off")
}

#[tokio::test]
async fn a_due_is_kept_from_the_closed_window_to_the_calendar() -> anyhow::Result<()> {
    let (mut desktop, home) = (Desktop::open()?, Home::new()?);
    desktop.open_tray()?;
    desktop.start_notification_daemon()?;
    let app = App::start(&desktop, &home, Some("2026-11-18T08:00:00+08:00")).await?;
    app.ask("create_vault", json!({ "request": { "passphrase": PASSPHRASE, "shared_computer": false } }))
        .await?;
    let loan = json!({ "request": {
        "app": "甲贷", "received": "9000.00", "payment": "945.60", "terms": "12", "first_due": "2026-11-21", "terms_paid": "0",
    } });
    let loan = app.ask("add_loan", loan).await?;
    let loan = loan["id"].as_str().unwrap_or_default();
    app.reload().await?;
    app.go("/home").await?;

    // The window goes, the clock goes on, and the reminder comes in words that tell nothing.
    desktop.close_window()?;
    until("the window to go", || desktop.window_is_shown().is_ok_and(|shown| !shown))?;
    turn_and_wait(&desktop, &home, "2026-11-18T09:30:00+08:00", 1).await?;
    let told = desktop.received()?;
    let words: Vec<_> = told.iter().map(|one| (one.title.as_str(), one.body.as_str())).collect();
    assert_eq!(words, [("提醒", "有一件事到时间了")]);

    // Put off, it comes again when its time has come, and not before.
    desktop.choose_button("稍后再提醒")?;
    let again = put_off_until(&app).await?;
    ensure!(again.as_str() > "2026-11-18T09:30", "put off until {again}");
    turn_and_wait(&desktop, &home, &again, 2).await?;

    // A click brings the window back with the loan in it.
    desktop.click_notification()?;
    until("the window to come back", || desktop.window_is_shown().unwrap_or(false))?;
    app.wait_until("the loan", &format!("location.hash.startsWith('#/loans/{loan}')")).await?;

    // Paid in three taps: the sum that falls due stands there already.
    app.press_id("pay").await?;
    app.wait_until("the sum", "document.querySelector('[name=amount]')?.value === '945.60'").await?;
    app.press_id("save").await?;
    app.wait_until("the payment", "document.querySelector('[data-testid=payment]')").await?;

    // What is left to come goes to the phone.
    let calendar = home.path().join("ashore.ics");
    home.choose(&calendar)?;
    app.go("/plans/reminders/check").await?;
    app.press_id("save-calendar").await?;
    app.wait_until("the calendar", "document.querySelector('[data-testid=calendar-written]')").await?;
    let written = std::fs::read_to_string(&calendar)?;
    let dues = |day: &str| written.matches(&format!("DTSTART:{day}T")).count();
    assert_eq!((dues("20261121"), dues("20261221")), (0, 1), "{written}");
    ensure!(written.contains("BEGIN:VALARM"), "{written}");
    let mut shown =
        written.lines().filter(|line| line.starts_with("SUMMARY:") || line.starts_with("DESCRIPTION:"));
    ensure!(shown.all(|line| line.ends_with(":有一件事到时间了")), "neutral there, too: {written}");
    ensure!(!written.contains("甲贷"), "{written}");
    app.stop().await
}
