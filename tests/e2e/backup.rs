//! A backup made in the real window, verified there, and restored on a "new computer" to the same record.

use serde_json::json;

use crate::support::{App, Desktop, Home, NOW, Role};

const PASSPHRASE: &str = "海边 旧自行车 四点钟";

#[tokio::test]
async fn a_vault_moves_to_a_new_computer_with_one_file_and_the_passphrase() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, NOW).await?;
    let vault = json!({ "request": { "passphrase": PASSPHRASE, "shared_computer": false } });
    app.ask("create_vault", vault).await?;
    let loan = json!({ "request": {
        "app": "甲贷", "received": "9000.00", "payment": "945.60", "terms": "12", "first_due": "2026-12-05", "terms_paid": "0",
    } });
    app.ask("add_loan", loan).await?;
    app.reload().await?;
    let loans = app.ask("list_loans", json!({})).await?;

    app.go("/me/backup").await?;
    app.wait_for_text("还没有备份过").await?;
    app.screens("21-backup-none").await?;
    app.expect_accessible("no backup yet").await?;
    app.go("/me/backup/make").await?;
    let file = home.path().join("钱/备份.age");
    std::fs::create_dir(home.path().join("钱"))?;
    home.choose(&file)?;
    app.fill("密码短语", "不是这一句话").await?;
    app.press(Role::Button, "选位置并备份").await?;
    app.wait_for_text("没有写任何文件").await?;
    assert!(!file.exists(), "nothing was written");
    app.fill("密码短语", PASSPHRASE).await?;
    app.press(Role::Button, "选位置并备份").await?;
    app.wait_for_text("备份好了").await?;
    app.screens("21-backup-made").await?;
    app.expect_accessible("a backup").await?;
    assert!(file.exists());

    app.go("/me/backup/verify").await?;
    app.fill("密码短语", PASSPHRASE).await?;
    app.press(Role::Button, "选备份并核对").await?;
    app.wait_for_text("这份备份是完整的").await?;
    app.screens("21-backup-drill").await?;
    app.expect_accessible("a drill").await?;
    assert!(app.ask("backup_state", json!({})).await?["last_drill"].is_string(), "the drill counts");

    app.go("/me/backup/auto").await?;
    app.wait_for_text("多久一次").await?;
    home.choose(&home.path().join("钱"))?;
    app.press(Role::Button, "选文件夹并开启").await?;
    app.wait_for_text("自动备份已开启").await?;
    app.screens("21-backup-auto").await?;
    app.expect_accessible("automatic backup").await?;
    app.go("/me/backup").await?;
    app.wait_for_text("最近一次备份").await?;
    app.screens("21-backup").await?;
    app.stop().await?;

    // A week and a day later it is made right after the vault was opened.
    let app = App::start(&desktop, &home, Some("2026-11-26T21:00:00+08:00")).await?;
    app.wait_for_text("已上锁").await?;
    app.fill("密码短语", PASSPHRASE).await?;
    app.press(Role::Button, "打开").await?;
    app.wait_until("the home page", "location.hash === '#/home'").await?;
    crate::support::until("the scheduled backup", || {
        std::fs::read_dir(home.path().join("钱")).is_ok_and(|entries| {
            let mut names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
            names.any(|name| name.contains("-20261126-") && name.ends_with(".age"))
        })
    })?;
    app.stop().await?;

    // The new computer.
    let new = Home::new()?;
    let app = App::start(&desktop, &new, NOW).await?;
    app.wait_for_text("第 1 步").await?;
    app.press(Role::Button, "从备份恢复").await?;
    app.wait_for_text("从备份恢复账本").await?;
    app.screens("01-first-run-restore").await?;
    app.expect_accessible("restoring").await?;
    let cut = new.path().join("半份.age");
    let bytes = std::fs::read(&file)?;
    std::fs::write(&cut, &bytes[..bytes.len() - 5000])?;
    for (chosen, said) in [(&cut, "这份备份不完整"), (&file, "备份完整，可以恢复")] {
        new.choose(chosen)?;
        let name = chosen.file_name().unwrap_or_default().to_string_lossy().into_owned();
        app.client.execute("(document.querySelector('.choose') ?? document.querySelector('.van-button--primary')).click()", vec![]).await?;
        app.wait_for_text(&format!("已选：{name}")).await?;
        app.fill("密码短语", PASSPHRASE).await?;
        app.press(Role::Button, "核对这份备份").await?;
        app.wait_for_text(said).await?;
        assert_eq!(app.ask("app_status", json!({})).await?["state"], "no_vault", "nothing was placed");
    }
    app.screens("01-first-run-restore-found").await?;
    app.expect_accessible("what is in the backup").await?;
    app.press(Role::Button, "恢复到这台设备").await?;
    app.wait_until("the home page", "location.hash === '#/home'").await?;
    assert_eq!(app.ask("list_loans", json!({})).await?, loans, "the same loan");
    app.stop().await
}

#[tokio::test]
async fn sleep_and_a_locked_screen_lock_the_vault_and_keep_what_was_half_typed() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, NOW).await?;
    let vault = json!({ "request": { "passphrase": PASSPHRASE, "shared_computer": false } });
    app.ask("create_vault", vault).await?;
    app.reload().await?;
    for (path, name, draft) in [
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager.PrepareForSleep", "丙花"),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", "丁贷"),
    ] {
        app.go("/loans/new").await?;
        app.client
            .wait()
            .for_element(fantoccini::Locator::Css("[name='app']"))
            .await?
            .send_keys(draft)
            .await?;
        desktop.signal(path, name, "boolean:true")?;
        app.wait_for_text("已上锁").await?;
        assert_eq!(app.ask("app_status", json!({})).await?["state"], "locked", "{name}");
        app.fill("密码短语", PASSPHRASE).await?;
        app.press(Role::Button, "打开").await?;
        app.wait_until("the home page", "location.hash === '#/home'").await?;
        app.go("/loans/new").await?;
        app.wait_for_text("上次没填完的内容已经放回来了").await?;
        let typed =
            app.client.execute("return document.querySelector(\"[name='app']\").value", vec![]).await?;
        assert_eq!(typed, json!(draft), "{name}");
        app.client.execute("const e = document.querySelector(\"[name='app']\"); e.value = ''; e.dispatchEvent(new Event('input'))", vec![]).await?;
    }
    app.stop().await
}

#[tokio::test]
async fn a_lost_passphrase_is_told_the_truth_about_and_the_vault_is_put_aside_whole() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, NOW).await?;
    let vault = json!({ "request": { "passphrase": PASSPHRASE, "shared_computer": false } });
    app.ask("create_vault", vault).await?;
    app.ask("lock", json!({})).await?;
    app.reload().await?;
    app.go("/forgot").await?;
    app.wait_for_text("没有谁能重设或绕过").await?;
    app.screens("02-unlock-forgot").await?;
    app.expect_accessible("a lost passphrase").await?;
    app.press(Role::Radio, "我明白").await?;
    app.press(Role::Button, "把账本放到一边").await?;
    app.wait_for_text("第 1 步").await?;
    app.stop().await
}
