//! What was said, with files and its place in the chain.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use std::io::Write;

use ashore_app::ErrorCode;
use ashore_app::contacts::{ListContactsRequest, LogContactRequest, SearchRequest};
use ashore_app::words::EvidenceKind;
use ashore_test_support::{Home, loan_midway as loan};
use serde_json::json;

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn call(loan: &str, files: &[String]) -> LogContactRequest {
    serde_json::from_value(json!({
        "loan_ids": [loan], "at": "2026-11-16T10:42", "direction": "incoming",
        "people": [{"role": "lender_staff", "organisation": "戊山小贷", "staff_no": "0286", "phone": "13800000417"}],
        "summary": "口头提出 18 期", "confirmation": "oral",
        "outcomes": [{"kind": "offer", "amount": "720", "terms": 18}],
        "promises": [{"by": "lender_staff", "what": "次日发短信", "due": "2026-11-17"}],
        "details": {"kind": "call", "number": "13800000417", "duration_s": 372, "status": "answered"},
        "files": files,
    }))
    .unwrap()
}

#[test]
fn a_call_with_its_recording_comes_back_whole() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = app.add_loan(&loan()).unwrap().id;
    let bytes: Vec<u8> = b"#!AMR\n".iter().copied().chain((0..200_000u32).map(|i| (i % 251) as u8)).collect();
    let source = home.path().join("通话 录音.amr");
    std::fs::write(&source, &bytes).unwrap();
    let staged = app.stage_file(&source, &mut |_, _| true).unwrap();
    assert_eq!((staged.mime.as_str(), staged.bytes.as_str()), ("audio/amr", "200006"));
    let record = app.log_contact(&call(&loan, &[staged.handle])).unwrap();
    assert_eq!(record.files[0].sha256, staged.sha256);
    assert_eq!(record.at, "2026-11-16T10:42:00+08:00");

    let app = {
        drop(app);
        home.reopened(NOW)
    };
    let again = app.contact(&record.id).unwrap();
    assert_eq!(again, record, "nothing is lost over a lock");
    let copy = home.path().join("copy.amr");
    app.save_attachment(&again.files[0].id, &copy, &mut |_, _| true).unwrap();
    assert_eq!(std::fs::read(copy).unwrap(), bytes, "byte for byte");
    let report = app.verify_evidence().unwrap();
    assert!(report.whole && report.first_break.is_none());
    let home_view = app.home().unwrap();
    assert_eq!(serde_json::to_value(home_view.next_step.kind).unwrap(), "ask_in_writing");
    assert_eq!(home_view.next_step.terms, Some(18));
}

#[test]
fn filters_and_corrections() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = app.add_loan(&loan()).unwrap().id;
    let first = app.log_contact(&call(&loan, &[])).unwrap();
    let mut better = call(&loan, &[]);
    better.summary = "口头提出 18 期，每期 720".to_owned();
    better.corrects = Some(first.id.clone());
    let second = app.log_contact(&better).unwrap();
    assert_eq!(app.contact(&first.id).unwrap().corrected_by, Some(second.id));
    let of_kind = |kind| ListContactsRequest { kind: Some(kind), ..ListContactsRequest::default() };
    assert_eq!(app.list_contacts(&of_kind(EvidenceKind::Call)).unwrap().contacts.len(), 2);
    assert!(app.list_contacts(&of_kind(EvidenceKind::Sms)).unwrap().contacts.is_empty());
}

#[test]
fn wrong_input_is_refused_by_field_and_nothing_is_stored() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = app.add_loan(&loan()).unwrap().id;
    let before = app.vault_info().unwrap().facts;
    let with = |change: fn(&mut LogContactRequest)| {
        let mut request = call(&loan, &[]);
        change(&mut request);
        request
    };
    for (request, field, code) in [
        (with(|r| r.summary = "  ".to_owned()), "summary", ErrorCode::FieldMissing),
        (with(|r| r.summary = "长".repeat(100_000)), "summary", ErrorCode::FieldTooLong),
        (with(|r| r.at = Some("昨天".to_owned())), "at", ErrorCode::DateImpossible),
        (with(|r| r.at = Some("2026-11-19T08:00".to_owned())), "at", ErrorCode::DateOrder),
        (with(|r| r.loan_ids = vec!["none".to_owned()]), "loan_ids", ErrorCode::NotFound),
        (with(|r| r.files = vec!["gone".to_owned()]), "files", ErrorCode::NotFound),
        (
            with(|r| r.outcomes[0].amount = Some("1.234".to_owned())),
            "outcomes.amount",
            ErrorCode::AmountTooManyDecimals,
        ),
    ] {
        let error = app.log_contact(&request).unwrap_err();
        assert_eq!((error.field.as_deref(), error.code), (Some(field), code), "{error}");
    }
    assert_eq!(app.vault_info().unwrap().facts, before);
}

#[test]
fn a_file_that_cannot_be_read_leaves_nothing() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let missing = app.stage_file(&home.path().join("nothing.txt"), &mut |_, _| true).unwrap_err();
    assert_eq!((missing.code, missing.field.as_deref()), (ErrorCode::FileUnreadable, Some("file")));
    assert_eq!(
        app.stage_file(home.path(), &mut |_, _| true).unwrap_err().code,
        ErrorCode::FileUnreadable,
        "a folder"
    );
    let mut file = std::fs::File::create(home.path().join("note.txt")).unwrap();
    file.write_all("一句话".as_bytes()).unwrap();
    assert_eq!(app.stage_file(&home.path().join("note.txt"), &mut |_, _| true).unwrap().mime, "text/plain");
}

#[test]
fn any_part_of_a_record_is_found_with_its_place_marked() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = app.add_loan(&loan()).unwrap().id;
    let mut sms = call(&loan, &[]);
    let before = "很长的前文".repeat(20);
    sms.details = serde_json::from_value(
        json!({"kind": "sms", "body": format!("{before}，您的網貸已逾期，ＡＰＰ內還款")}),
    )
    .unwrap();
    let sms = app.log_contact(&sms).unwrap();
    let call = app.log_contact(&call(&loan, &[])).unwrap();
    let search = |query: &str| {
        app.search(&SearchRequest { query: query.to_owned(), ..SearchRequest::default() }).unwrap()
    };
    let found = search("网贷 app");
    assert_eq!(found.hits.len(), 1);
    assert_eq!(found.hits[0].contact.id, sms.id);
    let marked: Vec<&str> =
        found.hits[0].excerpt.iter().filter(|part| part.hit).map(|part| part.text.as_str()).collect();
    assert_eq!(marked, ["網貸", "ＡＰＰ"], "as it was written");
    assert_eq!(found.hits[0].excerpt[0].text, "…");
    for part in ["18 期", "口头", "0286", "戊山", "0417", "720", "次日发"] {
        assert_eq!(search(part).hits.len(), 2, "{part}");
    }
    assert_eq!(search("戊借").loans[0].id, loan, "the lender's own page");
    assert!(search("没有这回事").hits.is_empty());

    let on = |from: &str, to: &str| {
        let request = SearchRequest {
            query: "720".to_owned(),
            from: Some(from.to_owned()),
            to: Some(to.to_owned()),
            ..SearchRequest::default()
        };
        app.search(&request).unwrap().hits.len()
    };
    assert_eq!((on("2026-11-16", "2026-11-16"), on("2026-11-17", ""), on("", "2026-11-15")), (2, 0, 0));
    let page = |before: Option<String>| {
        let request =
            SearchRequest { query: "720".to_owned(), limit: Some(1), before, ..SearchRequest::default() };
        let page = app.search(&request).unwrap();
        (page.hits.into_iter().map(|hit| hit.contact.id).collect::<Vec<_>>(), page.more)
    };
    assert_eq!(page(None), (vec![call.id.clone()], true));
    assert_eq!(page(Some(call.id)), (vec![sms.id.clone()], true));
    assert_eq!(page(Some(sms.id)), (vec![], false));
}

#[test]
fn pasted_words_become_a_draft_and_nothing_is_stored() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let known = app.add_loan(&loan()).unwrap().id;
    let facts = app.vault_info().unwrap().facts;
    let read = |text: &str| app.read_pasted(&serde_json::from_value(json!({"text": text})).unwrap());
    let message = read("10690001234\n昨天 21:05\n【戊借】您的账单已逾期").unwrap();
    assert_eq!((message.kind, message.phone.as_deref()), (EvidenceKind::Sms, Some("10690001234")));
    assert_eq!((message.date.as_deref(), message.time.as_deref()), (Some("2026-11-17"), Some("21:05")));
    assert_eq!((message.organisation.as_deref(), message.loan_ids), (Some("戊借"), vec![known]));
    assert_eq!(message.body, "【戊借】您的账单已逾期");
    let chat = read("王经理 2026/11/16 10:42：可以分期").unwrap();
    assert_eq!(
        (chat.kind, chat.name.as_deref(), chat.body.as_str()),
        (EvidenceKind::ImChat, Some("王经理"), "可以分期")
    );
    assert_eq!(read("  \n ").unwrap_err().code, ErrorCode::FieldMissing);
    assert_eq!(app.vault_info().unwrap().facts, facts);
}

#[test]
fn a_damaged_file_leaves_what_lies_at_the_chosen_place() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = app.add_loan(&loan()).unwrap().id;
    let source = home.path().join("录音.amr");
    std::fs::write(&source, vec![7; 200_000]).unwrap();
    let staged = app.stage_file(&source, &mut |_, _| true).unwrap();
    let record = app.log_contact(&call(&loan, &[staged.handle])).unwrap();
    let file = &record.files[0].id;

    let out = home.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let place = out.join("录音.amr");
    std::fs::write(&place, "原来就在这里").unwrap();
    let inside = || {
        let names = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name());
        (names.collect::<Vec<_>>(), std::fs::read(&place).unwrap())
    };
    let before = inside();
    // The last of its chunks is spoiled: the ones before it can be read.
    let mut folders = vec![home.path().to_owned()];
    let mut object = None;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.components().any(|part| part.as_os_str() == "objects") {
                object = Some(entry);
            }
        }
    }
    let object = object.unwrap();
    let whole = std::fs::read(&object).unwrap();
    let mut spoiled = whole.clone();
    *spoiled.last_mut().unwrap() ^= 1;
    std::fs::write(&object, spoiled).unwrap();
    let error = app.save_attachment(file, &place, &mut |_, _| true).unwrap_err();
    assert_eq!(error.code, ErrorCode::AttachmentDamaged);
    assert_eq!(inside(), before, "neither changed nor joined by a part");

    std::fs::write(&object, whole).unwrap();
    app.save_attachment(file, &place, &mut |_, _| true).unwrap();
    assert_eq!(inside(), (before.0, vec![7; 200_000]), "whole it takes the place");
}
