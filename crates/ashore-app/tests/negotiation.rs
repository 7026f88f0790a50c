//! From first contact through two counter-offers, an oral yes and the request for writing to active dues; and what is
//! refused on the way.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::ErrorCode;
use ashore_app::agreements::{AdvanceAgreementRequest, RecordAgreementRequest};
use ashore_app::cases::{HardshipForm, SetStageRequest};
use ashore_app::contacts::LogContactRequest;
use ashore_app::lenders::{SetLegitimacyRequest, SetLoanPartiesRequest};
use ashore_app::loans::AddLoanRequest;
use ashore_app::offers::{AcceptOfferRequest, MakeOfferRequest};
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn json_of(view: &impl serde::Serialize) -> Value {
    serde_json::to_value(view).unwrap()
}

fn loan(app: &mut App<Unlocked>) -> String {
    let request: AddLoanRequest = read(json!({
        "app": "戊借", "received": "15000", "payment": "1418.39", "terms": "12", "first_due": "2026-07-28", "terms_paid": "2",
    }));
    app.add_loan(&request).unwrap().id
}

fn instalments(terms: u16) -> Value {
    json!({"kind": "individual_instalment", "terms": terms, "rate": "0"})
}

/// What money falls due when; tasks and promises left out.
fn dues(app: &App<Unlocked>, from: Option<&str>) -> Vec<Value> {
    let all = json_of(&app.list_reminders(from, None).unwrap());
    let money = |r: &&Value| ["loan_due", "agreement_due"].contains(&r["kind"].as_str().unwrap());
    all["reminders"].as_array().unwrap().iter().filter(money).cloned().collect()
}

fn stage(app: &App<Unlocked>, loan: &str) -> (String, String) {
    let card = json_of(&app.case(loan).unwrap().card);
    (card["stage"].as_str().unwrap().to_owned(), card["next"]["kind"].as_str().unwrap().to_owned())
}

/// What the lender said last leads, not the older request that it answered.
#[test]
fn a_newer_spoken_offer_comes_before_an_older_request() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let wu = loan(&mut app);
    let offer: MakeOfferRequest = read(json!({"loan_id": wu, "terms": [instalments(24)], "waived": {},
        "first_due": "2026-12-28", "made_at": "2026-11-10T10:00:00+08:00"}));
    app.add_proposal(&offer).unwrap();
    assert_eq!(stage(&app, &wu), ("negotiating".into(), "await_answer".into()));
    let mut call = json!({"loan_ids": [wu], "direction": "incoming", "summary": "客服说可以分 12 期",
        "at": "2026-11-09T10:00:00+08:00", "confirmation": "oral",
        "people": [{"role": "lender_staff", "staff_no": "8021"}],
        "outcomes": [{"kind": "offer", "amount": "500", "terms": 12}],
        "details": {"kind": "call", "number": "4000000000", "duration_s": 200, "status": "answered"}});
    app.log_contact(&read(call.clone())).unwrap();
    assert_eq!(stage(&app, &wu).1, "await_answer", "an older word does not undo the request");
    call["at"] = json!("2026-11-16T10:00:00+08:00");
    app.log_contact(&read(call)).unwrap();
    assert_eq!(stage(&app, &wu), ("negotiating".into(), "ask_in_writing".into()));
    assert_eq!(json_of(&app.case(&wu).unwrap().card)["next"]["on"], "2026-11-16");
}

#[test]
fn from_first_contact_to_active_dues() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let wu = loan(&mut app);
    assert_eq!(stage(&app, &wu), ("preparing".into(), "find_lender".into()));

    let around = app
        .set_loan_parties(&read::<SetLoanPartiesRequest>(json!({"loan_id": wu, "parties": [
            {"name": "戊借", "role": "platform"},
            {"name": "戊山小额贷款有限公司", "lender_kind": "micro_loan_co", "role": "current_creditor",
             "known_by": "合同第一页"},
        ]})))
        .unwrap();
    assert_eq!(around.len(), 2);
    app.set_legitimacy(&read::<SetLegitimacyRequest>(json!({
        "party_id": around[0].party.id, "answers": [{"id": "LEG-FUNDER", "answer": "yes"}],
    })))
    .unwrap();
    let again = json_of(&app.loan_parties(&wu).unwrap());
    assert!(again[0]["legitimacy"].as_array().unwrap().iter().any(|q| q["answer"] == "yes"));
    assert_eq!(stage(&app, &wu).1, "state_hardship");
    app.set_hardship(&read::<HardshipForm>(json!({
        "kind": "job_loss", "what": "公司裁员，9 月起没有工资", "since": "2026-09-01", "until": "2027-03-01",
    })))
    .unwrap();
    let call: LogContactRequest = read(json!({
        "loan_ids": [wu], "direction": "outgoing", "summary": "打客服，问能否分期",
        "people": [{"role": "lender_staff", "staff_no": "8021"}],
        "details": {"kind": "call", "number": "4000000000", "duration_s": 200, "status": "answered"},
    }));
    let call = app.log_contact(&call).unwrap().id;
    assert_eq!(stage(&app, &wu).0, "contacted");

    let asked = app
        .add_proposal(&read(json!({"loan_id": wu, "terms": [instalments(24), {"kind": "waiver"}],
            "waived": {}, "first_due": "2026-12-28", "channel": "hotline", "evidence_ids": [call]})))
        .unwrap();
    assert_eq!((asked.terms, asked.rows.len()), (24, 24));
    assert_eq!(stage(&app, &wu), ("negotiating".into(), "await_answer".into()));
    let before = dues(&app, None);

    let countered = app
        .counter_proposal(
            &asked.id,
            &read(json!({"terms": [instalments(12)], "first_due": "2026-12-28",
            "expires_on": "2026-11-30", "channel": "hotline"})),
        )
        .unwrap();
    assert_eq!(json_of(&countered.by), "lender", "an answer is the other side's");
    assert_eq!(json_of(&countered.standing), "spoken");
    let diff = json_of(&app.diff_proposals(&countered.id, None).unwrap());
    let changed =
        |term: &str| diff["changes"].as_array().unwrap().iter().find(|c| c["term"] == term).cloned();
    assert_eq!(changed("terms").unwrap()["after"], "12");
    assert_eq!(changed("relief.waiver").unwrap()["after"], Value::Null, "a term that is gone is named");
    assert!(changed("first_due").is_none(), "what is the same is left out");

    let second = app
        .counter_proposal(
            &countered.id,
            &read(json!({"terms": [instalments(18)], "first_due": "2026-12-28"})),
        )
        .unwrap();
    let detail = json_of(&app.offer_detail(&second.id).unwrap());
    assert_eq!(detail["effect"]["total"], detail["offer"]["total"]);
    assert_eq!(detail["effect"]["end"], "2028-05");
    assert_eq!(detail["effect"]["limitation"]["step"], "repayment_plan");

    let accepted = app
        .accept_proposal(&read::<AcceptOfferRequest>(
            json!({"proposal_id": second.id, "evidence_ids": [call]}),
        ))
        .unwrap();
    assert_eq!(json_of(&accepted.state), "accepted_orally");
    assert_eq!(stage(&app, &wu), ("orally_agreed".into(), "ask_in_writing".into()));
    let open = app.unconfirmed().unwrap();
    assert_eq!(open.len(), 1);
    for part in ["戊山小额贷款有限公司", "共 18 期", "书面确认", "2026 年 12 月 28 日"] {
        assert!(open[0].message.contains(part), "{part} in {}", open[0].message);
    }
    assert_eq!(open[0].reply_by, "2026-11-25", "five working days");
    assert_eq!(dues(&app, None), before, "spoken words change no due");

    let draft = app
        .record_agreement(&read::<RecordAgreementRequest>(json!({
            "loan_id": wu, "proposal_id": second.id, "form": "sms", "creditor": "戊山小额贷款有限公司",
        })))
        .unwrap();
    assert_eq!(json_of(&draft.state), "draft");
    assert_eq!(dues(&app, None), before, "a draft changes no due");
    assert_eq!(stage(&app, &wu), ("drafted".into(), "check_text".into()));
    let sms: LogContactRequest = read(json!({
        "loan_ids": [wu], "direction": "incoming", "summary": "短信确认 18 期", "confirmation": "written",
        "proposal_ids": [second.id], "details": {"kind": "sms", "body": "同意分 18 期偿还"},
    }));
    let sms = app.log_contact(&sms).unwrap().id;
    let signed = |evidence: Value| -> AdvanceAgreementRequest {
        read(json!({"agreement_id": draft.id, "state": "signed", "evidence_ids": evidence}))
    };
    let bare = app.advance_agreement(&signed(json!([]))).unwrap_err();
    assert_eq!(bare.code, ErrorCode::EvidenceMissing, "signed means the writing is linked");
    let active = app.advance_agreement(&signed(json!([sms]))).unwrap();
    assert_eq!((json_of(&active.state), active.id), (json!("active"), draft.id.clone()));
    assert!(app.unconfirmed().unwrap().is_empty());
    assert_eq!(stage(&app, &wu), ("performing".into(), "pay_next".into()));
    let agreed = dues(&app, Some("2026-12-20"));
    assert!(!agreed.is_empty() && agreed.iter().all(|r| r["agreed"] == true));
    let reminded = json_of(&app.list_reminders(Some("2026-12-28"), None).unwrap());
    assert!(
        reminded["reminders"].as_array().unwrap().iter().any(|r| r["kind"] == "task"),
        "tasks remind too"
    );
    let tasks = json_of(&app.list_tasks(Some(&wu)).unwrap());
    let days: Vec<_> =
        tasks["tasks"].as_array().unwrap().iter().map(|t| t["due"].as_str().unwrap()).collect();
    assert_eq!(days, ["2026-11-21", "2026-12-29", "2028-05-29", "2028-06-27"]);
    let tasks = app.list_tasks(None).unwrap().tasks;
    assert_eq!(tasks.iter().filter(|task| !task.done && task.due.is_some()).count(), 4);

    let second_one = app
        .record_agreement(&read(json!({"loan_id": wu, "form": "sms", "payment": "500", "terms": "10",
            "first_due": "2026-12-28", "evidence_ids": [sms]})))
        .unwrap_err();
    assert_eq!(second_one.code, ErrorCode::AgreementActive, "one debt has one agreement");
    let replaced = app
        .record_agreement(&read(json!({"loan_id": wu, "form": "sms", "payment": "500", "terms": "10",
            "first_due": "2026-12-28", "evidence_ids": [sms], "supersedes": draft.id})))
        .unwrap();
    assert_eq!(json_of(&replaced.state), "active");
    assert_eq!(json_of(&app.agreement(&draft.id).unwrap().state), "superseded");
    let early: AdvanceAgreementRequest = read(json!({"agreement_id": replaced.id, "state": "completed"}));
    assert_eq!(app.advance_agreement(&early).unwrap_err().code, ErrorCode::AgreementNotActive);
}

#[test]
fn what_does_not_follow_is_refused_in_plain_words() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let wu = loan(&mut app);
    let offer = app.add_proposal(&read(json!({"loan_id": wu, "terms": [instalments(24)]}))).unwrap();
    let add = |app: &mut App<Unlocked>, more: Value| {
        let mut request = json!({"loan_id": wu});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let error = app.add_proposal(&read::<MakeOfferRequest>(request)).unwrap_err();
        (error.field.unwrap_or_default(), error.code)
    };
    for (request, field, code) in [
        (json!({}), "terms", ErrorCode::FieldMissing),
        (json!({"terms": [instalments(0)]}), "terms.0.terms", ErrorCode::CountOutOfRange),
        (
            json!({"terms": [instalments(3), {"kind": "minimum_payment", "amount": "9"}]}),
            "terms",
            ErrorCode::TermsRefused,
        ),
        (
            json!({"terms": [instalments(3)], "waived": {"penalty": "99999"}}),
            "waived",
            ErrorCode::AmountOutOfRange,
        ),
        (json!({"terms": [instalments(3)], "made_at": "2026-12-01T10:00"}), "made_at", ErrorCode::DateOrder),
        (json!({"terms": [instalments(3)], "expires_on": "2026-11-01"}), "expires_on", ErrorCode::DateOrder),
        (
            json!({"rows": [{"due": "2026-12-28", "amount": "1"}, {"due": "2026-12-28", "amount": "1"}]}),
            "rows.1.due",
            ErrorCode::DateOrder,
        ),
    ] {
        assert_eq!(add(&mut app, request), (field.to_owned(), code));
    }
    let total = app
        .record_agreement(&read(json!({"loan_id": wu, "form": "sms", "payment": "720", "terms": "18",
            "first_due": "2026-12-28", "total": "13000"})))
        .unwrap_err();
    assert_eq!(total.code, ErrorCode::AgreementRowsDiffer, "{total}");
    let future = app
        .record_agreement(&read(json!({"loan_id": wu, "form": "sms", "payment": "720", "terms": "18",
            "first_due": "2026-12-28", "agreed_on": "2026-12-01"})))
        .unwrap_err();
    assert_eq!((future.field.as_deref(), future.code), (Some("agreed_on"), ErrorCode::DateOrder));
    let written =
        app.accept_proposal(&read(json!({"proposal_id": offer.id, "form": "written"}))).unwrap_err();
    assert_eq!(written.code, ErrorCode::EvidenceMissing);
    app.set_case_stage(&read::<SetStageRequest>(json!({"loan_id": wu, "stage": "settled"}))).unwrap();
    let late = app.counter_proposal(&offer.id, &read(json!({"terms": [instalments(6)]}))).unwrap_err();
    assert_eq!(late.code, ErrorCode::AlreadyClosed, "a counter-offer on a closed case");
    let facts = app.list_proposals(Some(&wu)).unwrap().proposals.len();
    assert_eq!(facts, 1, "nothing of what was refused is stored");
    app.keep_draft("offer-1", Some("{\"terms\":12}")).unwrap();
    assert_eq!(app.draft("offer-1").unwrap().as_deref(), Some("{\"terms\":12}"));
    assert_eq!(app.keep_draft("../x", None).unwrap_err().code, ErrorCode::BadRequest);
}
