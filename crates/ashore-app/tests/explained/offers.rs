//! Offers beside one another, what each comes to, and what is said before it is made.

use ashore_test_support::Home;
use serde_json::{Value, json};

use crate::ask::{amounts, asked, follow, follow_all, has, json_of, loan, sample};

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

/// The effect of what is typed and of what was made, in every figure that either shows.
#[test]
fn every_amount_of_what_an_offer_comes_to() {
    let home = Home::new();
    let mut app = sample(&home);
    let wu = loan(&app, "戊借");
    for (terms, more) in [
        (json!([{ "kind": "individual_instalment", "terms": 24, "rate": "0" }]), json!({})),
        (json!([{ "kind": "term_extension", "terms": 36 }]), json!({ "waived": { "interest": "12.34" } })),
        (json!([{ "kind": "deferral", "months": 2 }]), json!({})),
        (json!([{ "kind": "lump_sum_settlement", "amount": "3000", "until": "2026-12-20" }]), json!({})),
    ] {
        let mut request = json!({ "loan_id": wu, "terms": terms });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let page = json!({ "page": "new_offer", "request": request });
        let view = app.preview_proposal(&serde_json::from_value(request.clone()).unwrap());
        assert!(view.is_ok(), "{request}: {view:?}");
        let view = json_of(&view.unwrap());
        let places = follow_all(&app, &page, &view, &[]);
        has(
            &places,
            &["total", "saving", "open", "peak_month", "revived", "rows[0].amount", "claimed.total"],
        );
        if let Some(rate) = view["xirr"].as_str() {
            follow(&app, &page, "xirr", rate);
        }
        for day in ["ends", "ends_after"] {
            let path = format!("limitation.{day}");
            follow(&app, &page, &path, view["limitation"][day].as_str().unwrap());
        }
    }
    let request =
        json!({ "loan_id": wu, "terms": [{ "kind": "individual_instalment", "terms": 6, "rate": "0" }] });
    let kept = app.add_proposal(&serde_json::from_value(request).unwrap()).unwrap();
    let page = json!({ "page": "offer", "proposal_id": kept.id });
    let view = json_of(&app.offer_detail(&kept.id).unwrap());
    let effect = json!({ "effect": view["effect"] });
    let places = follow_all(&app, &page, &effect, &[]);
    has(&places, &["effect.total", "effect.first_break.short"]);
    let short = asked(&app, &page, "effect.first_break.short");
    assert!(short.steps.len() > 1, "due by due: {short:?}");
    let mut all = Vec::new();
    amounts(&effect, "", &mut all);
    assert!(all.len() > 12, "{all:?}");
}

/// The last day before and after an act is counted in the open, by the rule that names it.
#[test]
fn both_days_of_what_is_said_before_an_act() {
    let home = Home::new();
    let mut app = home.created("2026-11-18T09:30:00+08:00");
    let form = json!({ "app": "甲花", "received": "6000", "payment": "1050", "terms": "6", "first_due": "2022-02-06",
        "terms_paid": "2" });
    let late = app.add_loan(&serde_json::from_value(form).unwrap()).unwrap().id;
    let form = json!({ "app": "乙贷", "received": "6000", "payment": "1050", "terms": "6", "first_due": "2024-02-06" });
    let runs = app.add_loan(&serde_json::from_value(form).unwrap()).unwrap().id;
    let mut changed = 0;
    for loan in [&late, &runs] {
        for step in ["payment", "deferral_request", "repayment_plan", "promise_to_pay", "repayment_agreement"]
        {
            let view: Value =
                json_of(&app.limitation_effect(loan, serde_json::from_value(json!(step)).unwrap()).unwrap());
            let page = json!({ "page": "limitation_effect", "loan_id": loan, "step": step });
            for name in ["ends", "ends_after"] {
                follow(&app, &page, name, view[name].as_str().unwrap());
            }
            let after = asked(&app, &page, "ends_after");
            assert!(after.rules.iter().any(|rule| rule.id == "LIM-GENERAL"), "{:?}", after.rules);
            changed += usize::from(view["ends"] != view["ends_after"]);
        }
    }
    assert!(changed >= 5, "{changed} acts begin the time anew");
}
