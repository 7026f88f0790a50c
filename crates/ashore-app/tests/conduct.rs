//! Contacts of collectors held against the rules on conduct, from what is recorded.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::conduct::CheckConductRequest;
use ashore_app::contacts::ListContactsRequest;
use ashore_app::loans::AddLoanRequest;
use ashore_app::session::{App, Unlocked};
use ashore_app::words::{LenderKind, ProductKind};
use ashore_test_support::{Home, loan_midway as loan};
use serde_json::json;

const NOW: &str = "2026-11-18T09:30:00+08:00";

#[test]
fn collection_while_an_agreement_is_kept_is_a_finding_and_hours_agreed_to_are_none() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let of_a_card = AddLoanRequest { product: Some(ProductKind::CreditCard), ..loan() };
    let (card, other, broken) = (
        app.add_loan(&of_a_card).unwrap().id,
        app.add_loan(&loan()).unwrap().id,
        app.add_loan(&loan()).unwrap().id,
    );
    let mut collected = |loan: &str, at: &str| {
        let request = json!({"loan_ids": [loan], "at": at, "direction": "incoming", "summary": "催收",
            "people": [{"role": "collector", "phone": "13800000417"}],
            "details": {"kind": "call", "number": "13800000417", "duration_s": 5, "status": "answered"}});
        app.log_contact(&serde_json::from_value(request).unwrap()).unwrap().id
    };
    let before = collected(&card, "2026-10-31T10:00");
    let same_day = collected(&card, "2026-11-01T10:00");
    let after = collected(&card, "2026-11-16T10:00");
    let after_other = collected(&other, "2026-11-15T23:00");
    collected(&broken, "2026-11-14T10:00");
    let text = json!({"loan_ids": [card, other, broken], "at": "2026-11-01T09:00", "direction": "incoming", "summary": "确认",
        "confirmation": "written", "details": {"kind": "sms", "body": "同意分期"}});
    let text = app.log_contact(&serde_json::from_value(text).unwrap()).unwrap().id;
    for (loan, first_due) in [(&card, "2026-12-28"), (&other, "2026-12-28"), (&broken, "2026-11-10")] {
        let request = json!({"loan_id": loan, "form": "sms", "payment": "720", "terms": "18", "first_due": first_due,
            "agreed_on": "2026-11-01", "evidence_ids": [text]});
        app.record_agreement(&serde_json::from_value(request).unwrap()).unwrap();
    }

    let view = app.check_conduct(&CheckConductRequest::default()).unwrap();
    let agreed: Vec<_> = view.findings.iter().filter(|card| card.rule == "COL-AFTER-AGREE").collect();
    let mut cited: Vec<_> =
        agreed.iter().map(|card| (card.contacts[0].id.clone(), card.confidence.as_str())).collect();
    cited.sort();
    // For a card the rule says so itself; for another loan it depends on the agreement's own words.
    let mut expected = vec![(after.clone(), "high"), (after_other.clone(), "low")];
    expected.sort();
    assert_eq!(
        cited, expected,
        "neither {before} before, nor {same_day} on the day, nor after a due was missed"
    );
    assert!(
        agreed.iter().all(|card| card.kind == "after_agreement" && card.wording.starts_with("可能不符合"))
    );

    let night = |app: &App<Unlocked>| {
        let view = app.check_conduct(&CheckConductRequest::default()).unwrap();
        view.findings.iter().filter(|card| card.kind == "quiet_hours").count()
    };
    let told = |app: &App<Unlocked>| -> Vec<String> {
        let page = ListContactsRequest { limit: Some(50), ..ListContactsRequest::default() };
        app.list_contacts(&page).unwrap().contacts.into_iter().filter_map(|card| card.quiet_hours).collect()
    };
    assert!(night(&app) > 0);
    assert_eq!(told(&app), ["22:00-08:00"], "one call at eleven at night, with the rule's own hours");
    app.save_consented_hours(&["22:30-23:30".to_owned()]).unwrap();
    assert_eq!((night(&app), told(&app)), (0, Vec::new()));
    drop(app);
    let mut app = home.reopened(NOW);
    assert_eq!(app.consented_hours().unwrap(), ["22:30-23:30"], "kept in the vault");
    for bad in ["25:00-26:00", "22:00", "22:00-22:00"] {
        let refused = app.save_consented_hours(&[bad.to_owned()]).unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("consented_hours"), "{bad}");
    }
    app.save_consented_hours(&[]).unwrap();
    assert!(night(&app) > 0);
}

#[test]
fn a_third_person_about_a_card_is_a_matter_of_the_rule_on_cards_too() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let bank = |product| AddLoanRequest { product, lender_kind: Some(LenderKind::Bank), ..loan() };
    let card = app.add_loan(&bank(Some(ProductKind::CreditCard))).unwrap().id;
    let cash = app.add_loan(&bank(None)).unwrap().id;
    for (loan, at) in [(&card, "2026-11-15T10:00"), (&cash, "2026-11-16T10:00")] {
        let request = json!({"loan_ids": [loan], "at": at, "direction": "incoming", "summary": "打给同事",
            "people": [{"role": "collector", "phone": "13800000417"}, {"role": "third_party", "name": "同事"}],
            "details": {"kind": "call", "number": "13800000417", "duration_s": 50, "status": "answered"}});
        app.log_contact(&serde_json::from_value(request).unwrap()).unwrap();
    }
    let view = app.check_conduct(&CheckConductRequest::default()).unwrap();
    let days = |rule: &str| -> Vec<String> {
        view.findings.iter().filter(|found| found.rule == rule).map(|found| found.day.clone()).collect()
    };
    assert_eq!(days("COL-THIRD-CARD"), ["2026-11-15"]);
    assert_eq!(days("COL-THIRD-GB"), ["2026-11-16", "2026-11-15"]);
}

#[test]
fn strangers_are_told_apart_by_number_and_a_call_about_two_lenders_counts_for_both() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let named = |app_name: &str| AddLoanRequest {
        app: app_name.to_owned(),
        lender: Some(format!("{app_name}消费金融有限公司")),
        ..loan()
    };
    let (jia, yi) = (app.add_loan(&named("甲花")).unwrap().id, app.add_loan(&named("乙花")).unwrap().id);
    let mut collected = |loans: &[&str], at: &str, number: Option<&str>| {
        let request = json!({"loan_ids": loans, "at": at, "direction": "incoming", "summary": "催收",
            "people": [{"role": "collector"}],
            "details": {"kind": "call", "number": number, "duration_s": 60, "status": "answered"}});
        app.log_contact(&serde_json::from_value(request).unwrap()).unwrap();
    };
    // Four strangers and four withheld numbers on one day are nobody's fourth call.
    for hour in ["09", "10", "11", "12"] {
        collected(&[], &format!("2026-11-10T{hour}:00"), Some(&format!("138000000{hour}")));
        collected(&[], &format!("2026-11-11T{hour}:00"), None);
        // The same stranger four times is.
        collected(&[], &format!("2026-11-12T{hour}:00"), Some("138 0000 0099"));
        // And so are four calls about both lenders, for each of them.
        collected(&[&jia, &yi], &format!("2026-11-13T{hour}:00"), Some(&format!("139000000{hour}")));
    }
    let calls = |loan_id: Option<String>| -> Vec<(String, String, u32)> {
        let request = CheckConductRequest { loan_id, ..CheckConductRequest::default() };
        let view = app.check_conduct(&request).unwrap();
        let mut calls: Vec<_> = view
            .findings
            .iter()
            .filter(|card| card.kind == "effective_calls")
            .map(|card| (card.day.clone(), card.lender.clone(), card.count.unwrap()))
            .collect();
        calls.sort();
        calls
    };
    let found = |day: &str, lender: &str| (day.to_owned(), lender.to_owned(), 4);
    let (first, second) = ("乙花消费金融有限公司", "甲花消费金融有限公司");
    assert_eq!(
        calls(None),
        [found("2026-11-12", "13800000099"), found("2026-11-13", first), found("2026-11-13", second)]
    );
    assert_eq!(calls(Some(yi.clone())), [found("2026-11-13", first)], "about one loan only its lender's");
    assert_eq!(
        app.check_conduct(&CheckConductRequest::default()).unwrap().checked,
        16,
        "records, not contacts"
    );
}

#[test]
fn a_finding_says_when_its_rule_was_not_checked_for_long() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let night = json!({"at": "2026-11-16T23:10", "direction": "incoming", "summary": "夜里来电",
        "people": [{"role": "collector", "organisation": "某催收"}],
        "details": {"kind": "call", "number": "13800000417", "duration_s": 60, "status": "answered"}});
    app.log_contact(&serde_json::from_value(night).unwrap()).unwrap();
    let stale = |app: &App<Unlocked>| -> Vec<bool> {
        let view = app.check_conduct(&CheckConductRequest::default()).unwrap();
        assert!(view.findings.iter().all(|card| card.as_of.len() == "2026-11-18".len()));
        view.findings.iter().map(|card| card.stale).collect()
    };
    let now = stale(&app);
    assert!(!now.is_empty() && now.iter().all(|stale| !stale), "{now:?}");
    let limits = |app: &App<Unlocked>| app.list_deadline_rules().unwrap().rules;
    assert!(limits(&app).iter().all(|rule| !rule.stale));
    drop(app);
    let later = home.reopened("2027-11-18T09:30:00+08:00");
    let old = stale(&later);
    assert!(!old.is_empty() && old.iter().all(|stale| *stale), "a year later: {old:?}");
    assert!(limits(&later).iter().all(|rule| rule.stale));
}
