//! All debts together: a plan in figures that tie out, or a certificate with its remedies.

use std::io::Cursor;

use serde_json::{Value, json};

use super::{Question, run};

fn ask(line: &Value) -> Value {
    let mut output = Vec::new();
    run(Question::Plan, Cursor::new(line.to_string()), &mut output).unwrap();
    serde_json::from_slice(&output).unwrap()
}

/// Two debts of 1200.00 and 600.00 and what is laid over them.
fn question(change: Value) -> Value {
    let mut question = json!({
        "id": 1, "as_of": "2026-11-22", "first_month": "2026-12", "capacity": "300.00", "horizon_months": 12,
        "objective": "soonest",
        "debts": [
            {"id": "bank", "principal": "1000", "interest": "150", "penalty": "100", "terms_max": 12,
             "waivable": {"penalty": "0.5"}},
            {"id": "app", "principal": "600", "terms_max": 12, "grace_max": 3,
             "settlement": {"amount": "450", "until": "2027-05"}},
        ],
    });
    for (name, value) in change.as_object().unwrap() {
        question[name] = value.clone();
    }
    question
}

#[test]
fn a_plan_ties_out_in_every_figure() {
    let answer = ask(&question(json!({})));
    assert_eq!(
        (&answer["id"], &answer["feasible"], &answer["proof"]),
        (&json!(1), &json!(true), &json!("exact"))
    );
    // 1200 + 450 = 1650 at 300 a month: six months, the last with 150 to spare.
    assert_eq!(answer["objective_value"], json!({"last_month_index": 5, "paid": "1650.00"}));
    assert_eq!(answer["totals"], json!({"paid": "1650.00", "waived": "200.00", "interest": "0.00"}));
    assert_eq!((&answer["last_month"], &answer["asks"]), (&json!("2027-05"), &json!(2)));
    assert_eq!(answer["debts"][0]["waived"]["penalty"], "50.00");
    assert_eq!(answer["debts"][1]["kind"], "settlement");
    assert_eq!(answer["debts"][1]["waived"]["principal"], "150.00");
    assert_eq!(answer["months"].as_array().unwrap().len(), 12);
    assert!(answer.get("bound").is_none());
    let objectives: Vec<&Value> =
        answer["alternatives"].as_array().unwrap().iter().map(|a| &a["objective"]).collect();
    assert_eq!(objectives, ["lightest", "pro_rata", "fewest_asks", "cheapest"]);
    assert_eq!(answer["alternatives"][1]["objective_value"], json!({"last_month_index": 5, "grace": 0}));
    let explanation = answer["explanation"].as_array().unwrap();
    assert_eq!(explanation[0]["code"], "ends");
    assert_eq!(
        explanation[1],
        json!({
            "code": "not_sooner", "end": "2027-04", "month": "2027-04", "needed": "1650.00", "available": "1500.00",
            "text": "It cannot end in 2027-04 or before: that would need 1650.00 by the end of 2027-04, and there is 1500.00.",
        })
    );
    assert_eq!(explanation.last().unwrap()["code"], "request_only");
}

#[test]
fn figures_come_with_their_steps_when_asked() {
    let answer = ask(&question(json!({"explain": true})));
    let find = |path: &str| {
        let all = answer["explain"].as_array().unwrap();
        all.iter().find(|one| one["path"] == path).cloned().unwrap_or_default()
    };
    let penalty = find("debts[0].waived.penalty");
    assert_eq!(
        (&penalty["value"], &penalty["steps"][0]["rounding"]),
        (&json!("50.00"), &json!("half_up_fen"))
    );
    assert_eq!(find("debts[0].rows[0].amount")["steps"][0]["formula"], "(balance - remainder) / terms");
    assert_eq!(find("months[5].cash_after")["value"], answer["months"][5]["cash_after"]);
    assert!(ask(&question(json!({}))).get("explain").is_none());
}

#[test]
fn no_plan_comes_with_a_proof_and_what_would_help() {
    let answer = ask(&question(json!({"capacity": "100.00", "horizon_months": 6, "objective": "lightest"})));
    assert_eq!((&answer["feasible"], &answer["proof"]), (&json!(false), &json!("exact")));
    let certificate = &answer["certificate"];
    // 200.00 a month for the bank alone, while the other debt waits three months.
    assert_eq!(
        (&certificate["month"], &certificate["needed"], &certificate["available"]),
        (&json!("2026-12"), &json!("200.00"), &json!("100.00"))
    );
    assert_eq!(
        certificate["because"][1],
        json!({"code": "needs", "debt": "bank", "kind": "instalments", "amount": "200.00",
               "text": "bank needs 200.00 by then, in instalments."})
    );
    // 1200 in six instalments and 450 settled with the last: 275 a month.
    assert_eq!(answer["smallest_extra_capacity"], "175.00");
    // 600 in all, 450 of them for the settlement.
    assert_eq!(answer["smallest_waiver"], json!({"debt": "bank", "amount": "1050.00"}));
    let impossible = ask(&question(json!({"debts": [{"id": "x", "principal": "1"}]})));
    assert_eq!(impossible["certificate"]["month"], Value::Null);
    assert_eq!(impossible["certificate"]["because"][0]["code"], "no_way_to_pay");
    assert_eq!(impossible["findings"][0], json!({"code": "no_way_to_pay", "debt": "x"}));
}

#[test]
fn a_bad_question_is_refused_by_field() {
    let debt = json!({"id": "a", "principal": "1", "terms_max": 1});
    for (change, code, start) in [
        (json!({"capacity": ["1", "2"]}), "count_out_of_range", "capacity: 2 months"),
        (json!({"capacity": "-1"}), "amount_out_of_range", "capacity: "),
        (json!({"capacity": 5}), "bad_request", ""),
        (json!({"horizon_months": 0}), "count_out_of_range", "horizon_months: "),
        (json!({"debts": []}), "field_missing", "debts: "),
        (json!({"debts": [debt, debt]}), "bad_request", "debts: the id \"a\""),
        (
            json!({"debts": [{"id": "a", "principal": "1", "terms_max": 601}]}),
            "count_out_of_range",
            "debts[0].terms_max",
        ),
        (
            json!({"debts": [{"id": "a", "waivable": {"fees": "1.5"}}]}),
            "rate_out_of_range",
            "debts[0].waivable.fees",
        ),
        (json!({"debts": [{"id": "a", "rate_after": "101"}]}), "rate_out_of_range", "debts[0].rate_after"),
        (json!({"debts": [{"id": "a", "surprise": 1}]}), "field_unknown", ""),
        (
            json!({"debts": [{"id": "a", "settlement": {"amount": "1", "until": "2026-13"}}]}),
            "date_impossible",
            "debts[0].settlement.until",
        ),
        (json!({"objective": "fastest"}), "bad_request", ""),
    ] {
        let answer = ask(&question(change.clone()));
        assert_eq!(answer["error"]["code"], code, "{change}: {answer}");
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(message.starts_with(start), "{change}: {message}");
    }
}
