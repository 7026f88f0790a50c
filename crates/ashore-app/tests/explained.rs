//! Every amount a page shows can be followed: its derivation ends in the very figure, and replaying the text of its
//! steps gives it again.
#![allow(clippy::unwrap_used, clippy::panic)] // in helpers of tests too

use ashore_app::ErrorCode;
use ashore_app::explain::ExplanationView;
use ashore_app::session::{App, Unlocked};
use ashore_engine::explain::{Explanation, Step, StepRounding, parse_exact};
use ashore_test_support::Home;
use serde_json::{Value, json};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn json_of(view: &impl serde::Serialize) -> Value {
    serde_json::to_value(view).unwrap()
}

fn sample(home: &Home) -> App<Unlocked> {
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    app
}

fn loan(app: &App<Unlocked>, name: &str) -> String {
    let loans = json_of(&app.list_loans().unwrap());
    let found = loans["loans"].as_array().unwrap().iter().find(|l| l["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

/// Every amount of a view with its place in it.
fn amounts(view: &Value, at: &str, found: &mut Vec<(String, String)>) {
    match view {
        Value::String(text) => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let is_amount = digits.split_once('.').is_some_and(|(yuan, fen)| {
                fen.len() == 2
                    && !yuan.is_empty()
                    && format!("{yuan}{fen}").bytes().all(|b| b.is_ascii_digit())
            });
            if is_amount {
                found.push((at.to_owned(), text.clone()));
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(k, item)| amounts(item, &format!("{at}[{k}]"), found));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, field)| {
            let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
            amounts(field, &at, found);
        }),
        _ => {}
    }
}

fn asked(app: &App<Unlocked>, page: &Value, path: &str) -> ExplanationView {
    let request = serde_json::from_value(json!({ "shown_on": page, "path": path })).unwrap();
    let explained = app.explain(&request);
    assert!(explained.is_ok(), "{path}: {explained:?}");
    explained.unwrap()
}

/// The derivation of a figure ends in it, and replays to it from the text alone.
fn follow(app: &App<Unlocked>, page: &Value, path: &str, shown: &str) {
    ends_in(&asked(app, page, path), path, shown);
}

fn ends_in(view: &ExplanationView, path: &str, shown: &str) {
    assert_eq!(view.path, path);
    assert_eq!(view.value, shown, "{path} is shown otherwise: {view:#?}");
    let steps = view.steps.iter().map(|step| Step {
        formula: step.formula.clone(),
        inputs: step.inputs.iter().map(|input| (input.name.clone(), input.value.clone())).collect(),
        rule: step.rule.clone(),
        rounding: StepRounding::named(step.rounding.as_deref()).unwrap(),
        value: step.value.clone(),
    });
    let again = Explanation { path: view.path.clone(), value: view.value.clone(), steps: steps.collect() };
    assert_eq!(again.replay().ok(), parse_exact(shown), "{path}: {:?}\n{again:#?}", again.replay());
}

/// Follows every amount of a view but those under `aside`, and gives their places.
fn follow_all(app: &App<Unlocked>, page: &Value, view: &Value, aside: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    amounts(view, "", &mut found);
    found.retain(|(path, _)| !aside.iter().any(|aside| path.contains(aside)));
    // Long tables are alike from row to row: one in six of them is enough.
    found.retain(|(path, _)| {
        let row = ["terms[", "loads["].iter().find_map(|table| path.split_once(table)?.1.split_once(']'));
        row.is_none_or(|(row, _)| row.parse::<usize>().is_ok_and(|row| row % 6 == 0))
    });
    for (path, shown) in &found {
        follow(app, page, path, shown);
    }
    found.into_iter().map(|(path, _)| path).collect()
}

fn has(places: &[String], wanted: &[&str]) {
    for path in wanted {
        assert!(places.iter().any(|place| place == path), "{path} is not among {places:?}");
    }
}

#[test]
fn every_amount_of_the_first_tab() {
    let home = Home::new();
    let app = sample(&home);
    let page = json!({ "page": "home" });
    let view = json_of(&app.home().unwrap());
    // The way down to the shore is a picture of dues and requests; the next step repeats a figure in words.
    let places = follow_all(&app, &page, &view, &["path.", "next_step"]);
    has(
        &places,
        &[
            "forecast.breaks[0].short",
            "forecast.lowest",
            "month.available",
            "month.still_due",
            "owed",
            "overdue.total",
        ],
    );
    for day in ["forecast.lowest_on", "forecast.breaks[0].warn_on"] {
        let shown = view.pointer(&format!("/{}", day.replace("[0].", "/0/").replace('.', "/"))).unwrap();
        follow(&app, &page, day, shown.as_str().unwrap());
    }
    // What is missing is followed due by due from the first on.
    assert!(asked(&app, &page, "forecast.breaks[0].short").steps.len() > 1);
    // The review shows the same forecast.
    assert_eq!(json_of(&app.review().unwrap().forecast), view["forecast"]);
}

#[test]
fn every_amount_of_a_loan() {
    let home = Home::new();
    let app = sample(&home);
    let names: Vec<String> = app.list_loans().unwrap().loans.iter().map(|card| card.name.clone()).collect();
    for name in names {
        let id = loan(&app, &name);
        for as_of in [None, Some("2026-12-31")].into_iter().take(if name == "丙分期" { 2 } else { 1 }) {
            let page = json!({ "page": "loan", "loan_id": id, "as_of": as_of });
            let whole = json_of(&app.loan(&id, as_of).unwrap());
            let mut view = json!({});
            for part in ["statement", "cost", "reference", "limitation"] {
                view[part] = whole[part].clone();
            }
            let per_bucket = [
                "].principal",
                "].interest",
                "].fees",
                "].late_charges",
                ".unpaid_parts.",
                ".enforcement_cost",
                ".trace.",
            ];
            let places = follow_all(&app, &page, &view, &per_bucket);
            has(&places, &["statement.outstanding.total", "statement.accrued_not_due", "statement.credit"]);
            for rate in ["cost.apr_nominal", "cost.apr_effective", "cost.xirr", "cost.apr_simple"] {
                if let Some(shown) =
                    whole.pointer(&format!("/{}", rate.replace('.', "/"))).and_then(Value::as_str)
                {
                    follow(&app, &page, rate, shown);
                }
            }
            for (k, line) in whole["reference"]["lines"].as_array().into_iter().flatten().enumerate() {
                follow(&app, &page, &format!("reference.lines[{k}].limit"), line["limit"].as_str().unwrap());
            }
        }
    }
    let bing = json!({ "page": "loan", "loan_id": loan(&app, "丙分期") });
    let places = json_of(&app.loan(&loan(&app, "丙分期"), None).unwrap().reference);
    follow(&app, &bing, "reference.cap_total", places["cap_total"].as_str().unwrap());
    follow(&app, &bing, "reference.legal_view.effective_payment", "1172.83");
    let line = asked(&app, &bing, "reference.lines[0].limit");
    let rule = line.rules.first().unwrap();
    assert!(
        !rule.source.is_empty() && !rule.as_of.is_empty(),
        "the rule behind it with source and date: {rule:?}"
    );
    let missing =
        serde_json::from_value(json!({ "shown_on": bing, "path": "statement.outstanding.dreams" })).unwrap();
    assert_eq!(app.explain(&missing).unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn every_day_of_a_limitation() {
    let home = Home::new();
    let mut app = home.created("2024-03-01T09:30:00+08:00");
    let form = json!({ "app": "甲花", "received": "6000", "payment": "1050", "terms": "6", "first_due": "2022-02-06",
        "terms_paid": "2" });
    let id = app.add_loan(&serde_json::from_value(form).unwrap()).unwrap().id;
    for on in ["2022-05-01", "2023-02-20", "2024-02-20"] {
        let payment = json!({ "loan_id": id, "on": on, "amount": "200" });
        app.add_payment(&serde_json::from_value(payment).unwrap()).unwrap();
    }
    let page = json!({ "page": "loan", "loan_id": id });
    let view = app.limitation(&id).unwrap().unwrap();
    follow(&app, &page, "limitation.started", &view.started);
    follow(&app, &page, "limitation.ends", &view.ends);
    let met: Vec<_> =
        view.events.iter().enumerate().filter_map(|(k, e)| Some((k, e.ends.clone()?))).collect();
    assert_eq!(met.len(), 2, "the payment before the last due met nothing: {:?}", view.events);
    for (k, ends) in met {
        follow(&app, &page, &format!("limitation.events[{k}].ends"), &ends);
    }
    let ends = asked(&app, &page, "limitation.ends");
    assert!(ends.rules.iter().any(|rule| rule.id == "LIM-GENERAL"), "{:?}", ends.rules);
}

#[test]
fn every_amount_of_a_worksheet_stored_or_being_filled_in() {
    let home = Home::new();
    let app = sample(&home);
    let stored = json_of(&app.capacity().unwrap().unwrap());
    let places = follow_all(&app, &json!({ "page": "capacity" }), &stored, &["form."]);
    has(
        &places,
        &["capacity", "surplus", "short", "contract_payments", "totals.other", "by_month[11].capacity"],
    );
    let form = json!({
        "income": [{ "name": "周薪", "amount": "777.77", "every": "week", "certainty": "variable" },
            { "name": "退税", "amount": "900", "every": "once", "on": "2026-12", "certainty": "one_off" }],
        "expenses": [{ "name": "房租", "class": "essential", "amount": "1500" },
            { "name": "聚餐", "class": "flexible", "amount": "99.99", "every": "biweek" },
            { "name": "保险", "class": "irregular", "amount": "1000", "every": "year" }],
        "priority": [{ "name": "赡养", "amount": "300" }],
    });
    let typed = serde_json::from_value(form.clone()).unwrap();
    let view = json_of(&app.preview_capacity(&typed).unwrap());
    assert_ne!(view["by_month"][0], view["by_month"][1]);
    follow_all(&app, &json!({ "page": "capacity", "form": form }), &view, &["form."]);
}

#[test]
fn every_amount_of_the_studio() {
    let home = Home::new();
    let app = sample(&home);
    let wu = loan(&app, "戊借");
    let settings = [
        json!({}),
        json!({ "terms_max": 60, "grace_max": 3, "waive_penalties": true, "cash_now": "500" }),
        json!({ "monthly": "3210.55", "terms_max": 48, "debts": [
            { "loan_id": wu, "rate_after": "4.35", "waiver": "123.45", "not_as_contract": true, "installment_min": "50" }] }),
        json!({ "monthly": "6000", "debts": [{ "loan_id": wu, "settlement": "5000", "settlement_until": "2027-06" }] }),
    ];
    for request in settings {
        let page = json!({ "page": "studio", "request": request });
        let view = json_of(&app.plan_studio(&serde_json::from_value(request.clone()).unwrap()).unwrap());
        assert_eq!(view["plans"].as_array().unwrap().len(), 5, "{request}");
        // A plan's reasons repeat its figures in words.
        let mut found = Vec::new();
        amounts(&view, "", &mut found);
        found.retain(|(path, _)| !path.contains(".lines["));
        // All at once: five plans are searched for each question.
        let question = serde_json::from_value(json!({ "shown_on": page, "path": "plans" })).unwrap();
        let explained = app.explain_beside(&question).unwrap();
        for (path, shown) in &found {
            let one = explained.iter().find(|one| one.path == *path);
            ends_in(one.unwrap_or_else(|| panic!("{path} is not explained")), path, shown);
        }
        follow(&app, &page, "plans[3].paid", view["plans"][3]["paid"].as_str().unwrap());
        let places: Vec<String> = found.into_iter().map(|(path, _)| path).collect();
        for plan in 0..5 {
            for figure in [
                "paid",
                "waived",
                "interest",
                "peak_month",
                "debts[0].first",
                "debts[0].total",
                "loads[0].left",
            ] {
                has(&places, &[&format!("plans[{plan}].{figure}")]);
            }
        }
        has(&places, &["monthly", "agreed_monthly", "contract_first_month", "owed"]);
    }
    let tight = json!({ "monthly": "1500", "terms_max": 12 });
    let view = app.plan_studio(&serde_json::from_value(tight.clone()).unwrap()).unwrap();
    let obstacle = json_of(&view.obstacle.unwrap());
    let page = json!({ "page": "studio", "request": tight });
    for name in ["needed", "available"] {
        follow(&app, &page, &format!("obstacle.{name}"), obstacle[name].as_str().unwrap());
    }
}

#[test]
fn every_amount_of_a_comparison() {
    let home = Home::new();
    let mut app = sample(&home);
    let save = json!({ "studio": { "terms_max": 60, "waive_penalties": true }, "objective": "lightest" });
    app.save_plan(&serde_json::from_value(save).unwrap()).unwrap();
    let mut compared = 0;
    for card in app.list_loans().unwrap().loans {
        let page = json!({ "page": "compare", "loan_id": card.id });
        let view = json_of(&app.compare_offers(&card.id).unwrap());
        let places = follow_all(&app, &page, &view, &[]);
        has(&places, &["claimed", "status_quo.total_paid", "status_quo.saving", "status_quo.added"]);
        for (k, way) in view["ways"].as_array().unwrap().iter().enumerate() {
            compared += 1;
            has(&places, &[&format!("ways[{k}].total_paid"), &format!("ways[{k}].peak_month")]);
            if let Some(rate) = way["xirr"].as_str() {
                follow(&app, &page, &format!("ways[{k}].xirr"), rate);
            }
        }
    }
    assert!(compared >= 2, "{compared} offers");
}

#[test]
fn every_day_of_a_time_limit_recorded_or_not() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let add = json!({ "rule": "DL-PAYMENT-ORDER", "starts_on": "2026-11-12" });
    let kept = app.add_deadline(&serde_json::from_value(add).unwrap()).unwrap();
    let recorded = json!({ "page": "deadline", "deadline_id": kept.id });
    let mut counted = vec![(recorded, kept)];
    for rule in app.list_deadline_rules().unwrap().rules {
        // Into the national holidays, so that a last day moves.
        for starts_on in ["2026-11-12", "2026-09-18", "2026-01-31"] {
            let view = app.preview_deadline(&rule.id, starts_on).unwrap();
            counted.push((json!({ "page": "new_deadline", "rule": rule.id, "starts_on": starts_on }), view));
        }
    }
    for (page, view) in &counted {
        follow(&app, page, "unrolled_last_day", &view.unrolled_last_day);
        follow(&app, page, "last_day", &view.last_day);
        for (name, days) in [("counted", &view.counted), ("alarms", &view.alarms)] {
            for (k, day) in days.iter().enumerate().take(40) {
                follow(&app, page, &format!("{name}[{k}]"), day);
            }
        }
        let explained = asked(&app, page, "last_day");
        assert!(explained.rules.iter().any(|rule| rule.id == view.rule.id), "its rule with source and date");
    }
    assert!(
        counted.iter().any(|(_, view)| view.last_day != view.unrolled_last_day),
        "one is moved by holidays"
    );
}

#[test]
fn every_amount_of_a_loan_that_is_only_offered() {
    let home = Home::new();
    let app = sample(&home);
    let request = json!({
        "received": "10000", "payment": "950", "terms": "12", "first_due": "2026-12-18", "lender_kind": "bank",
        "fees": [
            { "kind": "guarantee_fee", "amount": "40", "when": "each_term", "disclosed": "240" },
            { "kind": "service_fee", "amount": "300", "when": "upfront", "disclosed": "300" },
        ],
    });
    let page = json!({ "page": "borrowing", "request": request });
    let view = json_of(&app.preview_borrowing(&serde_json::from_value(request).unwrap()).unwrap());
    let places = follow_all(&app, &page, &view, &[]);
    has(
        &places,
        &[
            "repaid",
            "cost.total_cost",
            "cost.kept_back",
            "undisclosed[0].charged",
            "before.lowest",
            "after.lowest",
        ],
    );
    for rate in ["apr_nominal", "xirr"] {
        follow(&app, &page, &format!("cost.{rate}"), view["cost"][rate].as_str().unwrap());
    }
}
