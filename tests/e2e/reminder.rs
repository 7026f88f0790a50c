//! A due becomes a notification that a real daemon receives.

use serde_json::json;

use crate::support::{App, Desktop, Home};

const PASSPHRASE: &str = "海边的一间小屋 2026";

#[tokio::test]
async fn a_due_is_notified_in_neutral_words_and_a_click_opens_it() -> anyhow::Result<()> {
    let (mut desktop, home) = (Desktop::open()?, Home::new()?);
    desktop.start_notification_daemon()?;

    // Entered on the 18th, due on the 21st: three days before is nine o'clock of the 18th.
    let app = App::start(&desktop, &home, Some("2026-11-18T08:00:00+08:00")).await?;
    app.ask("create_vault", json!({ "request": { "passphrase": PASSPHRASE, "shared_computer": false } }))
        .await?;
    let loan = json!({ "request": {
        "app": "甲贷", "received": "9000.00", "payment": "945.60", "terms": "12", "first_due": "2026-11-21", "terms_paid": "0",
    } });
    let loan = app.ask("add_loan", loan).await?;
    assert_eq!(desktop.received()?, [], "nothing is due before nine");
    app.stop().await?;

    // Off at nine; caught up at half past, once, without a name or an amount.
    let app = App::start(&desktop, &home, Some("2026-11-18T09:30:00+08:00")).await?;
    let open = json!({ "request": { "secret": PASSPHRASE, "by": "passphrase" } });
    app.ask("unlock", open.clone()).await?;
    let told = desktop.wait_for_notifications(1)?;
    let last = told.last().expect("one at least");
    assert_eq!(
        (last.app.as_str(), last.title.as_str(), last.body.as_str()),
        ("Ashore", "提醒", "有一件事到时间了")
    );
    assert!(last.actions.iter().any(|action| action == "snooze"), "{last:?}");
    for one in &told {
        assert!(
            !format!("{one:?}").contains("甲贷") && !format!("{one:?}").contains("945.60"),
            "{one:?} tells too much"
        );
    }

    // Any program on the bus can press a button that nobody pressed: nothing happens but a reminder put off.
    // (That it was shown is recorded after the desktop took it.)
    let all = json!({ "from": null, "to": null });
    let mut before = app.ask("list_reminders", all.clone()).await?;
    for _ in 0..100 {
        if before["reminders"][0]["settled"] == "shown" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        before = app.ask("list_reminders", all.clone()).await?;
    }
    desktop.press_button("snooze")?;
    desktop.press_button("delete")?;
    assert_eq!(app.ask("list_reminders", all).await?, before);

    // A click shows the loan.
    app.client
        .execute(
            "window.__TAURI_INTERNALS__.invoke('plugin:event|listen', { event: 'open-requested', target: { kind: 'Any' },
               handler: window.__TAURI_INTERNALS__.transformCallback((e) => { document.documentElement.dataset.opened = e.payload.loan_id; }) })",
            vec![],
        )
        .await?;
    desktop.click_notification()?;
    app.wait_until(
        "the loan to be asked for",
        &format!("document.documentElement.dataset.opened === {}", loan["id"]),
    )
    .await?;
    app.stop().await?;

    // The same instant again: shown once is shown.
    let before = desktop.received()?.len();
    let app = App::start(&desktop, &home, Some("2026-11-18T09:30:00+08:00")).await?;
    app.ask("unlock", open).await?;
    app.ask("home", json!({})).await?;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let again: Vec<_> = desktop.received()?.split_off(before);
    assert_eq!(again, [], "shown once is shown");
    app.stop().await
}

#[tokio::test]
async fn without_a_notification_daemon_nothing_is_lost() -> anyhow::Result<()> {
    let (mut desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, Some("2026-11-18T08:00:00+08:00")).await?;
    app.ask("create_vault", json!({ "request": { "passphrase": PASSPHRASE, "shared_computer": false } }))
        .await?;
    let loan = json!({ "request": {
        "app": "乙贷", "received": "9000.00", "payment": "945.60", "terms": "12", "first_due": "2026-11-21", "terms_paid": "0",
    } });
    app.ask("add_loan", loan).await?;
    app.stop().await?;

    let app = App::start(&desktop, &home, Some("2026-11-18T09:30:00+08:00")).await?;
    // Before anything can be due, so that no notice is on its way in another language.
    let english = json!({ "preferences": { "language": "en", "text_size": "standard", "theme": "auto" } });
    app.ask("save_preferences", english.clone()).await?;
    app.ask("unlock", json!({ "request": { "secret": PASSPHRASE, "by": "passphrase" } })).await?;
    app.wait_until("a page", "document.querySelector('#app').innerText.trim()").await?;
    // The daemon comes late, as at log-in; the next look finds it.
    desktop.start_notification_daemon()?;
    app.ask("save_preferences", english).await?;
    let told = desktop.wait_for_notifications(1)?;
    assert_eq!(told[0].body, "Something is due", "in the language of the window");
    app.stop().await
}
