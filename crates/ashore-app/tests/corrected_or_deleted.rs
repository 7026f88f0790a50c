//! What stays with a record that is corrected, and what no longer counts once it is deleted.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::ErrorCode;
use ashore_app::conduct::CheckConductRequest;
use ashore_app::contacts::{
    ContactCard, ContactDetailView, ListContactsRequest, LogContactRequest, SearchRequest,
};
use ashore_app::letters::PackageRequest;
use ashore_app::session::{App, Unlocked};
use ashore_test_support::{Home, loan_midway};
use serde_json::{Value, json};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn loan(app: &mut App<Unlocked>) -> String {
    app.add_loan(&loan_midway()).unwrap().id
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
    let mut correction = as_the_window_corrects(&call, "口头提出 24 期", std::slice::from_ref(&bill));
    // What is made from a file says so: from one that is kept, from one that comes with it.
    let words = staged(&mut app, &home, "文字稿.txt", "口头提出 24 期".as_bytes());
    let masked = staged(&mut app, &home, "话单（打码）.txt", "呼入".as_bytes());
    correction["files"] = json!([bill, words, masked]);
    correction["derived"] = json!([{"handle": words, "derived_from": call.files[0].id},
        {"handle": masked, "derived_from": bill}]);
    let corrected = log(&mut app, correction);
    let names = |record: &ContactDetailView| -> Vec<String> {
        record.files.iter().map(|file| file.name.clone()).collect()
    };
    assert_eq!(names(&corrected), ["通话录音.amr", "话单.txt", "文字稿.txt", "话单（打码）.txt"]);
    let from = |place: usize| (corrected.files[place].original, corrected.files[place].derived_from.clone());
    assert_eq!((from(0), from(1)), ((true, None), (true, None)));
    assert_eq!(from(2), (false, Some(call.files[0].id.clone())));
    assert_eq!(from(3), (false, Some(corrected.files[1].id.clone())));
    assert_eq!(corrected.files[0], call.files[0], "the recording as it was kept");
    assert_eq!(corrected.proposals, std::slice::from_ref(&offer));
    assert_eq!(corrected.corrects.as_ref(), Some(&call.id));

    // What is said of the links holds; the command line's way is the same one.
    let changes = json!({"proposal_ids": [], "summary": "口头提出 20 期"});
    let unlinked = app.amend_contact(&corrected.id, changes.as_object().unwrap()).unwrap();
    assert_eq!((unlinked.proposals.len(), names(&unlinked).len()), (0, 4));

    let alone = staged(&mut app, &home, "自己.txt", b"x");
    let mut of_itself = as_the_window_corrects(&unlinked, "再改", std::slice::from_ref(&alone));
    of_itself["derived"] = json!([{"handle": alone, "derived_from": alone}]);
    let error = app.log_contact(&serde_json::from_value(of_itself).unwrap()).unwrap_err();
    assert_eq!(error.field.as_deref(), Some("derived"));

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

fn shown<T: serde::Serialize>(view: T) -> Value {
    serde_json::to_value(view).unwrap()
}

/// Everything that is worked out from records.
fn worked_out(app: &App<Unlocked>, loan: &str) -> Value {
    let of = |list: Value, field: &str, word: &str| -> Vec<Value> {
        list.as_array().unwrap().iter().filter(|one| one[field] == word).cloned().collect()
    };
    let case = shown(app.case(loan).unwrap());
    let reminders = shown(app.list_reminders(Some("2026-11-01"), Some("2026-12-31")).unwrap());
    let search = SearchRequest { query: "还一千".to_owned(), ..SearchRequest::default() };
    let standing = ListContactsRequest { standing: true, ..ListContactsRequest::default() };
    json!({
        "findings": shown(app.check_conduct(&CheckConductRequest::default()).unwrap())["findings"],
        "promises": of(reminders["reminders"].clone(), "kind", "promise"),
        "tasks": shown(app.list_tasks(None).unwrap())["tasks"],
        "interruptions": shown(app.limitation(loan).unwrap())["events"],
        "files": shown(app.loan(loan, None).unwrap())["files"],
        "last_contact": case["card"]["last_contact"],
        "stage": case["card"]["stage"],
        "papers": of(case["documents"].clone(), "state", "attached"),
        "in_the_story": of(case["story"].clone(), "kind", "contact"),
        "next_step": shown(app.home().unwrap())["next_step"]["kind"],
        "found": shown(app.search(&search).unwrap())["hits"],
        "standing": shown(app.list_contacts(&standing).unwrap())["contacts"],
    })
}

#[test]
fn nothing_is_worked_out_from_a_deleted_record_and_its_tombstone_stays() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let before = worked_out(&app, &loan);

    let recording = staged(&mut app, &home, "通话录音.amr", b"#!AMR\nfirst");
    let call = log(
        &mut app,
        json!({"loan_ids": [loan], "at": "2026-11-16T23:10", "direction": "incoming", "summary": "催收口头提出分期",
            "people": [{"role": "collector", "phone": "13800000417"}], "files": [recording], "confirmation": "oral",
            "tags": ["demand_message"], "outcomes": [{"kind": "offer", "amount": "720", "terms": 18}],
            "promises": [{"by": "user", "what": "月底还一千", "due": "2026-11-30"}],
            "details": {"kind": "call", "number": "13800000417", "duration_s": 372, "status": "answered"}}),
    );
    let scan = staged(&mut app, &home, "合同.pdf", b"%PDF-1.4\n");
    let contract = log(
        &mut app,
        json!({"loan_ids": [loan], "at": "2026-05-28T10:00", "direction": "none", "summary": "合同", "files": [scan],
            "details": {"kind": "contract"}}),
    );
    // One correction, so that the record and what it corrected are both deleted.
    let call = log(&mut app, as_the_window_corrects(&call, "催收口头提出 18 期", &[]));
    let with = worked_out(&app, &loan);
    for (part, value) in with.as_object().unwrap() {
        assert_ne!(value, &before[part], "{part} is worked out from records");
    }
    assert_eq!(with["files"].as_array().unwrap().len(), 2, "a corrected record's file is named once");

    app.remove_contact(&call.id, "误记").unwrap();
    app.remove_contact(&contract.id, "误存").unwrap();
    let after = worked_out(&app, &loan);
    for (part, value) in before.as_object().unwrap() {
        assert_eq!(&after[part], value, "{part}");
    }

    let timeline = app.list_contacts(&ListContactsRequest::default()).unwrap().contacts;
    assert_eq!(timeline.len(), 3, "tombstones stay in the timeline");
    let silent = |card: &ContactCard| {
        card.removed && card.summary.is_empty() && card.person.is_none() && card.outcomes.is_empty()
    };
    assert!(timeline.iter().all(silent), "and say nothing any more");
    assert!(app.verify_evidence().unwrap().whole);
    let package = home.path().join("投诉.zip");
    let ask = PackageRequest {
        channel: "lender".to_owned(),
        loan_id: loan.clone(),
        evidence_ids: None,
        edits: Vec::new(),
    };
    let packed = app.export_package(&ask, &package).unwrap();
    assert!(!packed.files.iter().any(|file| file.name.starts_with("证据/")), "{:?}", packed.files);
}

#[test]
fn what_names_a_corrected_record_means_it_as_it_stands() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let proof = staged(&mut app, &home, "离职证明.pdf", b"%PDF-1.4\n");
    let proof = log(
        &mut app,
        json!({"loan_ids": [loan], "at": "2026-09-02T10:00", "direction": "none", "summary": "离职证明",
            "files": [proof], "details": {"kind": "note", "body": "公司出具"}}),
    );
    let told =
        json!({"kind": "job_loss", "what": "公司裁员", "since": "2026-09-01", "evidence_ids": [proof.id]});
    app.set_hardship(&serde_json::from_value(told).unwrap()).unwrap();
    let better = log(&mut app, as_the_window_corrects(&proof, "离职证明（盖章）", &[]));
    let told = shown(app.hardship().unwrap());
    assert_eq!(
        (&told["proofs"], &told["form"]["evidence_ids"]),
        (&json!(["离职证明（盖章）"]), &json!([better.id]))
    );
    app.remove_contact(&better.id, "误存").unwrap();
    let told = shown(app.hardship().unwrap());
    assert_eq!((&told["proofs"], &told["form"]["evidence_ids"]), (&json!([]), &json!([])));
}

#[test]
fn a_promise_that_was_ticked_off_stays_so_when_its_record_is_corrected() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let promises = |second: &str| {
        json!([{"by": "user", "what": second, "due": "2026-11-21"},
            {"by": "lender_staff", "what": "次日发短信", "due": "2026-11-19"}])
    };
    let call = log(
        &mut app,
        json!({"loan_ids": [loan], "at": "2026-11-16T10:42", "direction": "incoming", "summary": "口头提出 18 期",
            "promises": [{"by": "lender_staff", "what": "次日发短信", "due": "2026-11-19"},
                {"by": "user", "what": "准备流水", "due": "2026-11-21"}],
            "details": {"kind": "call", "number": "13800000417", "duration_s": 372, "status": "answered"}}),
    );
    let open = |app: &App<Unlocked>| -> Vec<(String, bool)> {
        app.list_tasks(None).unwrap().tasks.into_iter().map(|task| (task.what, task.done)).collect()
    };
    for place in ["0", "1"] {
        app.finish_task(&format!("{}-{place}", call.id)).unwrap();
    }

    // One promise moves to another place with its words, the other says something else now.
    let mut correction = as_the_window_corrects(&call, "口头提出 24 期", &[]);
    correction["promises"] = promises("准备六个月流水");
    let corrected = log(&mut app, correction);
    assert_eq!(open(&app), [("准备六个月流水".to_owned(), false), ("次日发短信".to_owned(), true)]);
    // And again, through a correction of the correction.
    let mut again = as_the_window_corrects(&corrected, "口头提出 24 期，罚息不收", &[]);
    again["promises"] = promises("准备六个月流水");
    log(&mut app, again);
    assert_eq!(open(&app), [("准备六个月流水".to_owned(), false), ("次日发短信".to_owned(), true)]);
    let waiting = app.list_reminders(Some("2026-11-18"), Some("2026-11-30")).unwrap();
    let named: Vec<&str> = waiting.reminders.iter().map(|one| one.name.as_str()).collect();
    assert!(named.iter().any(|name| name.contains("准备六个月流水")), "{named:?}");
    assert!(!named.iter().any(|name| name.contains("次日发短信")), "{named:?}");
}
