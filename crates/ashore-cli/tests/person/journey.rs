//! The whole job through the command line: from an empty folder to a notification and a verified chain.

use serde_json::{Value, json};

use crate::program::{Cli, NOW, PASSPHRASE};

#[test]
fn from_an_empty_folder_to_a_notification_and_a_verified_chain() {
    let home = tempfile::tempdir().unwrap();
    let cli = Cli { folder: home.path(), passphrase: PASSPHRASE, now: NOW };

    assert_eq!(cli.refused(&["loan", "list"], None, 3)["code"], "no_vault");
    let code = cli.ok(&["vault", "create"], None)["recovery_code"].as_str().unwrap().to_owned();
    assert_eq!(cli.refused(&["vault", "create"], None, 3)["code"], "vault_exists");

    cli.ok(
        &["lender", "add"],
        Some(json!({"name": "戊山小额贷款", "lender_kind": "micro_loan_co", "aliases": ["戊山小贷"]})),
    );
    let loan = cli.ok(
        &["loan", "add"],
        Some(json!({
            "name": "戊借", "lender": "戊山小贷", "paid_terms": 2,
            "loan": {"principal": "15000", "disbursed_on": "2026-06-28", "method": "equal_installment",
                "rate": {"value": "0.24", "per": "year"}, "terms": 12, "first_due": "2026-07-28"}
        })),
    );
    assert_eq!(
        (loan["lender"].as_str(), loan["lender_kind"].as_str()),
        (Some("戊山小额贷款"), Some("micro_loan_co"))
    );
    assert_eq!(loan["overdue_days"], 51);
    let id = loan["id"].as_str().unwrap();

    let paid = cli.ok(&["pay", "add"], Some(json!({"loan_id": id, "on": "2026-11-17", "amount": "100.00"})));
    cli.ok(&["pay", "void", paid["id"].as_str().unwrap(), "--reason", "记错了"], None);
    cli.ok(
        &["capacity", "set"],
        Some(json!({"income": [{"name": "工资", "amount": "4000", "certainty": "fixed"}],
            "expenses": [{"name": "生活", "class": "essential", "amount": "3000"}]})),
    );
    assert_eq!(cli.ok(&["capacity", "show"], None)["capacity"], "700.00");
    let plans = cli.ok(&["plan", "run", "--terms-max", "60"], None);
    let objectives: Vec<_> =
        plans["plans"].as_array().unwrap().iter().map(|p| p["objective"].clone()).collect();
    assert_eq!(objectives, ["soonest", "lightest", "pro_rata", "fewest_asks", "cheapest"]);
    let one = cli.ok(&["plan", "run"], Some(json!({"terms_max": 60, "objective": "lightest"})));
    assert_eq!(one["plans"].as_array().unwrap().len(), 1);
    assert_eq!(one["plans"][0], plans["plans"][1], "an objective in the JSON is the option of that name");
    let proposals =
        cli.ok(&["plan", "save", "--objective", "pro_rata", "--terms-max", "60", "--note", "第一次"], None);
    assert_eq!(proposals["proposals"][0]["note"], "第一次");
    let proposal = proposals["proposals"][0]["id"].as_str().unwrap();

    let recording = home.path().join("录音.amr");
    std::fs::write(&recording, b"#!AMR\nnot really a call").unwrap();
    let record = cli.ok(
        &["evidence", "add", "--file", recording.to_str().unwrap()],
        Some(
            json!({"loan_ids": [id], "at": "2026-11-16T10:42", "direction": "incoming", "summary": "口头同意",
            "outcomes": [{"kind": "offer", "terms": 20}], "confirmation": "oral", "proposal_ids": [proposal],
            "details": {"kind": "call", "number": "13800000417", "duration_s": 372, "status": "answered"}}),
        ),
    );
    assert_eq!(record["files"][0]["mime"], "audio/amr");
    let records = cli.ok(&["evidence", "list", "--kind", "call", "--loan", id], None);
    assert_eq!(records["contacts"][0]["id"], record["id"]);

    let before = cli.ok(&["reminders", "list"], None);
    assert!(
        before["reminders"].as_array().unwrap().iter().all(|r| r["agreed"] == false),
        "spoken words change nothing"
    );
    let agreement = cli.ok(
        &["agreement", "add"],
        Some(
            json!({"loan_id": id, "proposal_id": proposal, "form": "email", "evidence_ids": [record["id"]]}),
        ),
    );
    assert_eq!(cli.ok(&["agreement", "show", agreement["id"].as_str().unwrap()], None), agreement);
    let first_due = agreement["rows"][0]["due"].as_str().unwrap();
    assert_eq!(first_due, "2026-12-28");

    let later = Cli { now: "2026-12-25T09:01:00+08:00", ..cli };
    let notices = later.ok(&["tick"], None);
    let notices = notices["notices"].as_array().unwrap();
    let due = notices.iter().find(|notice| notice["due"] == first_due).unwrap();
    assert_eq!(due["body"], "有一件事到时间了");
    assert_eq!(later.ok(&["tick"], None), json!({"notices": []}), "shown once");

    let found = cli.ok(&["search", "录音", "--limit", "5"], None);
    assert_eq!(found["ids"][0], record["id"], "a record is found by its file's name");
    assert_eq!(cli.ok(&["search", "查无此词"], None)["ids"], json!([]));
    let report = cli.ok(&["evidence", "verify"], None);
    assert_eq!((report["whole"].as_bool(), report["first_break"].as_str()), (Some(true), None));
    assert_eq!(cli.ok(&["vault", "check"], None)["whole"], true);

    let new = home.path().join("new.txt");
    std::fs::write(&new, "换另一只新的通行短语\n").unwrap();
    cli.ok(&["vault", "passphrase", "--new-passphrase-file", new.to_str().unwrap()], None);
    assert_eq!(cli.refused(&["loan", "list"], None, 3)["code"], "wrong_secret");
    let code_file = home.path().join("code.txt");
    std::fs::write(&code_file, code).unwrap();
    cli.ok(&["loan", "list", "--recovery-code-file", code_file.to_str().unwrap()], None);
}

#[test]
fn bad_requests_name_the_field_and_store_nothing() {
    let home = tempfile::tempdir().unwrap();
    let cli = Cli { folder: home.path(), passphrase: PASSPHRASE, now: NOW };
    cli.ok(&["vault", "create"], None);
    let loan = |change: Value| {
        let mut loan = json!({"principal": "15000", "disbursed_on": "2026-06-28", "method": "equal_installment",
            "rate": {"value": "0.24", "per": "year"}, "terms": 12, "first_due": "2026-07-28"});
        loan.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({"name": "戊借", "loan": loan})
    };
    for (request, field, code) in [
        (loan(json!({"principal": "15000.001"})), "loan.principal", "amount_too_many_decimals"),
        (loan(json!({"principal": "1e400"})), "loan.principal", "amount_not_a_number"),
        (loan(json!({"principal": "十万"})), "loan.principal", "amount_not_a_number"),
        (loan(json!({"first_due": "2026-02-30"})), "loan.first_due", "date_impossible"),
        (loan(json!({"terms": -3})), "loan.terms", "count_out_of_range"),
        (loan(json!({"colour": "blue"})), "colour", "field_unknown"),
        (json!({"name": "戊借"}), "loan", "field_missing"),
    ] {
        let error = cli.refused(&["loan", "add"], Some(request), 2);
        assert_eq!((error["field"].as_str(), error["code"].as_str()), (Some(field), Some(code)), "{error}");
    }
    let rows = json!({"method": "custom", "terms": 1, "rate": null, "rows": [{"due": "2026-07-28", "principal": "14999", "interest": "0"}]});
    let error = cli.refused(&["loan", "add"], Some(loan(rows)), 2);
    assert_eq!(error["code"], "schedule_does_not_tie_out", "{error}");
    assert_eq!(cli.ok(&["vault", "info"], None)["facts"], 0);
}

#[test]
fn a_damaged_vault_is_named_and_the_exit_status_tells() {
    let home = tempfile::tempdir().unwrap();
    let cli = Cli { folder: home.path(), passphrase: PASSPHRASE, now: NOW };
    cli.ok(&["demo"], None);
    assert_eq!(cli.ok(&["loan", "list"], None)["loans"].as_array().unwrap().len(), 6);
    let database = home.path().join("vault/vault.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&database, &bytes).unwrap();
    let output = cli.run(&["vault", "check"], None);
    assert!(matches!(output.status.code(), Some(1 | 3)), "damage never passes as whole");
    std::fs::write(home.path().join("vault/keys.json"), b"{}").unwrap();
    assert_eq!(cli.refused(&["loan", "list"], None, 3)["code"], "header_damaged");
}
