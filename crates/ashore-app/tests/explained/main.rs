//! Every amount a page shows can be followed: its derivation ends in the very figure, and replaying the text of its
//! steps gives it again.
#![allow(clippy::unwrap_used, clippy::panic)] // in helpers of tests too

mod ask;
mod offers;

use ashore_app::ErrorCode;
use ashore_test_support::Home;
use serde_json::{Value, json};

use ask::{NOW, amounts, asked, ends_in, follow, follow_all, has, json_of, loan, sample};

#[test]
fn every_amount_of_the_first_tab() {
    let home = Home::new();
    let app = sample(&home);
    let page = json!({ "page": "home" });
    let view = json_of(&app.home().unwrap());
    // The next step repeats a figure in words.
    let places = follow_all(&app, &page, &view, &["next_step"]);
    has(
        &places,
        &[
            "forecast.breaks[0].short",
            "forecast.lowest",
            "month.available",
            "month.still_due",
            "owed",
            "overdue.total",
            "path.total",
            "path.points[0].paid",
            "path.points[0].left",
            "upcoming[0].amount",
            "loans[0].card.owed",
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
            // What an event of the limitation was read from repeats its own entry.
            let places = follow_all(&app, &page, &view, &[".trace."]);
            let first = ["principal", "interest", "fees", "late_charges", "unpaid_parts.penalty"];
            let first = first.map(|name| format!("statement.terms[0].{name}"));
            has(&places, &first.each_ref().map(String::as_str));
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
fn every_amount_of_fees_beside_their_sheet() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let form = json!({ "app": "庚贷", "received": "10000", "payment": "950", "terms": "12", "first_due": "2026-12-18",
        "lender_kind": "bank", "contract_date": "2026-11-18", "fees": [
            { "kind": "guarantee_fee", "amount": "40", "when": "each_term", "disclosed": "240" },
            { "kind": "service_fee", "amount": "300", "when": "upfront", "disclosed": "300" }] });
    let id = app.add_loan(&serde_json::from_value(form).unwrap()).unwrap().id;
    let page = json!({ "page": "loan", "loan_id": id });
    let view = json!({ "disclosure": json_of(&app.loan(&id, None).unwrap().disclosure) });
    let places = follow_all(&app, &page, &view, &[]);
    has(
        &places,
        &["disclosure.fees[0].charged", "disclosure.fees[0].disclosed", "disclosure.fees[0].beyond"],
    );
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
    let page = json!({ "page": "capacity", "form": form });
    follow_all(&app, &page, &view, &["form."]);
    // A line is called as it was typed, not by its number.
    let income = asked(&app, &page, "totals.income");
    let called: Vec<&str> =
        income.steps.iter().flat_map(|step| &step.inputs).filter_map(|i| i.called.as_deref()).collect();
    assert!(called.contains(&"周薪"), "{called:?}");
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
}

/// What is missing and what would help, where there is no plan: found by trying, and both sides of it are told.
#[test]
fn every_amount_of_what_would_help() {
    let home = Home::new();
    let app = sample(&home);
    let wu = loan(&app, "戊借");
    let (mut places, mut waivers, mut beyond) = (Vec::new(), 0, 0);
    for (monthly, asked_already) in [("1500", None), ("4000", None), ("4700", Some("100")), ("4700", None)] {
        let debts =
            asked_already.map(|waiver| json!([{ "loan_id": wu, "waiver": waiver }])).unwrap_or(json!([]));
        let tight = json!({ "monthly": monthly, "terms_max": 12, "debts": debts });
        let view = app.plan_studio(&serde_json::from_value(tight.clone()).unwrap()).unwrap();
        let Some(obstacle) = view.obstacle else { continue };
        let page = json!({ "page": "studio", "request": tight });
        let shown = json!({ "obstacle": json_of(&obstacle) });
        let found = follow_all(&app, &page, &shown, &[".because["]);
        has(&found, &["obstacle.needed", "obstacle.smallest_extra_capacity", "obstacle.enough_monthly"]);
        let extra = asked(&app, &page, "obstacle.smallest_extra_capacity");
        let less = Some("a fen less every month: still short");
        let tried = extra.steps.iter().find(|step| step.rule.as_deref() == less).unwrap();
        assert!(!tried.value.starts_with('-') && tried.value != "0", "{extra:?}");
        waivers += usize::from(obstacle.smallest_waiver.is_some());
        beyond += usize::from(obstacle.smallest_waiver != obstacle.enough_waiver);
        places.extend(found);
    }
    has(&places, &["obstacle.smallest_waiver", "obstacle.enough_waiver"]);
    assert!(waivers > 0, "{waivers} waivers, {beyond} beyond what is asked already");
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
