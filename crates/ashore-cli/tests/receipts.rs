//! Rows of a statement that may be payments: taken in by the real reading process, matched by amount, day and party.
#![allow(clippy::unwrap_used, clippy::panic)] // in helpers of tests too

use std::io::Write as _;
use std::process::{Command, Stdio};

use ashore_app::clock::Clock;
use ashore_app::conduct::CheckConductRequest;
use ashore_app::payments::MatchConfidence;
use ashore_app::session::{App, Place, UnlockBy, UnlockRequest, Unlocked};
use serde_json::{Value, json};

const PASSPHRASE: &str = "一只很普通的通行短语";
const NOW: &str = "2026-11-21T12:00:00+08:00";

fn cli(vault: &std::path::Path, args: &[&str], data: &str) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ashore-cli"));
    command
        .env("ASHORE_PASSPHRASE", PASSPHRASE)
        .args(["--json", "--now", NOW, "--vault"])
        .arg(vault)
        .args(args);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(data.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn open(vault: &std::path::Path) -> App<Unlocked> {
    let app = App::new(Place::of_vault(vault), Clock::fixed(NOW).unwrap());
    let request = UnlockRequest { secret: PASSPHRASE.to_owned(), by: UnlockBy::Passphrase };
    app.unlock(request).map_err(|(_, why)| why).unwrap()
}

/// A vault with one loan: where it lies, opened, and the loan.
fn with_a_loan() -> (tempfile::TempDir, std::path::PathBuf, App<Unlocked>, String) {
    let home = tempfile::tempdir().unwrap();
    let vault = home.path().join("vault");
    cli(&vault, &["vault", "create"], "");
    let mut app = open(&vault);
    let loan = json!({"app": "甲呗", "received": "9000", "payment": "945.60", "terms": "12", "first_due": "2026-11-21",
        "terms_paid": "0", "lender": "甲城小额贷款有限公司"});
    let loan = app.add_loan(&serde_json::from_value(loan).unwrap()).unwrap().id;
    (home, vault, app, loan)
}

#[test]
fn receipts_that_wait_say_which_loan_they_fit_and_how_surely() {
    let home = tempfile::tempdir().unwrap();
    let vault = home.path().join("vault");
    cli(&vault, &["vault", "create"], "");
    let mut app = open(&vault);
    let mut loan = |name: &str, due: &str, payment: &str| {
        let loan = json!({"app": name, "received": "9000", "payment": payment, "terms": "12", "first_due": due,
            "terms_paid": "0", "lender": format!("{name}小额贷款有限公司")});
        app.add_loan(&serde_json::from_value(loan).unwrap()).unwrap().id
    };
    let (one, two) = (loan("甲贷", "2026-11-21", "945.60"), loan("乙花", "2026-11-23", "800.00"));
    drop(app);
    let statement = home.path().join("账.csv");
    let rows = "我的账\n天,钱,人,说明\n2026-11-21,-945.60,甲贷小额贷款有限公司,还款\n\
        2026-11-21,-800.00,银联代收,\n2026-11-20,-1745.60,甲贷小额贷款有限公司,两笔\n2026-11-21,-36.50,便利店,\n";
    std::fs::write(&statement, rows).unwrap();
    let mapping = home.path().join("m.json");
    std::fs::write(&mapping, r#"{"date":"天","amount":"钱","counterparty":"人","note":"说明"}"#).unwrap();
    let taken =
        cli(&vault, &["import", statement.to_str().unwrap(), "--mapping", mapping.to_str().unwrap()], "");
    assert_eq!(taken["files"][0]["stored"], 4, "{taken}");

    let mut app = open(&vault);
    let open = app.list_suggestions().unwrap().suggestions;
    assert_eq!(open.len(), 3, "groceries are not asked about: {open:#?}");
    let of = |amount: &str| open.iter().find(|one| one.amount == amount).unwrap();
    let sure = &of("945.60").candidates[0];
    assert_eq!((sure.confidence, &sure.parts[0].loan_id), (MatchConfidence::High, &one));
    let maybe = &of("800.00").candidates[0];
    assert_eq!((maybe.confidence, &maybe.parts[0].loan_id), (MatchConfidence::Mid, &two));
    assert_eq!(
        of("800.00").loans.iter().map(|loan| &loan.id).collect::<Vec<_>>(),
        [&two],
        "by amount and day"
    );

    let both = of("1745.60").candidates.iter().find(|way| way.parts.len() == 2).unwrap();
    let other = both.parts.iter().find(|part| part.loan_id == two).unwrap();
    let record = &of("1745.60").record_id;
    let confirm = json!({"record_id": record, "loan_id": one,
        "parts": [{"loan_id": two, "amount": serde_json::to_value(&other.amount).unwrap()}]});
    app.confirm_suggestion(&serde_json::from_value(confirm).unwrap()).unwrap();
    let payments = serde_json::to_value(app.list_payments(None).unwrap()).unwrap();
    let payments = payments["payments"].as_array().unwrap();
    let mut amounts: Vec<_> = payments.iter().map(|paid| paid["amount"].as_str().unwrap()).collect();
    amounts.sort_unstable();
    assert_eq!(amounts, ["800.00", "945.60"], "one transfer, two loans");
    let left = app.list_suggestions().unwrap().suggestions;
    assert!(left.iter().all(|one| one.record_id != *record), "and it waits no more");
}

#[test]
fn a_repayment_that_its_statement_counts_as_no_spending_waits_to_be_confirmed() {
    let (home, vault, app, loan) = with_a_loan();
    drop(app);
    let statement = home.path().join("bill.csv");
    let rows = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\n\
        2026-11-21 09:00:00,信用借还,甲呗,/,主动还款-2026年11月账单,不计收支,945.60,银行卡,还款成功,1\t,,,\n\
        2026-11-20 09:00:00,信用借还,甲呗,/,主动还款-2026年11月账单,不计收支,945.60,银行卡,还款失败,2\t,,,\n\
        2026-11-19 09:00:00,投资理财,某宝,/,转入,不计收支,945.60,余额,交易成功,3\t,,,\n";
    std::fs::write(&statement, rows).unwrap();
    let taken = cli(&vault, &["import", statement.to_str().unwrap()], "");
    assert_eq!(taken["files"][0]["stored"], 3, "{taken}");
    let open = open(&vault).list_suggestions().unwrap().suggestions;
    let [only] = &open[..] else { panic!("{open:#?}") };
    assert_eq!((only.on.as_str(), only.loans[0].id.as_str()), ("2026-11-21", loan.as_str()));
}

#[test]
fn calls_from_a_collectors_numbers_are_held_against_the_rules_on_conduct() {
    let (home, vault, mut app, loan) = with_a_loan();
    let agency = json!({"name": "乙委外", "contacts": [{"channel": "hotline", "value": "010-65550101"},
        {"channel": "hotline", "value": "138 0000 0417"}]});
    let agency = app.add_party(&serde_json::from_value(agency).unwrap()).unwrap().id;
    let mut around: Vec<Value> = app
        .loan_parties(&loan)
        .unwrap()
        .into_iter()
        .map(|place| json!({"party_id": place.party.id, "role": place.role}))
        .collect();
    around.push(json!({"party_id": agency, "role": "collection_agency"}));
    let around = json!({"loan_id": loan, "parties": around});
    app.set_loan_parties(&serde_json::from_value(around).unwrap()).unwrap();
    drop(app);
    // Four answered calls on one day, from two numbers written in three ways, and one of somebody else.
    let call = |n: u64, number: &str| {
        let at = 1_763_690_000_000 + n * 600_000;
        format!("<call number=\"{number}\" duration=\"60\" date=\"{at}\" type=\"1\" presentation=\"1\" />")
    };
    let numbers = ["+861065550101", "01065550101", "+8613800000417", "13800000417", "13900000000"];
    let calls: String = (0..).zip(numbers).map(|(n, number)| call(n, number)).collect();
    let backup = home.path().join("calls.xml");
    std::fs::write(&backup, format!("<calls count=\"5\">{calls}</calls>")).unwrap();
    let taken = cli(&vault, &["import", backup.to_str().unwrap()], "");
    assert_eq!(taken["files"][0]["stored"], 5, "{taken}");
    let view = open(&vault).check_conduct(&CheckConductRequest::default()).unwrap();
    assert_eq!(view.checked, 4);
    let counted = view.findings.iter().find(|card| card.kind == "effective_calls").unwrap();
    assert_eq!((counted.count, counted.contacts.len()), (Some(4), 4), "{counted:#?}");
}
