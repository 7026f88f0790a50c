//! The whole way in the real window: from nothing, through a loan, its cost, a call with its recording, capacity, a
//! request and an agreement, to the notification a real daemon received; locked, reopened, everything found again.

use serde_json::{Value, json};

use crate::support::{App, Desktop, Home, Role};

const PASSPHRASE: &str = "海边 旧自行车 四点钟";

async fn first_run(app: &App) -> anyhow::Result<()> {
    app.wait_for_text("第 1 步").await?;
    app.press(Role::Button, "开始").await?;
    app.press(Role::Radio, "只有我用").await?;
    app.press(Role::Button, "下一步").await?;
    app.fill("密码短语", PASSPHRASE).await?;
    app.fill("再输入一遍", PASSPHRASE).await?;
    app.press(Role::Button, "建立账本").await?;
    app.wait_for_text("抄下恢复码").await?;
    app.press(Role::Radio, "我已经抄下来了").await?;
    app.press(Role::Button, "进入账本").await?;
    app.wait_until("the home page", "location.hash === '#/home'").await
}

async fn unlock(app: &App) -> anyhow::Result<()> {
    app.wait_for_text("已上锁").await?;
    app.fill("密码短语", PASSPHRASE).await?;
    app.press(Role::Button, "打开").await?;
    app.wait_until("the home page", "location.hash === '#/home'").await
}

/// Six fields, as a borrower in mid-loan knows them.
async fn add_a_loan(app: &App) -> anyhow::Result<String> {
    app.go("/loans/new").await?;
    for (name, text) in [
        ("app", "戊借"),
        ("received", "１５，０００"),
        ("payment", "1418.39"),
        ("terms", "12"),
        ("terms_paid", "2"),
        ("first_due", "2026-07-28"),
    ] {
        app.fill_named(name, text).await?;
    }
    app.wait_for_text("第 3、4 期").await?;
    app.wait_until(
        "the cost to be found while typing",
        "document.querySelector('[data-testid=preview-cost]')?.textContent.includes('24.00%')",
    )
    .await?;
    app.press_id("save").await?;
    app.wait_until("the loan to be saved", "!location.hash.endsWith('/new')").await?;
    let loans = app.ask("list_loans", json!({})).await?;
    Ok(loans["loans"][0]["id"].as_str().unwrap_or_default().to_owned())
}

async fn log_a_call(app: &App) -> anyhow::Result<()> {
    app.go("/contacts/log").await?;
    app.press_id("loan-戊借").await?;
    app.press_id("heard-offer").await?;
    app.fill_named("outcome_amount", "720").await?;
    app.fill_named("outcome_terms", "18").await?;
    app.fill_named("staff_no", "0286").await?;
    app.fill_named("organisation", "戊山小额贷款").await?;
    app.press_id("attach").await?;
    app.wait_until("the recording to be taken in", "document.querySelector('[data-testid=staged-file]')")
        .await?;
    app.press_id("save-contact").await?;
    app.wait_until("the call to be saved", "!location.hash.endsWith('/log')").await?;
    app.wait_for_text("18 期").await
}

async fn state_capacity_and_ask(app: &App) -> anyhow::Result<()> {
    let sheet = json!({ "form": {
        "income": [{ "name": "工资", "amount": "4000", "certainty": "fixed" }],
        "expenses": [{ "name": "生活", "class": "essential", "amount": "3000" }],
        "priority": [], "dependants": [], "assets": [],
    } });
    app.ask("set_capacity", sheet).await?;
    app.go("/plans/offers").await?;
    app.wait_for_text("700.00").await?;
    app.press_id("save-offers").await?;
    app.wait_until("the request to be kept", "!location.hash.endsWith('/offers')").await?;
    app.wait_for_text("请求").await
}

async fn agree(app: &App, loan: &str) -> anyhow::Result<()> {
    let proposals = app.ask("list_proposals", json!({ "loanId": loan })).await?;
    let proposal = proposals["proposals"][0]["id"].as_str().unwrap_or_default();
    app.go(&format!("/plans/requests/{proposal}")).await?;
    app.press_id("agree-from-request").await?;
    app.wait_until("the form", "document.querySelector('[name=payment]')?.value.includes('700')").await?;
    app.press(Role::Radio, "短信").await?;
    app.fill_named("creditor", "戊山小额贷款有限公司").await?;
    app.fill_named("confirmation_text", "戊山小额贷款：同意按该方案还款。").await?;
    app.press_id("save-agreement").await?;
    app.wait_until("the agreement to be kept", "location.hash.includes('/plans/agreements/')").await?;
    app.wait_for_text("已书面确认").await
}

#[tokio::test]
async fn from_nothing_to_a_kept_agreement_and_its_notification() -> anyhow::Result<()> {
    let (mut desktop, home) = (Desktop::open()?, Home::new()?);
    desktop.start_notification_daemon()?;
    let recording = home.path().join("通话.amr");
    std::fs::write(&recording, b"#!AMR\nnot really a call")?;
    home.choose(&recording)?;

    let app = App::start(&desktop, &home, Some("2026-11-18T09:30:00+08:00")).await?;
    first_run(&app).await?;
    app.wait_for_text("从第一笔借款开始").await?;
    app.screens_of_tab("20-home-empty").await?;
    app.expect_accessible("the empty home page").await?;
    let loan = add_a_loan(&app).await?;
    app.go(&format!("/loans/{loan}/cost")).await?;
    app.wait_for_text("15,000.00").await?;
    log_a_call(&app).await?;
    state_capacity_and_ask(&app).await?;
    let due = app.ask("list_reminders", json!({ "from": null, "to": "2027-01-31" })).await?;
    let agreed = |view: &Value, is: bool| {
        let dues = |r: &&Value| r["kind"] == "loan_due" || r["kind"] == "agreement_due";
        let all: Vec<&Value> = view["reminders"].as_array().into_iter().flatten().filter(dues).collect();
        !all.is_empty() && all.iter().all(|r| r["agreed"] == is)
    };
    assert!(agreed(&due, false), "a request leaves the contract's dues alive");
    agree(&app, &loan).await?;
    let due = app.ask("list_reminders", json!({ "from": null, "to": "2027-01-31" })).await?;
    assert!(agreed(&due, true), "from the agreement on, its dues hold");

    app.control('l').await?;
    app.wait_for_text("已上锁").await?;
    assert!(app.ask("list_loans", json!({})).await.is_err(), "locked means locked");
    app.stop().await?;

    // Three days before the first agreed due: another start, a real daemon, neutral words.
    let app = App::start(&desktop, &home, Some("2026-12-25T09:05:00+08:00")).await?;
    unlock(&app).await?;
    let told = desktop.wait_for_notifications(1)?;
    let last = told.last().map(|one| (one.title.clone(), one.body.clone()));
    assert_eq!(last, Some(("提醒".to_owned(), "有一件事到时间了".to_owned())));

    // Everything is found again.
    app.go("/loans").await?;
    app.wait_for_text("戊借").await?;
    app.go("/contacts").await?;
    app.wait_for_text("18 期").await?;
    app.go("/plans").await?;
    app.wait_for_text("已书面确认").await?;
    let report = app.ask("verify_evidence", json!({})).await?;
    assert_eq!(report["whole"], true);
    app.stop().await
}

#[tokio::test]
async fn a_loan_is_added_by_keyboard_alone_and_wrong_input_is_named_at_its_field() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::start(&desktop, &home, Some("2026-11-18T09:30:00+08:00")).await?;
    let request = json!({ "request": { "passphrase": PASSPHRASE, "shared_computer": false } });
    app.ask("create_vault", request).await?;
    app.client.refresh().await?;
    app.wait_until("the home page", "location.hash === '#/home'").await?;
    app.go("/loans/new").await?;
    app.wait_for_text("在哪里借的").await?;
    for (field, text) in [
        ("在哪里借的", "甲贷"),
        ("实际收到", "十万"),
        ("每期还", "1586.13"),
        ("一共几期", "24"),
        ("已经还了", "9"),
        ("第一期还款日", "2026-02-25"),
    ] {
        app.tab_to(field).await?;
        app.type_text(text).await?;
    }
    app.key(fantoccini::key::Key::Enter).await?;
    app.wait_for_text("数字").await?;
    app.screens("05-add-loan-wrong").await?;
    app.expect_accessible("a form with a refused field").await?;
    let loans = app.ask("list_loans", json!({})).await?;
    assert_eq!(loans["loans"], json!([]), "nothing is half-stored");
    app.retype("received", "3万").await?;
    app.key(fantoccini::key::Key::Enter).await?;
    app.wait_until("the loan to be saved", "!location.hash.endsWith('/new')").await?;
    let loans = app.ask("list_loans", json!({})).await?;
    assert_eq!(loans["loans"][0]["next_due"]["amount"], "1586.13");
    app.stop().await
}
