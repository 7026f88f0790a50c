//! What goes wrong is named: the code to act on and the field, in the line's own place.

use std::io::Cursor;

use serde_json::{Value, json};

use super::{Question, Tally, run};

fn ask(question: Question, input: &str) -> (Tally, Vec<Value>) {
    let mut output = Vec::new();
    let tally = run(question, Cursor::new(input), &mut output).unwrap();
    let lines = String::from_utf8(output).unwrap();
    (tally, lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn one(question: Question, line: &Value) -> Value {
    ask(question, &line.to_string()).1.remove(0)
}

/// A loan that is in order, with `change` laid over it; `null` takes a field away.
fn loan(change: Value) -> Value {
    let mut loan = json!({
        "principal": "10000", "disbursed_on": "2025-01-15", "method": "equal_installment",
        "rate": {"value": "0.24", "per": "year"}, "terms": 12, "first_due": "2025-02-15",
    });
    for (name, value) in change.as_object().unwrap() {
        if value.is_null() {
            loan.as_object_mut().unwrap().remove(name);
        } else {
            loan[name] = value.clone();
        }
    }
    json!({"id": 7, "loan": loan})
}

#[test]
fn answers_keep_the_order_and_the_id_of_their_questions() {
    let input = concat!(
        "{\"id\":\"a\",\"period\":\"month\",\"flows\":[\"100\",\"-110\"]}\r\n",
        "\n   \n",
        "not json\n",
        "{\"id\":[1,null],\"flows\":[]}\n",
        "{\"flows\":[\"1\"]}\n",
        "[1]\n",
        "{\"id\":2,\"id\":2,\"flows\":[]}\n",
        "{\"period\":\"week\",\"flows\":[\"100\",\"-110\"]}",
    );
    let (tally, answers) = ask(Question::Cost, input);
    assert_eq!((tally.answered, tally.refused), (3, 4));
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(
        ids,
        [
            &json!("a"),
            &Value::Null,
            &json!([1, null]),
            &Value::Null,
            &Value::Null,
            &Value::Null,
            &Value::Null
        ]
    );
    assert!(answers[0]["irr_periodic"].as_str().unwrap().starts_with("0.100000000000"));
    assert_eq!(answers[0]["xirr"], Value::Null);
    assert_eq!(answers[2]["findings"], json!([{"code": "no_sign_change"}]));
    assert_eq!(answers[3]["error"]["code"], "field_missing");
}

#[test]
fn a_whole_answer() {
    let fees = json!({"terms": 2, "fees": [
        {"kind": "service_fee", "rate_of_principal": "0.01", "when": "upfront"},
        {"kind": "membership_fee", "amount": "5", "when": "each_term", "counts_in_cost": false},
    ]});
    let answer = one(Question::Schedule, &loan(fees));
    assert_eq!(answer["id"], 7);
    assert_eq!(answer["received"], "9900.00");
    assert_eq!(
        answer["rows"],
        json!([
            {"term": 1, "due": "2025-02-15", "principal": "4950.50", "interest": "200.00", "fees": "5.00", "payment": "5155.50", "balance": "5049.50"},
            {"term": 2, "due": "2025-03-15", "principal": "5049.50", "interest": "100.99", "fees": "5.00", "payment": "5155.49", "balance": "0.00"},
        ])
    );
    assert_eq!(
        answer["totals"],
        json!({"principal": "10000.00", "interest": "300.99", "fees": "10.00", "payment": "10310.99"})
    );
    assert_eq!(answer["cost"]["total_cost"], "400.99");
    assert_eq!(answer["cost"]["findings"], json!([{"code": "fees_left_out_of_cost", "amount": "10.00"}]));
    assert!(answer.get("rate_found").is_none());
}

#[test]
fn bad_loans_are_refused_by_field() {
    for (change, code, field) in [
        (json!({"principal": "十万"}), "amount_not_a_number", "loan.principal: "),
        (json!({"principal": "1e400"}), "amount_not_a_number", "loan.principal: "),
        (json!({"principal": "1.001"}), "amount_too_many_decimals", "loan.principal: "),
        (json!({"principal": ""}), "field_missing", "loan.principal: "),
        (json!({"principal": "0"}), "amount_out_of_range", "loan.principal: "),
        (json!({"principal": "-5"}), "amount_out_of_range", "loan.principal: "),
        (json!({"principal": "100000000.01"}), "amount_out_of_range", "loan.principal: "),
        (json!({"principal": "9".repeat(100_000)}), "amount_out_of_range", "loan.principal: "),
        (json!({"principal": 10000}), "bad_request", "loan.principal: "),
        (json!({"principal": null}), "field_missing", "loan: missing field `principal`"),
        (json!({"paid_out": "10001"}), "terms_refused", "loan.paid_out: "),
        (json!({"terms": -12}), "count_out_of_range", "loan.terms: "),
        (json!({"terms": 601}), "count_out_of_range", "loan.terms: "),
        (json!({"terms": 1.5}), "bad_request", "loan.terms: "),
        (json!({"terms": null}), "field_missing", "loan.terms: "),
        (json!({"disbursed_on": "2025-02-30"}), "date_impossible", "loan.disbursed_on: "),
        (json!({"disbursed_on": "15.01.2025"}), "date_impossible", "loan.disbursed_on: "),
        (json!({"disbursed_on": "1989-12-31"}), "date_impossible", "loan.disbursed_on: "),
        (json!({"first_due": "2025-1-15"}), "date_impossible", "loan.first_due: "),
        (json!({"first_due": "2025-01-15"}), "date_order", "loan.first_due: "),
        (json!({"due_day": 16}), "date_order", "loan.due_day: "),
        (json!({"due_day": 32}), "count_out_of_range", "loan.due_day: "),
        (json!({"terms": 600, "period": {"days": 366}}), "date_impossible", "loan.terms: "),
        (json!({"period": {"days": 0}}), "count_out_of_range", "loan.period.days: "),
        (json!({"period": "decade"}), "bad_request", "loan.period: "),
        (json!({"method": "等额本息"}), "bad_request", "loan.method: "),
        (json!({"rate": null}), "field_missing", "loan.rate: "),
        (json!({"rate": {"value": "24%", "per": "year"}}), "rate_not_a_number", "loan.rate.value: "),
        (json!({"rate": {"value": "1e2", "per": "year"}}), "rate_not_a_number", "loan.rate.value: "),
        (json!({"rate": {"value": "NaN", "per": "year"}}), "rate_not_a_number", "loan.rate.value: "),
        (json!({"rate": {"value": "-0.1", "per": "year"}}), "rate_out_of_range", "loan.rate.value: "),
        (json!({"rate": {"value": "100.1", "per": "year"}}), "rate_out_of_range", "loan.rate.value: "),
        (
            json!({"rate": {"value": "0.0000000000001", "per": "year"}}),
            "rate_out_of_range",
            "loan.rate.value: ",
        ),
        (json!({"rate": {"value": "0.0005", "per": "day"}}), "terms_refused", "loan.rate.per: "),
        (json!({"rate": null, "payment": "800"}), "does_not_amortise", "loan.payment: "),
        (json!({"rate": null, "payment": "99999"}), "rate_out_of_range", "loan.payment: "),
        (json!({"rate": null, "payment": "0"}), "terms_refused", "loan.payment: "),
        (
            json!({"fees": [{"kind": "service_fee", "when": "upfront"}]}),
            "field_missing",
            "loan.fees[0].amount: ",
        ),
        (
            json!({"fees": [{"kind": "service_fee", "when": "upfront", "amount": "10000"}]}),
            "terms_refused",
            "loan.fees: ",
        ),
        (
            json!({"fees": [{"kind": "service_fee", "when": "upfront", "amount": "1", "tax": 1}]}),
            "field_unknown",
            "loan.fees[0]",
        ),
        (json!({"penalty": {"rate": {"value": "0.1"}}}), "field_missing", "loan.penalty.rate: "),
        (json!({"late_fee": "-1"}), "terms_refused", "loan.late_fee: "),
        (json!({"allocation_order": ["interest"]}), "terms_refused", "loan.allocation_order: "),
        (
            json!({"rows": [{"due": "2025-02-15", "principal": "1", "interest": "0"}]}),
            "field_missing",
            "loan.rows: ",
        ),
        (json!({"interst": "1"}), "field_unknown", "loan.interst: unknown field `interst`"),
    ] {
        let answer = one(Question::Schedule, &loan(change.clone()));
        assert_eq!(answer["id"], 7, "{change}");
        assert_eq!(answer["error"]["code"], code, "{change}: {answer}");
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(message.starts_with(field), "{message}");
    }
}

#[test]
fn typed_rows_tie_out_or_are_refused() {
    let rows = |principal: &str, due: &str| {
        loan(json!({"method": "custom", "rate": null, "terms": null, "first_due": null, "rows": [
            {"due": "2025-02-15", "principal": "4000", "interest": "10"},
            {"due": due, "principal": principal, "interest": "10", "fees": "2.5"},
        ]}))
    };
    let whole = one(Question::Schedule, &rows("6000", "2025-03-15"));
    assert_eq!(whole["totals"]["payment"], "10022.50");
    assert!(whole["cost"]["irr_periodic"].is_string(), "the typed dues are a month apart");
    for (principal, due) in [("5999.99", "2025-03-15"), ("6000", "2025-02-15"), ("6000", "2025-02-01")] {
        let answer = one(Question::Schedule, &rows(principal, due));
        assert_eq!(answer["error"]["code"], "schedule_does_not_tie_out", "{answer}");
    }
    let negative = one(Question::Schedule, &rows("-1", "2025-03-15"));
    assert_eq!(negative["error"]["code"], "amount_out_of_range");
    assert!(negative["error"]["message"].as_str().unwrap().starts_with("loan.rows[1].principal: "));
}

#[test]
fn flows_have_dates_or_a_period() {
    for (question, code, field) in [
        (json!({"flows": ["1", "-2"]}), "field_missing", "period: "),
        (
            json!({"period": "month", "flows": [{"date": "2025-01-01", "amount": "1"}]}),
            "bad_request",
            "period: ",
        ),
        (json!({"flows": [{"date": "2025-01-01"}]}), "field_missing", "flows[0]"),
        (
            json!({"flows": [{"date": "2025-01-01", "amount": "1.005"}]}),
            "amount_too_many_decimals",
            "flows[0].amount: ",
        ),
        (json!({"period": "month", "flows": ["1", 2]}), "bad_request", "flows[1]: "),
        (json!({"period": "month", "flows": "1"}), "bad_request", "flows: "),
        (json!({"period": "month"}), "field_missing", "missing field `flows`"),
        (json!({"period": "month", "flows": vec!["1"; 5_002]}), "count_out_of_range", "flows: "),
    ] {
        let answer = one(Question::Cost, &question);
        assert_eq!(answer["error"]["code"], code, "{answer}");
        assert!(answer["error"]["message"].as_str().unwrap().starts_with(field), "{answer}");
    }
}
