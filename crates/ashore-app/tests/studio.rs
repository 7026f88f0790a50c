//! All debts together: five plans, what stands in the way, the reference line and the forecast.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::ErrorCode;
use ashore_app::clock::Clock;
use ashore_app::plans::{SavePlanRequest, StudioRequest};
use ashore_app::session::{App, Unlocked};
use ashore_app::words::PlanObjective;
use ashore_test_support::Home;
use serde_json::{Value, json};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn json_of(view: &impl serde::Serialize) -> Value {
    serde_json::to_value(view).unwrap()
}

fn fen(value: &Value) -> i64 {
    value.as_str().unwrap().replace('.', "").parse().unwrap()
}

/// In the order of the studio.
const PLANS: [PlanObjective; 5] = [
    PlanObjective::Soonest,
    PlanObjective::Lightest,
    PlanObjective::ProRata,
    PlanObjective::FewestAsks,
    PlanObjective::Cheapest,
];

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn studio(value: Value) -> StudioRequest {
    serde_json::from_value(value).unwrap()
}

#[test]
fn five_plans_that_never_overspend_a_month() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let view = json_of(&app.plan_studio(&studio(json!({"terms_max": 60, "grace_max": 3}))).unwrap());
    let plans = view["plans"].as_array().unwrap();
    let objectives: Vec<&str> = plans.iter().map(|p| p["objective"].as_str().unwrap()).collect();
    assert_eq!(objectives, ["soonest", "lightest", "pro_rata", "fewest_asks", "cheapest"]);
    assert_eq!(view["agreed_monthly"], "750.00", "what is agreed is kept first");
    assert_eq!(fen(&view["monthly"]) + 75_000, 259_300);
    for plan in plans {
        let loads = plan["loads"].as_array().unwrap();
        let mut cash = 0;
        for load in loads {
            cash += fen(&load["capacity"]) - fen(&load["paid"]);
            assert_eq!(fen(&load["cash_after"]), cash);
            assert!(cash >= 0, "{}", plan["objective"]);
        }
        let paid: i64 = loads.iter().map(|load| fen(&load["paid"])).sum();
        let debts: i64 = plan["debts"].as_array().unwrap().iter().map(|d| fen(&d["total"])).sum();
        assert_eq!((paid, debts), (fen(&plan["paid"]), fen(&plan["paid"])), "months and debts tie out");
        assert_eq!(loads.last().unwrap()["left"], "0.00");
    }
    let soonest = &plans[0];
    assert!(plans.iter().all(|p| p["months"].as_u64() >= soonest["months"].as_u64()));
    assert!(soonest["lines"].as_array().unwrap().iter().any(|line| line["code"] == "request_only"));
    assert_eq!(app.list_proposals(None).unwrap().proposals.len(), 1, "nothing is stored");
}

#[test]
fn one_plan_comes_in_full_and_the_others_with_their_figures() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let settings = studio(json!({"terms_max": 60, "grace_max": 3}));
    let whole = json_of(&app.plan_studio(&settings).unwrap());
    for (place, objective) in PLANS.into_iter().enumerate() {
        let drawn = json_of(&app.plan_studio_drawn(&settings, objective).unwrap());
        for (k, (plan, full)) in std::iter::zip(list(&drawn["plans"]), list(&whole["plans"])).enumerate() {
            let mut expected = full.clone();
            if k != place {
                ["debts", "loads", "lines"].into_iter().for_each(|part| expected[part] = json!([]));
            }
            assert_eq!(*plan, expected, "{objective:?}, plan {k}");
        }
        let alike =
            list(&whole["plans"])[..place].iter().find(|p| p["debts"] == whole["plans"][place]["debts"]);
        let same = alike.map_or(Value::Null, |plan| plan["objective"].clone());
        assert_eq!(whole["plans"][place]["same_as"], same);
    }
}

#[test]
fn what_is_recorded_between_two_moves_counts_in_the_next() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let owed = |app: &App<Unlocked>| fen(&json_of(&app.plan_studio(&studio(json!({}))).unwrap())["owed"]);
    let first = owed(&app);
    assert_eq!(owed(&app), first);
    let loans = json_of(&app.list_loans().unwrap());
    let loan = loans["loans"].as_array().unwrap().iter().find(|one| one["name"] == "戊借").unwrap();
    let payment = json!({ "loan_id": loan["id"], "on": "2026-11-18", "amount": "100.00" });
    let paid = app.add_payment(&serde_json::from_value(payment).unwrap()).unwrap();
    assert_eq!(owed(&app), first - 10_000);
    let void = json!({ "payment_id": paid.id, "reason": "记错了" });
    app.void_payment(&serde_json::from_value(void).unwrap()).unwrap();
    assert_eq!(owed(&app), first);
    app.set_clock(Clock::fixed("2026-12-18T09:30:00+08:00").unwrap());
    assert!(owed(&app) > first, "a month later penalties have grown");
}

#[test]
fn a_saved_plan_is_a_set_of_requests() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let before = json_of(&app.list_reminders(None, None).unwrap());
    let request = SavePlanRequest {
        studio: studio(json!({"terms_max": 60, "waive_penalties": true})),
        objective: PlanObjective::Lightest,
        note: None,
    };
    let saved = json_of(&app.save_plan(&request).unwrap());
    let new: Vec<&Value> = saved["proposals"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["made_at"].as_str() == Some("2026-11-18T09:30:00+08:00"))
        .collect();
    assert!(new.len() >= 2, "several lenders are asked");
    assert!(new.iter().all(|p| p["state"] == "requested"));
    assert!(new.iter().any(|p| p["waived"]["penalty"] != "0.00"), "penalties are asked to be given up");
    assert_eq!(json_of(&app.list_reminders(None, None).unwrap()), before, "contracts go on");
}

#[test]
fn where_there_is_no_plan_the_way_out_is_named() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let tight = studio(json!({"monthly": "1500", "terms_max": 12}));
    let view = json_of(&app.plan_studio(&tight).unwrap());
    assert_eq!(view["plans"], json!([]));
    let obstacle = &view["obstacle"];
    assert!(fen(&obstacle["needed"]) > fen(&obstacle["available"]));
    let extra = fen(&obstacle["smallest_extra_capacity"]);
    let enough = format!("{}.{:02}", (150_000 + extra) / 100, (150_000 + extra) % 100);
    let helped = json_of(&app.plan_studio(&studio(json!({"monthly": enough, "terms_max": 12}))).unwrap());
    assert!(!helped["plans"].as_array().unwrap().is_empty(), "the named amount is enough");
    let request = SavePlanRequest { studio: tight, objective: PlanObjective::Soonest, note: None };
    assert_eq!(app.save_plan(&request).unwrap_err().code, ErrorCode::NoPlan);
}

#[test]
fn both_remedies_named_are_enough() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    for monthly in ["1500", "5500", "5700"] {
        let view = json_of(&app.plan_studio(&studio(json!({"monthly": monthly, "terms_max": 12}))).unwrap());
        let obstacle = &view["obstacle"];
        let helped = json!({"monthly": obstacle["enough_monthly"], "terms_max": 12});
        let plans = json_of(&app.plan_studio(&studio(helped)).unwrap())["plans"].clone();
        assert!(!plans.as_array().unwrap().is_empty(), "{obstacle}");
        let Some(loan) = obstacle["smallest_waiver_loan_id"].as_str() else { continue };
        let asked = json!([{"loan_id": loan, "waiver": obstacle["enough_waiver"], "not_as_contract": true}]);
        let helped = json!({"monthly": monthly, "terms_max": 12, "debts": asked});
        let view = json_of(&app.plan_studio(&studio(helped)).unwrap());
        let soonest = &view["plans"][0];
        let debts = soonest["debts"].as_array().unwrap();
        let debt = debts.iter().find(|debt| debt["loan_id"].as_str() == Some(loan)).unwrap();
        assert_eq!(debt["waived"], obstacle["smallest_waiver"], "to the fen");
    }
}

#[test]
fn every_plan_says_why_and_what_the_contracts_ask_for() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let view = json_of(&app.plan_studio(&studio(json!({"terms_max": 60, "grace_max": 3}))).unwrap());
    for plan in view["plans"].as_array().unwrap() {
        let codes: Vec<&str> =
            plan["lines"].as_array().unwrap().iter().map(|line| line["code"].as_str().unwrap()).collect();
        assert_eq!((codes.first(), codes.last()), (Some(&"ends"), Some(&"request_only")));
        let loads = plan["loads"].as_array().unwrap();
        assert!(fen(&loads[0]["contract"]) > fen(&loads[0]["capacity"]), "why there has to be a plan");
        assert!(fen(&loads[0]["contract"]) < fen(&view["contract_first_month"]), "what is late is left out");
        let largest = |load: &Value| {
            ["paid_share", "capacity_share", "contract_share"]
                .map(|key| load[key].as_u64().unwrap())
                .into_iter()
                .max()
        };
        assert_eq!(loads.iter().filter_map(largest).max(), Some(10_000));
    }
}

#[test]
fn a_loan_lies_beside_the_line_that_fits_it() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let loans = json_of(&app.list_loans().unwrap());
    let of = |name: &str| {
        let id = loans["loans"].as_array().unwrap().iter().find(|l| l["name"] == name).unwrap()["id"].clone();
        json_of(&app.loan(id.as_str().unwrap(), None).unwrap())["reference"].clone()
    };
    let bing = of("丙分期");
    let line = &bing["lines"][0];
    assert_eq!((line["limit"].as_str(), line["verdict"].as_str()), (Some("0.24"), Some("above")), "{bing}");
    assert!(line["source"].as_str().is_some_and(|s| !s.is_empty()) && line["rule_as_of"].is_string());
    let legal = &bing["legal_view"];
    assert_eq!(
        (legal["effective_principal"].as_str(), legal["principal"].as_str()),
        (Some("18800.00"), Some("20000.00"))
    );
    assert_eq!(
        (legal["payment"].as_str(), legal["effective_payment"].as_str()),
        (Some("1247.70"), Some("1172.83"))
    );
    assert_eq!(
        (legal["interest"].as_str(), legal["effective_interest"].as_str()),
        (Some("2458.51"), Some("2311.02"))
    );
    assert_eq!(of("己贷"), Value::Null, "a bare balance has no cost to compare");
}

#[test]
fn the_forecast_names_the_first_due_that_fails() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let forecast = json_of(&app.home().unwrap().forecast);
    let first = &forecast["breaks"][0];
    assert_eq!(first["loan_name"], "甲贷", "{forecast}");
    assert!(fen(&first["short"]) > 0 && fen(&forecast["lowest"]) < 0);
    assert!(forecast["count"].as_u64().unwrap() >= 5);
}
