//! The tray's menu as a desktop reads it over the bus: what it tells, and that it locks.

use std::time::Duration;

use serde_json::json;

use crate::support::{App, Desktop, Home, MenuLine, Tray};

/// The menu once it reads so. The program brings it up to date after each change, and says so to the desktop.
async fn menu_once(
    desktop: &Desktop,
    tray: &mut Tray,
    so: impl Fn(&[MenuLine]) -> bool,
) -> anyhow::Result<Vec<MenuLine>> {
    let mut menu = Vec::new();
    for _ in 0..200 {
        menu = tray.menu(desktop)?;
        if so(&menu) {
            return Ok(menu);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("the menu stayed so: {menu:?}")
}

fn line(label: &str, enabled: bool) -> impl Fn(&[MenuLine]) -> bool {
    let label = label.to_owned();
    move |menu| menu.iter().any(|line| line.label == label && line.enabled == enabled)
}

fn labels(menu: &[MenuLine]) -> Vec<&str> {
    menu.iter().map(|line| line.label.as_str()).collect()
}

#[tokio::test]
async fn the_tray_tells_the_next_day_and_nothing_else_and_locks() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let mut tray = desktop.open_tray()?;
    let app = App::start(&desktop, &home, Some("2026-11-18T08:00:00+08:00")).await?;
    let menu = menu_once(&desktop, &mut tray, line("锁定", false)).await?;
    assert_eq!(labels(&menu), ["没有待办的提醒", "打开", "锁定", "退出（不再提醒）"], "nothing is known yet");

    app.ask(
        "create_vault",
        json!({ "request": { "passphrase": "托盘里的一行字 27", "shared_computer": false } }),
    )
    .await?;
    let loan = json!({ "request": {
        "app": "甲贷", "received": "9000.00", "payment": "945.60", "terms": "12", "first_due": "2026-11-21", "terms_paid": "0",
    } });
    app.ask("add_loan", loan).await?;
    // Three days before the due at nine: the day alone, whether amounts are hidden or shown, and however much a
    // notification may say.
    let told = ["下次提醒：11 月 18 日", "打开", "锁定", "退出（不再提醒）"];
    menu_once(&desktop, &mut tray, line(told[0], false)).await?;
    for (hide_amounts, notification_text) in [(false, "full"), (true, "neutral")] {
        let settings = json!({ "settings": {
            "shared_computer": false, "hide_amounts": hide_amounts, "auto_lock": "fifteen_minutes",
            "notification_text": notification_text, "outside_instants": false,
        } });
        app.ask("save_settings", settings).await?;
        let menu = menu_once(&desktop, &mut tray, line("锁定", true)).await?;
        assert_eq!(labels(&menu), told, "amounts hidden: {hide_amounts}");
    }

    // Locked from the menu, it tells no more than before, and cannot be locked twice.
    tray.click(&desktop, "锁定")?;
    let menu = menu_once(&desktop, &mut tray, line("锁定", false)).await?;
    assert_eq!(labels(&menu), told);
    assert_eq!(app.ask("app_status", json!({})).await?["state"], "locked");

    // In the other language at once.
    let english = json!({ "preferences": { "language": "en", "theme": "auto", "text_size": "standard" } });
    app.ask("save_preferences", english).await?;
    let menu = menu_once(&desktop, &mut tray, line("Lock", false)).await?;
    assert_eq!(&labels(&menu)[1..], ["Open", "Lock", "Quit (no reminders)"]);
    app.stop().await
}
