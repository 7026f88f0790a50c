//! What can be paid, what will fail, and which way out costs what.

use std::io::Cursor;

use serde_json::{Value, json};

use super::{Question, run};

fn ask(question: Question, line: &Value) -> Value {
    let mut output = Vec::new();
    run(question, Cursor::new(line.to_string()), &mut output).unwrap();
    serde_json::from_slice(&output).unwrap()
}

#[test]
fn a_worksheet_gives_capacity_by_month() {
    let answer = ask(
        Question::Capacity,
        &json!({
            "id": "household", "first_month": "2026-12", "months": 3,
            "income": [
                {"amount": "6000", "every": "month", "certainty": "fixed"},
                {"amount": "300", "every": "week", "certainty": "variable"},
                {"amount": "2000", "every": "once", "on": "2027-01", "certainty": "one_off"},
            ],
            "expenses": [
                {"class": "essential", "amount": "3000", "every": "month"},
                {"class": "flexible", "amount": "400", "every": "biweek"},
                {"class": "irregular", "amount": "1000", "every": "year"},
            ],
            "priority": [{"amount": "500", "every": "month"}],
            "contract_payments": "4000",
            "changes": [{"from": "2027-02", "income": "-10000"}, {"from": "2027-02", "expense": "+5"}],
        }),
    );
    // 6000 + 1300 − 3000 − 866.67 − 83.33 − 500 − 300 (a tenth of what is essential).
    assert_eq!(
        answer,
        json!({
            "id": "household", "status": "needs_relief", "net_income": "7300.00", "essential": "3000.00",
            "buffer": "300.00", "surplus": "2550.00", "capacity": "2550.00",
            "by_month": [
                {"month": "2026-12", "capacity": "2550.00"},
                {"month": "2027-01", "capacity": "4550.00"},
                {"month": "2027-02", "capacity": "0.00"},
            ],
            "ratios": {"dti": "0.616438356164", "essential_ratio": "0.410958904110"},
            "findings": [{"code": "nothing_left_in", "month": "2027-02"}],
        })
    );
}

#[test]
fn worksheets_that_are_none() {
    let sheet = |name: &str, value: Value| {
        let mut sheet = json!({"first_month": "2026-12", "months": 1});
        sheet[name] = value;
        sheet
    };
    let income = |change: Value| {
        let mut line = json!({"amount": "1", "every": "month", "certainty": "fixed"});
        line.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        sheet("income", json!([line]))
    };
    for (question, code, field) in [
        (sheet("months", json!(0)), "count_out_of_range", "months: "),
        (sheet("first_month", json!("2026-13")), "date_impossible", "first_month: "),
        (income(json!({"amount": "-1"})), "amount_out_of_range", "income[0].amount: "),
        (income(json!({"every": "once"})), "field_missing", "income[0].on: "),
        (income(json!({"on": "2026-12"})), "bad_request", "income[0].on: "),
        (income(json!({"every": "daily"})), "bad_request", "income[0].every: "),
        (income(json!({"name": "wage"})), "field_unknown", "income[0]"),
        (sheet("buffer", json!("-1")), "amount_out_of_range", "buffer: "),
        (sheet("changes", json!([{"from": "2026-12", "to": "2026-11"}])), "date_order", "changes[0].to: "),
    ] {
        let answer = ask(Question::Capacity, &question);
        assert_eq!(answer["error"]["code"], code, "{answer}");
        assert!(answer["error"]["message"].as_str().unwrap().starts_with(field), "{answer}");
    }
}

#[test]
fn the_due_that_fails_is_named() {
    let answer = ask(
        Question::Forecast,
        &json!({
            "id": 1, "as_of": "2026-11-22", "cash_now": "200",
            "capacity": [{"month": "2026-12", "amount": "1000"}],
            "dues": [
                {"loan": "B", "due": "2027-01-05", "amount": "100"},
                {"loan": "A", "due": "2026-12-25", "amount": "1250"},
            ],
        }),
    );
    assert_eq!(
        answer,
        json!({
            "id": 1,
            "breaks": [
                {"due": "2026-12-25", "loan": "A", "short": "50.00", "warn_on": "2026-11-25"},
                {"due": "2027-01-05", "loan": "B", "short": "100.00", "warn_on": "2026-12-06"},
            ],
            "lowest_cash": {"date": "2027-01-05", "amount": "-150.00"},
            "findings": [{"code": "capacity_unknown", "month": "2027-01"}],
        })
    );
    let twice = json!({"as_of": "2026-11-22", "dues": [], "capacity": [
        {"month": "2026-12", "amount": "1"}, {"month": "2026-12", "amount": "2"},
    ]});
    assert_eq!(ask(Question::Forecast, &twice)["error"]["message"], "capacity: 2026-12 stands there twice");
}

#[test]
fn proposals_lie_beside_the_status_quo() {
    let answer = ask(
        Question::Compare,
        &json!({
            "id": "c", "as_of": "2026-11-30", "capacity": "4800",
            "debt": {
                "id": "d", "principal": "9000", "interest": "600", "penalty": "400", "terms_max": 12,
                "penalty_rate": {"value": "0.18", "per": "year"},
            },
            "proposals": [
                {"id": "two", "waived": {"penalty": "400"}, "rows": [
                    {"month": "2026-12", "amount": "4800"}, {"month": "2027-01", "amount": "4800"},
                ], "conditions": ["waiver_lapses_on_breach"]},
                {"id": "settle", "waived": {"penalty": "400", "interest": "600"}, "rows": [
                    {"month": "2027-01", "amount": "8000"},
                ]},
            ],
        }),
    );
    let two = &answer["proposals"][0];
    assert_eq!(
        (&two["id"], &two["total_paid"], &two["saving_against_claimed"], &two["peak_month"], &two["end"]),
        (&json!("two"), &json!("9600.00"), &json!("400.00"), &json!("4800.00"), &json!("2027-01"))
    );
    assert_eq!(two["fits_capacity"], true);
    assert_eq!(two["if_broken"], json!({"revived": "400.00", "reason": "waiver_lapses"}));
    let settle = &answer["proposals"][1];
    assert_eq!(settle["if_broken"], json!({"revived": "1000.00", "reason": "breach_not_agreed"}));
    assert_eq!(
        answer["findings"],
        json!([{"code": "rows_below_balance", "proposal": "settle", "open": "1000.00"}])
    );
    // 9000 × 18 % / 360 × 62 days.
    let wait = &answer["status_quo"];
    assert_eq!((&wait["added"], &wait["total_paid"]), (&json!("279.00"), &json!("10279.00")));
    assert_eq!(wait["saving_against_claimed"], "-279.00");
    assert_eq!(wait["fits_capacity"], false);
}

#[test]
fn proposals_that_are_none() {
    let ask = |proposal: Value| {
        let debt = json!({"principal": "100", "penalty": "5"});
        ask(Question::Compare, &json!({"as_of": "2026-11-30", "debt": debt, "proposals": [proposal]}))
    };
    let rows = json!([{"month": "2026-12", "amount": "100"}]);
    for (proposal, code, field) in [
        (json!({"id": "p", "rows": []}), "field_missing", "proposals[0].rows: "),
        (
            json!({"id": "p", "rows": [{"month": "2026-10", "amount": "1"}]}),
            "date_order",
            "proposals[0].rows: ",
        ),
        (
            json!({"id": "p", "rows": rows, "waived": {"penalty": "5.01"}}),
            "amount_out_of_range",
            "proposals[0].waived: ",
        ),
        (json!({"id": "p", "rows": rows, "waived": {"karma": "1"}}), "field_unknown", "proposals[0].waived"),
        (
            json!({"id": "p", "rows": rows, "conditions": ["handshake"]}),
            "bad_request",
            "proposals[0].conditions",
        ),
        (
            json!({"id": "p", "rows": rows, "interest_during": {"value": "0.01", "per": "month"}}),
            "terms_refused",
            "proposals[0].interest_during.per: ",
        ),
    ] {
        let answer = ask(proposal);
        assert_eq!(answer["error"]["code"], code, "{answer}");
        assert!(answer["error"]["message"].as_str().unwrap().starts_with(field), "{answer}");
    }
}

#[test]
fn the_lenders_convention_is_named() {
    let rows = |interest: &str| {
        json!([
            {"term": 1, "due": "2025-02-15", "payment": "945.60", "interest": "200.00"},
            {"term": 2, "due": "2025-03-15", "payment": "945.60", "interest": interest},
        ])
    };
    let question = |interest: &str| {
        json!({"id": 3, "printed": rows(interest), "loan": {
            "principal": "10000", "disbursed_on": "2025-01-15", "terms": 12, "rate": {"value": "0.24", "per": "year"},
        }})
    };
    let exact = ask(Question::Identify, &question("185.09"));
    assert_eq!(
        exact["matches"][0],
        json!({
            "convention": {
                "method": "equal_installment", "day_count": "months", "rounding": "half_up",
                "first_period": "as_others", "fees": "each_term",
            },
            "exact": true, "differences": [],
        })
    );
    let near = ask(Question::Identify, &question("185.12"));
    assert_eq!(near["matches"][0]["exact"], false);
    assert_eq!(
        near["matches"][0]["differences"],
        json!([{"term": 2, "field": "interest", "ours": "185.09", "theirs": "185.12"}])
    );
    assert_eq!(near["findings"][0]["code"], "none_exact");
}

#[test]
fn a_claim_is_identified_by_its_buckets() {
    let answer = ask(
        Question::Identify,
        &json!({
            "id": 4,
            "loan": {
                "principal": "12000", "disbursed_on": "2025-01-10", "first_due": "2025-02-10", "terms": 12,
                "method": "equal_principal", "rate": {"value": "0.24", "per": "year"},
            },
            "claimed": {"as_of": "2025-02-20", "principal": "12000", "interest": "240", "penalty": "10"},
        }),
    );
    // 1000 × 24 % × 1.5 / 360 × 10 days.
    let best = &answer["matches"][0];
    assert_eq!(best["exact"], true, "{answer}");
    assert_eq!(best["convention"]["penalty"]["rate"], json!({"multiple_of_contract": "1.5"}));
}

#[test]
fn what_cannot_be_identified_is_said() {
    let loan =
        json!({"principal": "10000", "disbursed_on": "2025-01-15", "rate": {"value": "0.24", "per": "year"}});
    let row = json!([{"due": "2025-02-15", "payment": "945.60"}]);
    for (question, code, field) in [
        (json!({"loan": loan}), "field_missing", "printed: "),
        (json!({"loan": loan, "printed": []}), "field_missing", "loan.terms: "),
        (json!({"loan": loan, "printed": [{"due": "2025-02-15"}]}), "field_missing", "printed: "),
        (
            json!({"loan": loan, "printed": [{"due": "2025-02-15", "payment": "x"}]}),
            "amount_not_a_number",
            "printed[0].payment: ",
        ),
        (
            json!({"loan": {"principal": "1"}, "printed": row}),
            "field_missing",
            "loan: missing field `disbursed_on`",
        ),
        (
            json!({"loan": {"principal": "0", "disbursed_on": "2025-01-15", "rate": {"value": "0", "per": "year"}}, "printed": row}),
            "amount_out_of_range",
            "loan.principal: ",
        ),
        (
            json!({"loan": loan, "claimed": {"as_of": "2025-02-20", "principal": "1"}}),
            "field_missing",
            "loan.terms: ",
        ),
    ] {
        let answer = ask(Question::Identify, &question);
        assert_eq!(answer["error"]["code"], code, "{answer}");
        assert!(answer["error"]["message"].as_str().unwrap().starts_with(field), "{answer}");
    }
}
