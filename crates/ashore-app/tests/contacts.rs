//! What was said, with files and its place in the chain.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use std::io::Write;

use ashore_app::ErrorCode;
use ashore_app::conduct::CheckConductRequest;
use ashore_app::contacts::{ListContactsRequest, LogContactRequest, SearchRequest};
use ashore_app::loans::AddLoanRequest;
use ashore_app::session::{App, Unlocked};
use ashore_app::words::{EvidenceKind, LenderKind, ProductKind};
use ashore_test_support::Home;
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

fn loan() -> AddLoanRequest {
    AddLoanRequest {
        app: "戊借".to_owned(),
        received: Some("15000".to_owned()),
        payment: Some("1418.39".to_owned()),
        terms: Some("12".to_owned()),
        first_due: Some("2026-07-28".to_owned()),
        terms_paid: Some("2".to_owned()),
        ..AddLoanRequest::default()
    }
}

#[test]
fn a_call_with_its_recording_comes_back_whole() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = app.add_loan(&loan()).unwrap().id;
    let bytes: Vec<u8> = b"#!AMR\n".iter().copied().chain((0..200_000u32).map(|i| (i % 251) as u8)).collect();
    let source = home.path().join("通话 录音.amr");
    std::fs::write(&source, &bytes).unwrap();
    let staged = app.stage_file(&source).unwrap();
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
    app.save_attachment(&again.files[0].id, &copy).unwrap();
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
    let missing = app.stage_file(&home.path().join("nothing.txt")).unwrap_err();
    assert_eq!((missing.code, missing.field.as_deref()), (ErrorCode::FileUnreadable, Some("file")));
    assert_eq!(app.stage_file(home.path()).unwrap_err().code, ErrorCode::FileUnreadable, "a folder");
    let mut file = std::fs::File::create(home.path().join("note.txt")).unwrap();
    file.write_all("一句话".as_bytes()).unwrap();
    assert_eq!(app.stage_file(&home.path().join("note.txt")).unwrap().mime, "text/plain");
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
