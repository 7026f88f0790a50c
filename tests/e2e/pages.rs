//! Every page of the sample vault: pictures for people, and no rule of axe broken, tab by tab.

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::support::{App, Desktop, Home, Role};

struct Sample {
    app: App,
    // Held until the end: the window lives on this display, its data in this folder.
    _desktop: Desktop,
    _home: Home,
}

impl Sample {
    async fn open() -> anyhow::Result<Self> {
        let (desktop, home) = (Desktop::open()?, Home::new()?);
        let app = App::in_sample(&desktop, &home).await?;
        Ok(Self { app, _desktop: desktop, _home: home })
    }

    /// Goes to a page, waits for a text on it, takes its pictures and holds it against axe.
    async fn page(&self, route: &str, text: &str, name: &str) -> anyhow::Result<()> {
        self.app.go(route).await?;
        self.app.wait_for_text(text).await?;
        self.app.screens(name).await?;
        self.app.expect_accessible(name).await
    }

    /// The same for a tab, which is also seen in elder mode and at 200 % text.
    async fn tab(&self, route: &str, text: &str, name: &str) -> anyhow::Result<()> {
        self.app.go(route).await?;
        self.app.wait_for_text(text).await?;
        self.app.screens_of_tab(name).await?;
        self.app.expect_accessible(name).await
    }

    /// Presses a figure of the page and takes pictures of how it came about.
    async fn followed(&self, figure: &str, name: &str) -> anyhow::Result<()> {
        let button = format!("[data-explains=\"{figure}\"]");
        let button = self.app.client.wait().for_element(Locator::Css(&button)).await?;
        button.send_keys(&Key::Enter.to_string()).await?;
        self.app.wait_for_text("照这些步骤重算一遍").await?;
        self.app.screens(name).await?;
        self.app.expect_accessible(name).await?;
        self.app.client.active_element().await?.send_keys(&Key::Escape.to_string()).await?;
        self.app
            .wait_until(
                "the sheet to close",
                "!document.querySelector('[data-testid=step-value]')?.getClientRects().length",
            )
            .await
    }
}

fn find(list: &Value, is: impl Fn(&Value) -> bool) -> Value {
    list.as_array().into_iter().flatten().find(|item| is(item)).cloned().unwrap_or_default()
}

#[tokio::test]
async fn today_and_the_list_of_loans() -> anyhow::Result<()> {
    let sample = Sample::open().await?;
    sample.tab("/home", "下一步", "03-home").await?;
    sample.followed("forecast.breaks[0].short", "03-home-derivation").await?;
    sample.tab("/loans", "丙分期", "04-loans").await?;
    sample.page("/loans/new", "在哪里借的", "05-add-loan").await?;
    sample.app.stop().await
}

#[tokio::test]
async fn one_loan_from_every_side() -> anyhow::Result<()> {
    let sample = Sample::open().await?;
    let bing = sample.app.loan_named("丙分期").await?;
    sample.page(&format!("/loans/{bing}/owed"), "未还本金", "07-statement").await?;
    // Behind the figure stands its derivation, step by step.
    for button in ["[data-testid=explain-owed]", "[data-testid=derivation]"] {
        sample.app.client.wait().for_element(Locator::Css(button)).await?.click().await?;
    }
    sample.app.wait_for_text("照这些步骤重算一遍").await?;
    sample.app.screens("07-derivation").await?;
    sample.app.expect_accessible("07-derivation").await?;
    sample.app.client.active_element().await?.send_keys(&Key::Escape.to_string()).await?;
    sample.followed("limitation.ends", "07-limitation-derivation").await?;
    sample.page(&format!("/loans/{bing}/cost"), "实际收到", "06-loan-cost").await?;
    sample.followed("reference.legal_view.effective_payment", "06-cost-derivation").await?;
    sample.page(&format!("/loans/{bing}/plan"), "第 8 期", "06-loan-plan").await?;
    sample.page(&format!("/loans/{bing}/contacts"), "问清各项费用", "06-loan-contacts").await?;
    sample.page(&format!("/loans/{bing}/papers"), "BJ-XF-5520917", "06-loan-papers").await?;
    sample.page(&format!("/loans/{bing}/pay"), "还了多少", "06-loan-pay").await?;
    // With everything that can be added: the receipt, and what other loans get of it.
    let unfold =
        "document.querySelectorAll('button.fold[aria-expanded=false]').forEach((fold) => fold.click())";
    sample.app.client.execute(unfold, vec![]).await?;
    sample.app.wait_for_text("其中还它多少").await?;
    sample.app.screens("06-loan-pay-more").await?;
    sample.app.expect_accessible("06-loan-pay-more").await?;
    sample.app.stop().await
}

#[tokio::test]
async fn contacts_and_oneself() -> anyhow::Result<()> {
    let sample = Sample::open().await?;
    sample.tab("/contacts", "口头提出 18 期", "09-timeline").await?;
    sample.page("/contacts/log", "保存", "08-log-contact").await?;
    let view = sample.app.ask("list_contacts", json!({ "request": {} })).await?;
    let call = find(&view["contacts"], |c| c["summary"].as_str().is_some_and(|s| s.starts_with("口头提出")));
    let id = call["id"].as_str().unwrap_or_default();
    sample.page(&format!("/contacts/{id}"), "戊山小额贷款", "09-contact").await?;
    sample.app.press(Role::Button, "怎么核验").await?;
    sample.app.press(Role::Button, "现在核验").await?;
    sample.app.wait_for_text("条记录都没有改动").await?;
    sample.app.screens("09-evidence-check").await?;
    sample.app.expect_accessible("09-evidence-check").await?;
    sample.page("/contacts/log?kind=contract", "签署平台", "08-log-contract").await?;
    sample.tab("/me", "示例账本", "17-me").await?;
    for (route, text, name) in [
        ("/me/look", "字号", "17-me-look"),
        ("/me/privacy", "锁", "17-me-privacy"),
        ("/me/records", "记录", "17-me-records"),
        ("/me/about", "0.1.0", "17-me-about"),
        ("/me/scam-check", "防骗自查", "17-me-scam"),
        ("/contacts/suggestions", "待确认的付款", "09-suggestions"),
        ("/plans/letters", "文书", "14-letters"),
    ] {
        sample.page(route, text, name).await?;
    }
    sample.app.stop().await
}

#[tokio::test]
async fn plans_and_agreements() -> anyhow::Result<()> {
    let sample = Sample::open().await?;
    sample.tab("/plans", "2,593.00", "11-plans").await?;
    sample.page("/plans/capacity", "2,593.00", "10-capacity").await?;
    sample.followed("short", "10-capacity-derivation").await?;
    sample.page("/plans/offers", "戊借", "12-offers").await?;
    sample.page("/plans/requests", "戊借", "12-requests").await?;
    sample.page("/plans/reminders", "甲贷", "15-reminders").await?;
    let wu = sample.app.loan_named("戊借").await?;
    sample.app.go(&format!("/loans/{wu}/compare")).await?;
    sample.followed("ways[0].total_paid", "12-compare-derivation").await?;
    let agreements = sample.app.ask("list_agreements", json!({ "loanId": null })).await?;
    let id = agreements["agreements"][0]["id"].as_str().unwrap_or_default().to_owned();
    sample.page(&format!("/plans/agreements/{id}"), "丁卡", "13-agreement").await?;
    sample.app.stop().await
}

#[tokio::test]
async fn the_forms_that_change_something() -> anyhow::Result<()> {
    let sample = Sample::open().await?;
    let wu = sample.app.loan_named("戊借").await?;
    sample.page(&format!("/loans/{wu}/amend"), "修改戊借", "05-amend-loan").await?;
    sample.page(&format!("/loans/{wu}/close"), "结清或关闭", "05-close-loan").await?;
    let proposals = sample.app.ask("list_proposals", json!({ "loanId": wu })).await?;
    let request = proposals["proposals"][0]["id"].as_str().unwrap_or_default().to_owned();
    sample.page(&format!("/plans/requests/{request}"), "戊借", "12-request").await?;
    sample.page(&format!("/plans/agree?loan={wu}&proposal={request}"), "登记协议", "13-agree").await?;
    let view = sample.app.ask("list_contacts", json!({ "request": { "loan_id": wu } })).await?;
    let record = view["contacts"][0]["id"].as_str().unwrap_or_default().to_owned();
    sample.page(&format!("/contacts/{record}/correct"), "更正记录", "09-correct").await?;
    sample.page("/me/passphrase", "更换密码短语", "17-me-passphrase").await?;
    sample.page("/me/recovery-code", "换一份恢复码", "17-me-code").await?;
    sample.app.stop().await
}

#[tokio::test]
async fn reminders_time_limits_and_the_review() -> anyhow::Result<()> {
    let sample = Sample::open().await?;
    sample.page("/plans/reminders/check", "提醒体检", "15-reminder-check").await?;
    sample.page("/plans/reminders/settings", "什么时候提醒", "15-reminder-settings").await?;
    let all = sample.app.ask("list_reminders", json!({ "from": null, "to": null })).await?;
    let due = find(&all["reminders"], |one| one["kind"] == "loan_due");
    let key = due["key"].as_str().unwrap_or_default().to_owned();
    sample
        .page(&format!("/plans/reminders/settings/loan_due/{key}"), "这一件什么时候提醒", "15-one-thing")
        .await?;
    // One loan speaks ten days before its dues, and only it.
    let days = sample.app.client.wait().for_element(Locator::Css("[name=days]")).await?;
    let chips = "document.querySelectorAll('[data-testid=usual-days] [aria-pressed=true]').forEach((one) => one.click())";
    sample.app.client.execute(chips, vec![]).await?;
    days.clear().await?;
    days.send_keys("10").await?;
    sample.app.client.find(Locator::Css("[data-testid=save]")).await?.click().await?;
    sample.app.wait_until("the settings", "location.hash === '#/plans/reminders/settings'").await?;
    let settings = sample.app.ask("reminder_settings", json!({})).await?;
    let own = json!([{ "kind": "loan_due", "key": key, "stages": [-10] }]);
    assert_eq!(settings["settings"]["items"], own);
    sample.page("/plans/deadlines", "期限", "19-deadlines").await?;
    sample.page("/plans/deadlines/add", "收到", "19-add-deadline").await?;
    sample.followed("unrolled_last_day", "19-deadline-derivation").await?;
    sample.page("/plans/review", "复查", "20-review").await?;
    sample.app.stop().await
}
