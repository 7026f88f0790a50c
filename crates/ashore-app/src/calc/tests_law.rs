//! What is owed, what it may cost and how long there is, asked as a script would ask.

use std::io::Cursor;

use serde_json::{Value, json};

use super::{Question, run};

fn ask(question: Question, line: &Value) -> Value {
    let mut output = Vec::new();
    run(question, Cursor::new(line.to_string()), &mut output).unwrap();
    serde_json::from_slice(&output).unwrap()
}

/// 1,200 in twelve equal parts of principal at 1 % a month, penalty at one and a half times the rate.
fn loan() -> Value {
    json!({
        "principal": "1200", "disbursed_on": "2025-01-10", "first_due": "2025-02-10", "terms": 12,
        "method": "equal_principal", "rate": {"value": "0.01", "per": "month"}, "late_fee": "5",
        "penalty": {"rate": {"multiple_of_contract": "1.5"}},
    })
}

#[test]
fn a_statement_has_every_figure_of_the_contract() {
    let question = json!({
        "id": 1, "loan": loan(), "as_of": "2025-03-12",
        "payments": [{"date": "2025-03-09", "amount": "60"}, {"date": "2025-04-01", "amount": "1"}],
    });
    let answer = ask(Question::Statement, &question);
    // 27 days on 100 at 0.05 % a day are 1.35. The payment covers interest, penalty, late fee, then 41.65 of principal;
    // three days on the other 58.35 bring the sum to 1.4375, and term 2 is late for two days.
    assert_eq!(answer["overdue"]["since"], "2025-02-10");
    assert_eq!(answer["overdue"]["stage"], "M1");
    assert_eq!(
        answer["allocations"],
        json!([
            {"date": "2025-03-09", "term": 1, "bucket": "interest", "amount": "12.00"},
            {"date": "2025-03-09", "term": 1, "bucket": "penalty", "amount": "1.35"},
            {"date": "2025-03-09", "term": 1, "bucket": "late_fee", "amount": "5.00"},
            {"date": "2025-03-09", "term": 1, "bucket": "principal", "amount": "41.65"},
        ])
    );
    assert_eq!(answer["outstanding"]["principal"], "1158.35");
    assert_eq!(answer["outstanding"]["interest"], "11.00");
    assert_eq!(answer["outstanding"]["late_fee"], "5.00");
    assert_eq!(answer["outstanding"]["penalty"], "0.19", "0.09 on term 1, 0.10 on term 2");
    assert_eq!(answer["next_due"], json!({"term": 3, "due": "2025-04-10", "amount": "110.00"}));
    assert_eq!(answer["accrued_not_due"], "0.65", "10 × 2/31");
    assert_eq!(answer["findings"], json!([{"code": "payment_after_as_of", "payment": 1}]));
    assert_eq!(answer["terms"][0]["payable"], "118.44");
}

#[test]
fn openings_and_changes_are_read_by_bucket() {
    let question = json!({
        "id": 1, "loan": loan(), "as_of": "2025-06-20", "payments": [],
        "opening": {"as_of": "2025-05-11", "principal": "400", "penalty": "9", "oldest_unpaid_due": "2025-02-10"},
        "changes": [
            {"date": "2025-05-12", "waive": {"penalty": "9.20"}},
            {"date": "2025-06-01", "rows": [{"due": "2025-07-01", "principal": "1200", "interest": "0"}]},
        ],
    });
    let answer = ask(Question::Statement, &question);
    assert_eq!(answer["outstanding"]["total"], "1200.00");
    assert_eq!(answer["overdue"]["stage"], "M0");
    assert_eq!(
        answer["next_due"],
        json!({"schedule": 1, "term": 1, "due": "2025-07-01", "amount": "1200.00"})
    );
    assert_eq!(answer["findings"], json!([]));
}

#[test]
fn statements_refuse_by_field() {
    for (change, field) in [
        (json!({"payments": [{"date": "2025-03-09", "amount": "0"}]}), "payments[0].amount"),
        (json!({"payments": [{"date": "2025-02-30", "amount": "5"}]}), "payments[0].date"),
        (json!({"as_of": "2025-01-09"}), "as_of"),
        (json!({"opening": {"as_of": "2025-01-09"}}), "opening.as_of"),
        (json!({"opening": {"as_of": "2025-02-09", "principal": "-1"}}), "opening.principal"),
        (json!({"acceleration_on": "2024-02-09"}), "acceleration_on"),
        (json!({"changes": [{"date": "2025-02-09"}]}), "changes[0]"),
        (json!({"changes": [{"date": "2025-02-09", "rows": []}]}), "changes[0].rows"),
        (json!({"changes": [{"date": "2025-02-09", "waive": {"love": "1"}}]}), "changes[0].waive"),
        (json!({"surprise": 1}), "surprise"),
    ] {
        let mut question = json!({"id": 1, "loan": loan(), "as_of": "2025-03-12", "payments": []});
        for (name, value) in change.as_object().unwrap() {
            question[name] = value.clone();
        }
        let answer = ask(Question::Statement, &question);
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains(field), "{change} answered {answer}");
    }
}

#[test]
fn a_cap_report_names_rule_source_and_verdict() {
    let mut loan = loan();
    loan["lender_kind"] = json!("micro_loan_co");
    loan["contract_date"] = json!("2026-09-01");
    loan["disbursed_on"] = json!("2026-09-10");
    loan["first_due"] = json!("2026-10-10");
    let question = json!({"id": 1, "loan": loan, "as_of": "2026-11-22", "claimed": {"fees": "100"}});
    let answer = ask(Question::Cap, &question);
    let lines: Vec<_> =
        answer["lines"].as_array().unwrap().iter().map(|l| (&l["rule"], &l["verdict"])).collect();
    assert_eq!(
        lines,
        [(&json!("CAP-MICRO-2025-24"), &json!("below")), (&json!("CAP-COURT-FIN-24"), &json!("below"))]
    );
    assert_eq!(answer["cap_ledger"]["days"], 73);
    let codes: Vec<_> =
        answer["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["lpr_provisional", "information_only", "private_rule_exempt", "disclosure_expected"]);
}

#[test]
fn fees_are_held_against_the_sheet_where_one_is_typed() {
    let mut loan = loan();
    loan["lender_kind"] = json!("bank");
    loan["contract_date"] = json!("2026-09-01");
    loan["disbursed_on"] = json!("2026-09-10");
    loan["first_due"] = json!("2026-10-10");
    let fee = |kind: &str, amount: &str, when: &str| json!({"kind": kind, "amount": amount, "when": when});
    loan["fees"] = json!([fee("guarantee_fee", "10", "each_term"), fee("service_fee", "50", "upfront")]);
    let told = |loan: &Value, disclosed: Value| {
        let mut question = json!({"id": 1, "loan": loan, "as_of": "2026-11-22"});
        question.as_object_mut().unwrap().extend(disclosed.as_object().unwrap().clone());
        let answer = ask(Question::Cap, &question);
        let findings = answer["findings"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
        findings.into_iter().filter(|f| f["code"] == "fee_not_disclosed").collect::<Vec<_>>()
    };
    let short = json!({"disclosed": [
        {"kind": "guarantee_fee", "amount": "20"}, {"kind": "service_fee", "amount": "50"},
    ]});
    let named = json!({"code": "fee_not_disclosed", "rule": "DISC-2026", "kind": "guarantee_fee",
        "charged": "120.00", "disclosed": "20.00"});
    assert_eq!(told(&loan, short.clone()), [named]);
    assert_eq!(told(&loan, json!({})), [] as [Value; 0], "no sheet was typed, so nothing is known of it");
    assert_eq!(told(&loan, json!({"disclosed": []})).len(), 2, "a sheet without fees shows none");
    loan["contract_date"] = json!("2026-07-31");
    let older = told(&loan, short);
    assert_eq!((older.len(), older[0].get("rule")), (1, None), "before the rule it is still a difference");
    let bad =
        json!({"id": 1, "loan": loan, "as_of": "2026-11-22", "disclosed": [{"kind": "fee", "amount": "1"}]});
    assert!(ask(Question::Cap, &bad)["error"]["message"].as_str().unwrap().contains("disclosed"));
}

#[test]
fn limits_of_time_follow_the_rules_and_a_folder_corrects_them() {
    let question = json!({"id": 1, "rule": "DL-PAYMENT-ORDER", "received_on": "2026-09-18"});
    let answer = ask(Question::Deadline, &question);
    assert_eq!(answer["unrolled_last_day"], "2026-10-03");
    assert_eq!(answer["last_day"], "2026-10-08", "the National Day week ends on the 7th");
    assert_eq!(answer["alarms"].as_array().unwrap().len(), 15);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("holidays.csv"), "date,off\n2026-10-08,yes\n").unwrap();
    let mut corrected = question;
    corrected["rules"] = json!(folder.path());
    assert_eq!(ask(Question::Deadline, &corrected)["last_day"], "2026-10-09");
    let claim = json!({
        "id": 2, "last_due": "2020-03-02", "as_of": "2026-11-22",
        "events": [{"date": "2022-06-01", "kind": "payment"}, {"date": "2025-08-01", "kind": "demand_letter"}],
    });
    let answer = ask(Question::Limitation, &claim);
    assert_eq!(
        (&answer["started"], &answer["ends"]),
        (&json!("2022-06-01"), &json!("2025-06-03")),
        "a Sunday, then 端午"
    );
    assert_eq!((&answer["state"], &answer["confidence"]), (&json!("possibly_expired"), &json!("estimate")));
    assert_eq!(answer["interruptions"][1]["effect"], "none");
}

/// The value of every step and figure, computed again from the JSON alone.
fn replay(answer: &Value) -> usize {
    use ashore_engine::explain::{Explanation, Step, StepRounding};
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let step = |step: &Value| Step {
        formula: text(&step["formula"]),
        inputs: step["inputs"].as_object().unwrap().iter().map(|(name, v)| (name.clone(), text(v))).collect(),
        rule: None,
        rounding: StepRounding::named(step["rounding"].as_str()).unwrap(),
        value: text(&step["value"]),
    };
    let explained = answer["explain"].as_array().unwrap();
    for entry in explained {
        let steps = entry["steps"].as_array().unwrap().iter().map(step).collect();
        let explanation = Explanation { path: text(&entry["path"]), value: text(&entry["value"]), steps };
        explanation.replay().unwrap();
        let pointer = format!("/{}", explanation.path.replace(['.', '['], "/").replace(']', ""));
        let pointer = pointer.replace("//", "/");
        if let Some(figure) = answer.pointer(&pointer) {
            let shown = figure.as_str().map_or_else(|| figure.to_string(), str::to_owned);
            assert!(
                shown.trim_end_matches('0').starts_with(explanation.value.trim_end_matches('0')),
                "{pointer}"
            );
        } else {
            assert_eq!(explanation.path, "level_payment");
        }
    }
    explained.len()
}

#[test]
fn every_figure_can_be_asked_how_it_came_about() {
    let question = json!({
        "id": 1, "loan": loan(), "as_of": "2025-03-12", "explain": true,
        "payments": [{"date": "2025-03-09", "amount": "60"}],
    });
    assert_eq!(replay(&ask(Question::Statement, &question)), 12 + 4 * 12 + 4 + 1);
    let mut equal = loan();
    equal["method"] = json!("equal_installment");
    equal["fees"] = json!([{"kind": "service_fee", "amount": "50", "when": "upfront"}]);
    let schedule = ask(Question::Schedule, &json!({"id": 1, "loan": equal, "explain": true}));
    assert_eq!(replay(&schedule), 2 + 5 * 12 + 4 + 6);
    let flows = json!({"id": 1, "period": "month", "flows": ["9000", "-4700", "-4700"], "explain": true});
    assert_eq!(replay(&ask(Question::Cost, &flows)), 4);
    let mut lent = loan();
    lent["lender_kind"] = json!("private_lender");
    let cap =
        json!({"id": 1, "loan": lent, "as_of": "2025-09-12", "claimed": {"fees": "30"}, "explain": true});
    assert_eq!(replay(&ask(Question::Cap, &cap)), 4 + 1 + 5 * 12 + 4);
    let sheet = json!({
        "id": 1, "first_month": "2026-12", "months": 3, "contract_payments": "4000", "explain": true,
        "income": [{"amount": "1500.01", "every": "week", "certainty": "fixed"}],
        "expenses": [{"class": "essential", "amount": "1999.99", "every": "month"}],
    });
    assert_eq!(replay(&ask(Question::Capacity, &sheet)), 5 + 3 + 2);
    let plain = ask(Question::Schedule, &json!({"id": 1, "loan": loan()}));
    assert_eq!(plain.get("explain"), None);
}

#[test]
fn an_lpr_that_is_missing_or_gapped_is_a_finding() {
    let private = |contract: &str, rules: Option<&str>| {
        let mut loan = loan();
        let more = json!({ "lender_kind": "private_lender", "contract_date": contract });
        loan.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mut line = json!({ "id": 1, "loan": loan, "as_of": "2026-11-22" });
        if let (Some(rules), Some(line)) = (rules, line.as_object_mut()) {
            line.insert("rules".to_owned(), json!(rules));
        }
        let answer = ask(Question::Cap, &line);
        let findings = answer["findings"].as_array().cloned().unwrap_or_default();
        findings
            .iter()
            .map(|finding| finding["code"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(!private("2026-02-25", None).contains(&"lpr_provisional".to_owned()));
    assert!(
        private("2026-10-25", None).contains(&"lpr_provisional".to_owned()),
        "after the last known quote"
    );
    let folder = tempfile::tempdir().unwrap();
    let quotes = "effective_from,one_year_percent,five_year_percent\n2026-06-22,2.90,3.40\n";
    std::fs::write(folder.path().join("lpr.csv"), quotes).unwrap();
    let folder = folder.path().to_str().unwrap();
    let gapped = private("2026-05-25", Some(folder));
    assert!(gapped.iter().any(|code| code == "lpr_provisional" || code == "lpr_gap"), "{gapped:?}");
}
