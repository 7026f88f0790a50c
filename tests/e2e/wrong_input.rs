//! What a new user gets wrong, form by form in the real window: it is said at its field in Chinese, nothing of it is
//! kept, and the form goes through once it is put right.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::support::{App, Desktop, Home, Role};

/// What is typed into which field, and a part of what is said there.
type Slip = (&'static str, &'static str, &'static str);

struct Form<'a> {
    route: String,
    /// A choice that the form begins with.
    choice: Option<&'static str>,
    right: &'a [(&'static str, &'static str)],
    slips: &'a [Slip],
    save: &'static str,
    /// The page stays when it has saved.
    stays: bool,
}

const MONEY: &str = "请用数字写金额";
const NEEDED: &str = "这一项要填";
const NO_DATE: &str = "请写年月日";
const NO_SUCH_DAY: &str = "没有这一天";
const WHOLE: &str = "整数";
/// One sign more than a name may have.
const LONG: &str = "长";

/// The field, whether it says that it is wrong, and what stands there about it.
const SAID: &str = "
const field = document.querySelector(`[name='${arguments[0]}']`);
const said = document.getElementById((field?.getAttribute('aria-describedby') ?? '').split(' ')[0]);
return field?.getAttribute('aria-invalid') === 'true' ? (said?.textContent ?? '') : null;";

async fn entries(app: &App) -> anyhow::Result<Value> {
    Ok(app.ask("verify_evidence", json!({})).await?["count"].take())
}

/// Opens what is folded up until the field is there. A part that waits for what the page asked beside comes later.
async fn unfold(app: &App, field: &str) -> anyhow::Result<()> {
    let open = format!(
        "(document.querySelector(`[name='{field}']`)?.getClientRects().length \
            || document.querySelectorAll('button.fold[aria-expanded=false]').forEach((fold) => fold.click()))"
    );
    app.wait_until("the field among what is folded up", &open).await
}

async fn type_into(app: &App, field: &str, text: &str) -> anyhow::Result<()> {
    unfold(app, field).await?;
    let text = if text == LONG { LONG.repeat(201) } else { text.to_owned() };
    // A choice is made as its list would make it; the list itself is drawn by the desktop.
    let choose = "const list = document.querySelector(`select[name='${arguments[0]}']`);
        const found = [...(list?.options ?? [])].find((one) => one.textContent.trim() === arguments[1]);
        if (found) { list.value = found.value; list.dispatchEvent(new Event('change', { bubbles: true })); }
        return !!found;";
    if app.client.execute(choose, vec![json!(field), json!(text)]).await? == Value::Bool(true) {
        return Ok(());
    }
    app.retype(field, &text).await
}

async fn refused(app: &App, (field, typed, says): Slip) -> anyhow::Result<()> {
    let mut said = Value::Null;
    for _ in 0..100 {
        said = app.client.execute(SAID, vec![json!(field)]).await?;
        if said.as_str().is_some_and(|said| said.contains(says)) {
            let letters = said.to_string().chars().filter(char::is_ascii_alphabetic).count();
            ensure!(letters == 0, "{field} {typed:?}: English in {said}");
            return Ok(());
        }
        tokio::time::sleep(crate::support::LOOK).await;
    }
    app.fail(format!("{field} {typed:?}: wanted {says:?}, the field says {said}")).await
}

async fn try_form(app: &App, form: Form<'_>) -> anyhow::Result<()> {
    app.go(&form.route).await?;
    app.wait_until("the form", &format!("document.querySelector('[data-testid={}]')", form.save)).await?;
    if let Some(choice) = form.choice {
        app.press(Role::Radio, choice).await?;
    }
    for (field, text) in form.right {
        type_into(app, field, text).await?;
    }
    let before = entries(app).await?;
    for slip in form.slips {
        type_into(app, slip.0, slip.1).await?;
        app.press_id(form.save).await?;
        refused(app, *slip).await.with_context(|| form.route.clone())?;
        let right = form.right.iter().find(|(field, _)| *field == slip.0).map_or("", |(_, text)| *text);
        type_into(app, slip.0, right).await?;
    }
    ensure!(entries(app).await? == before, "{}: something of what was refused is kept", form.route);
    app.press_id(form.save).await?;
    let mut after = before.clone();
    for _ in 0..100 {
        after = entries(app).await?;
        if after != before {
            let left = format!("location.hash !== '#{}'", form.route);
            return if form.stays { Ok(()) } else { app.wait_until("the form to be left", &left).await };
        }
        tokio::time::sleep(crate::support::LOOK).await;
    }
    app.fail(format!("{}: put right, it is not kept: {after}", form.route)).await
}

#[tokio::test]
async fn loans_and_payments() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;
    let loan = app.loan_named("戊借").await?;
    let new = Form {
        route: "/loans/new".into(),
        choice: None,
        right: &[
            ("app", "辛贷"),
            ("received", "3万"),
            ("payment", "２，８３６．８"),
            ("terms", "１２"),
            ("terms_paid", "2"),
            ("first_due", "2026-05-18"),
        ],
        slips: &[
            ("app", "", NEEDED),
            ("app", LONG, "太长了"),
            ("received", "三万多", MONEY),
            ("received", "-5", "正数"),
            ("received", "10.005", "最多到分"),
            ("received", "1000000000000", "金额太大"),
            ("received", "\u{202e}123", MONEY),
            ("payment", "二千八", MONEY),
            ("payment", "10", "还不完"),
            ("terms", "十二", WHOLE),
            ("terms", "0", "1 到 600"),
            ("terms_paid", "13", "不会比总期数多"),
            ("first_due", "2026-13-01", NO_SUCH_DAY),
            ("first_due", "11月1日", NO_DATE),
            ("rate", "-3", "23.76"),
            ("contract_no", LONG, "太长了"),
        ],
        save: "save",
        stays: false,
    };
    try_form(&app, new).await?;
    let pay = Form {
        route: format!("/loans/{loan}/pay"),
        choice: None,
        right: &[("amount", "1,000.5"), ("on", "2026/11/1")],
        slips: &[
            ("amount", "", NEEDED),
            ("amount", "0", "大于零"),
            ("on", "2099-01-01", "最晚可填"),
            ("on", "1990-01-01", "不能晚于今天，也不能早于放款"),
            ("parts.0.amount", "abc", MONEY),
            ("lender_allocation.principal", "1.234", "最多到分"),
            ("channel", LONG, "太长了"),
        ],
        save: "save",
        stays: false,
    };
    try_form(&app, pay).await?;
    let close = Form {
        route: format!("/loans/{loan}/close"),
        choice: Some("协商后结清"),
        right: &[("on", "2026-11-18")],
        slips: &[("on", "", NEEDED), ("on", "2026-02-30", NO_SUCH_DAY), ("on", "2027-01-01", "最晚可填")],
        save: "close-now",
        stays: false,
    };
    try_form(&app, close).await?;
    app.stop().await
}

#[tokio::test]
async fn offers_parties_and_what_happened() -> anyhow::Result<()> {
    let (desktop, home) = (Desktop::open()?, Home::new()?);
    let app = App::in_sample(&desktop, &home).await?;
    let loan = app.loan_named("戊借").await?;
    let offer = Form {
        route: format!("/plans/cases/{loan}/offer"),
        choice: None,
        right: &[("terms", "18"), ("rate", "0")],
        slips: &[
            ("terms", "", NEEDED),
            ("terms", "900", "1 到 600"),
            ("rate", "abc", "0 以上"),
            ("balloon", "1.001", "最多到分"),
            ("first_due", "2026-10-01", "先后对不上"),
            ("deferral", "-1", WHOLE),
            ("waived_interest", "90000", "比现在欠的这一项多"),
            ("waived_late_fee", "90000", "比现在欠的这一项多"),
            ("expires_on", "2026-11-01", "先后对不上"),
        ],
        save: "save-offer",
        stays: false,
    };
    try_form(&app, offer).await?;
    let party = Form {
        route: format!("/plans/cases/{loan}/parties"),
        choice: None,
        right: &[("name", "某担保公司"), ("role", "担保方"), ("known_by", "合同第 3 页")],
        slips: &[("name", "", NEEDED), ("name", LONG, "太长了"), ("since", "2026-02-30", NO_SUCH_DAY)],
        save: "add-party",
        stays: true,
    };
    try_form(&app, party).await?;
    let hardship = Form {
        route: "/plans/hardship".into(),
        choice: None,
        right: &[("what", "厂里停工"), ("since", "2026-09-01")],
        slips: &[
            ("what", "", NEEDED),
            ("since", "2099-01-01", "最晚可填"),
            ("until", "明年", NO_DATE),
            ("income_now", "三千", MONEY),
        ],
        save: "save-hardship",
        stays: true,
    };
    try_form(&app, hardship).await?;
    let deadline = Form {
        route: "/plans/deadlines/add".into(),
        choice: None,
        right: &[("starts_on", "2026-11-10")],
        slips: &[("starts_on", "", NEEDED), ("starts_on", "2026-11-31", NO_SUCH_DAY)],
        save: "save",
        stays: false,
    };
    try_form(&app, deadline).await?;
    app.stop().await
}
