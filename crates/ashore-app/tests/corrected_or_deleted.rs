//! What stays with a record that is corrected, and what no longer counts once it is deleted.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::ErrorCode;
use ashore_app::contacts::{ContactDetailView, LogContactRequest};
use ashore_app::loans::AddLoanRequest;
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;
use serde_json::{Value, json};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn loan(app: &mut App<Unlocked>) -> String {
    let request = AddLoanRequest {
        app: "戊借".to_owned(),
        received: Some("15000".to_owned()),
        payment: Some("1418.39".to_owned()),
        terms: Some("12".to_owned()),
        first_due: Some("2026-07-28".to_owned()),
        terms_paid: Some("2".to_owned()),
        ..AddLoanRequest::default()
    };
    app.add_loan(&request).unwrap().id
}

fn log(app: &mut App<Unlocked>, request: Value) -> ContactDetailView {
    app.log_contact(&serde_json::from_value::<LogContactRequest>(request).unwrap()).unwrap()
}

/// A staged file of these bytes.
fn staged(app: &mut App<Unlocked>, home: &Home, name: &str, bytes: &[u8]) -> String {
    let path = home.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    app.stage_file(&path, &mut |_, _| true).unwrap().handle
}

/// The form of the window sends what it shows: no file that is kept already, no offer unless one was chosen.
fn as_the_window_corrects(record: &ContactDetailView, summary: &str, files: &[String]) -> Value {
    json!({"loan_ids": record.loans.iter().map(|loan| &loan.id).collect::<Vec<_>>(), "at": record.at,
        "precision": record.precision, "time_source": record.time_source, "direction": record.direction,
        "people": record.people, "summary": summary, "outcomes": record.outcomes, "promises": record.promises,
        "tags": record.tags, "confirmation": record.confirmation, "details": record.details, "files": files,
        "corrects": record.id})
}

#[test]
fn a_corrected_call_keeps_its_recording_and_its_offer_and_takes_another_file() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let offer = json!({"loan_id": loan, "terms": [{"kind": "individual_instalment", "terms": 24, "rate": "0"}],
        "waived": {}, "first_due": "2026-12-28", "channel": "hotline"});
    let offer = app.add_proposal(&serde_json::from_value(offer).unwrap()).unwrap().id;
    let recording = staged(&mut app, &home, "通话录音.amr", b"#!AMR\nfirst");
    let call = log(
        &mut app,
        json!({"loan_ids": [loan], "at": "2026-11-16T10:42", "direction": "incoming", "summary": "口头提出 18 期",
            "people": [{"role": "lender_staff", "staff_no": "0286"}], "proposal_ids": [offer], "files": [recording],
            "details": {"kind": "call", "number": "13800000417", "duration_s": 372, "status": "answered"}}),
    );

    let bill = staged(&mut app, &home, "话单.txt", "10:42 呼入".as_bytes());
    let corrected = log(&mut app, as_the_window_corrects(&call, "口头提出 24 期", &[bill]));
    let names = |record: &ContactDetailView| -> Vec<String> {
        record.files.iter().map(|file| file.name.clone()).collect()
    };
    assert_eq!(names(&corrected), ["通话录音.amr", "话单.txt"]);
    assert_eq!(corrected.files[0], call.files[0], "the recording as it was kept");
    assert_eq!(corrected.proposals, std::slice::from_ref(&offer));
    assert_eq!(corrected.corrects.as_ref(), Some(&call.id));

    // What is said of the links holds; the command line's way is the same one.
    let changes = json!({"proposal_ids": [], "summary": "口头提出 20 期"});
    let unlinked = app.amend_contact(&corrected.id, changes.as_object().unwrap()).unwrap();
    assert_eq!((unlinked.proposals.len(), names(&unlinked).len()), (0, 2));

    let refused = |app: &mut App<Unlocked>, record: &ContactDetailView| {
        let request = as_the_window_corrects(record, "再改", &[]);
        let error = app.log_contact(&serde_json::from_value(request).unwrap()).unwrap_err();
        (error.field.clone(), error.code)
    };
    let corrects = Some("corrects".to_owned());
    assert_eq!(refused(&mut app, &call), (corrects.clone(), ErrorCode::BadRequest), "corrected before");
    app.remove_contact(&unlinked.id, "误记").unwrap();
    let facts = app.vault_info().unwrap().facts;
    assert_eq!(refused(&mut app, &unlinked), (corrects, ErrorCode::NotFound), "deleted");
    assert_eq!(app.vault_info().unwrap().facts, facts);
}
