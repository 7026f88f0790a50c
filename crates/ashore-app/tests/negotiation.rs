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
    let kinds = |app: &App<Unlocked>| json_of(&app.loan_parties(&wu).unwrap());
    assert_eq!(kinds(&app)[0]["party"]["lender_kind"], "unknown");
    app.set_loan_parties(&read::<SetLoanPartiesRequest>(json!({"loan_id": wu, "parties": [
        {"name": "戊借", "role": "platform", "lender_kind": "guarantee_co"},
        {"party_id": around[1].party.id, "role": "current_creditor", "known_by": "合同第一页"},
    ]})))
    .unwrap();
    assert_eq!(kinds(&app)[0]["party"]["lender_kind"], "guarantee_co", "a known name is told its kind");
    assert_eq!(kinds(&app)[1]["party"]["lender_kind"], "micro_loan_co");
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
    let back: LogContactRequest = read(json!({
        "loan_ids": [wu], "direction": "incoming", "summary": "客服回电，口头同意 18 期", "confirmation": "oral",
        "people": [{"role": "lender_staff", "staff_no": "8021"}], "outcomes": [{"kind": "offer", "amount": "720", "terms": 18}],
        "details": {"kind": "call", "number": "4000000000", "duration_s": 90, "status": "answered"},
    }));
    app.log_contact(&back).unwrap();
    let out = home.path().join("确认函.txt");
    let letter =
        app.export_letter(&read(json!({"kind": "confirmation", "loan_id": wu})), &out).unwrap().letter;
    let written = std::fs::read_to_string(&out).unwrap();
    for part in ["戊山小额贷款有限公司", "8021", "720", "18 期"] {
        assert!(written.contains(part), "{part} in {written}");
    }
    let sending = json!({"letter_id": letter.id, "channel": "email", "to": "kf@example.com"});
    let waiting = app.letter_sent(&read(sending)).unwrap();
    assert_eq!(waiting.waiting_until.as_deref(), Some("2026-11-25"), "five working days");
    assert_eq!(stage(&app, &wu), ("drafted".into(), "check_text".into()), "asking in writing is no writing");
    let sms: LogContactRequest = read(json!({
        "loan_ids": [wu], "direction": "incoming", "summary": "短信确认 18 期", "confirmation": "written",
        "proposal_ids": [second.id], "details": {"kind": "sms", "body": "同意分 18 期偿还"},
    }));
    let sms = app.log_contact(&sms).unwrap().id;
    let answer = json!({"letter_id": letter.id, "evidence_ids": [sms], "note": "短信答复同意"});
    assert_eq!(app.letter_answered(&read(answer)).unwrap().waiting_until, None);
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
            json!({"terms": [instalments(3)], "waived": {"penalty": "1", "interest": "99999"}}),
            "waived.interest",
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
    for (part, field, code) in [
        (json!({"payment": "", "terms": "18"}), "payment", ErrorCode::FieldMissing),
        (json!({"payment": "720", "first_due": "2026-12-28"}), "terms", ErrorCode::FieldMissing),
        (json!({"agreed_on": "", "payment": "720"}), "agreed_on", ErrorCode::FieldMissing),
    ] {
        let mut request = json!({"loan_id": wu, "form": "sms"});
        request.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        let why = app.record_agreement(&read(request)).unwrap_err();
        assert_eq!((why.field.as_deref(), why.code), (Some(field), code));
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

/// An agreement with a text message behind it.
fn agreed(app: &mut App<Unlocked>, loan: &str, terms: Value) -> String {
    let sms: LogContactRequest = read(json!({
        "loan_ids": [loan], "direction": "incoming", "summary": "短信确认", "confirmation": "written",
        "details": {"kind": "sms", "body": "同意"},
    }));
    let sms = app.log_contact(&sms).unwrap().id;
    let mut request = json!({"loan_id": loan, "form": "sms", "evidence_ids": [sms]});
    request.as_object_mut().unwrap().extend(terms.as_object().unwrap().clone());
    app.record_agreement(&read::<RecordAgreementRequest>(request)).unwrap().id
}

/// Tasks that are open, by their days.
fn open_tasks(app: &App<Unlocked>, loan: &str) -> Vec<String> {
    let tasks = app.list_tasks(Some(loan)).unwrap().tasks;
    tasks.into_iter().filter(|task| !task.done).filter_map(|task| task.due).collect()
}

/// What reminds of a task or a promise on the days asked for.
fn reminding(app: &App<Unlocked>, from: &str, to: &str) -> Vec<String> {
    let all = json_of(&app.list_reminders(Some(from), Some(to)).unwrap());
    let all = all["reminders"].as_array().unwrap().iter();
    let own = all.filter(|r| ["task", "promise"].contains(&r["kind"].as_str().unwrap()));
    // Each speaks in stages; what matters here is which of them speak.
    let mut days: Vec<String> = own.map(|r| r["due"].as_str().unwrap().to_owned()).collect();
    days.dedup();
    days
}

#[test]
fn what_was_superseded_before_its_day_never_comes_into_force() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let wu = loan(&mut app);
    let first =
        json!({"payment": "600", "terms": "20", "first_due": "2027-01-28", "effective_from": "2027-01-01"});
    let first = agreed(&mut app, &wu, first);
    let second = json!({"payment": "500", "terms": "24", "first_due": "2026-12-28", "effective_from": "2026-12-10",
        "supersedes": first});
    let second = agreed(&mut app, &wu, second);
    assert!(open_tasks(&app, &wu).iter().all(|due| due != "2027-01-29"), "only the second one's tasks wait");
    assert_eq!(reminding(&app, "2026-12-20", "2027-02-10"), ["2026-12-29"]);
    drop(app);

    let mut app = home.reopened("2027-01-20T09:00:00+08:00");
    let due = dues(&app, Some("2027-01-20"));
    assert!(!due.is_empty() && due.iter().all(|r| r["amount"] == "500.00"), "{due:?}");
    let shown = json_of(&app.agreement(&first).unwrap());
    assert_eq!(shown["state"], "superseded");
    assert_eq!((&shown["paid"], &shown["rows"][0]["state"]), (&json!("0.00"), &json!("replaced")));
    let loan_view = json_of(&app.loan(&wu, None).unwrap());
    assert_eq!(loan_view["agreement"]["id"], json!(second));
    assert_eq!(json_of(&app.agreement(&second).unwrap())["rows"][0]["state"], "overdue");
    assert_eq!(stage(&app, &wu), ("breached".into(), "cure_breach".into()), "its first due is late");
    let third = json!({"payment": "400", "terms": "30", "first_due": "2027-02-28", "supersedes": second});
    let third = agreed(&mut app, &wu, third);
    assert_eq!(json_of(&app.agreement(&third).unwrap().state), "active");
    let old = json_of(&app.agreement(&second).unwrap());
    assert_eq!((&old["unpaid"], &old["rows"][0]["state"]), (&json!("12000.00"), &json!("replaced")));
}

#[test]
fn tasks_of_an_agreement_fall_away_with_it() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let wu = loan(&mut app);
    let first = agreed(&mut app, &wu, json!({"payment": "1000", "terms": "2", "first_due": "2026-12-10"}));
    assert_eq!(open_tasks(&app, &wu), ["2026-11-21", "2026-12-11", "2027-01-11", "2027-02-09"]);
    let own: ashore_app::cases::AddTaskRequest =
        read(json!({"loan_id": wu, "what": "问公积金", "due": "2026-12-01"}));
    app.add_task(&own).unwrap();
    let second = agreed(
        &mut app,
        &wu,
        json!({"payment": "900", "terms": "3", "first_due": "2026-12-20", "supersedes": first}),
    );
    let after = ["2026-11-21", "2026-12-01", "2026-12-21", "2027-02-21", "2027-03-22"];
    assert_eq!(open_tasks(&app, &wu), after);
    let reminded = reminding(&app, "2026-11-18", "2027-04-30");
    assert_eq!(reminded, after, "only those of the agreement that holds, and one's own");

    app.close_loan(&read(json!({"loan_id": wu, "reason": "settled"}))).unwrap();
    let left = ["2026-11-19", "2026-12-01", "2026-12-18"];
    assert_eq!(open_tasks(&app, &wu), left, "the certificate and the credit record follow the last payment");
    assert_eq!(reminding(&app, "2026-11-18", "2027-04-30"), left);
    let came = certificate(&mut app, &wu);
    let received = json!({"agreement_id": second, "state": "certificate_received", "evidence_ids": [came]});
    app.advance_agreement(&read(received)).unwrap();
    assert_eq!(open_tasks(&app, &wu), ["2026-12-01", "2026-12-18"], "what came is no longer asked for");
}

fn certificate(app: &mut App<Unlocked>, loan: &str) -> String {
    let letter: LogContactRequest = read(json!({
        "loan_ids": [loan], "direction": "incoming", "summary": "结清证明", "details": {"kind": "letter"},
    }));
    app.log_contact(&letter).unwrap().id
}

#[test]
fn a_promise_of_the_other_side_can_be_ticked_off() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let wu = loan(&mut app);
    let call: LogContactRequest = read(json!({
        "loan_ids": [wu], "direction": "outgoing", "summary": "打客服", "details": {"kind": "call", "status": "answered"},
        "promises": [
            {"by": "lender_staff", "what": "两日内回电", "due": "2026-11-20"},
            {"by": "lender_staff", "what": "寄出合同", "due": "2026-11-25"},
        ],
    }));
    let call = app.log_contact(&call).unwrap().id;
    assert_eq!(reminding(&app, "2026-11-18", "2026-11-30"), ["2026-11-20", "2026-11-25"]);
    let task = app.list_tasks(Some(&wu)).unwrap().tasks[0].id.clone();
    let left = app.finish_task(&task).unwrap().tasks;
    assert_eq!(left.iter().filter(|task| task.done && !task.late).count(), 1);
    assert_eq!(open_tasks(&app, &wu), ["2026-11-25"]);
    assert_eq!(reminding(&app, "2026-11-18", "2026-11-30"), ["2026-11-25"]);
    let unknown = app.finish_task(&format!("{call}-2")).unwrap_err();
    assert_eq!((unknown.code, unknown.field.as_deref()), (ErrorCode::NotFound, Some("task_id")));
    app.close_loan(&read(json!({"loan_id": wu, "reason": "paid_off"}))).unwrap();
    assert!(open_tasks(&app, &wu).is_empty() && reminding(&app, "2026-11-18", "2026-11-30").is_empty());
    drop(app);
    let app = home.reopened("2026-11-28T09:00:00+08:00");
    assert!(app.list_tasks(Some(&wu)).unwrap().tasks.iter().all(|task| !task.late));
}

#[test]
fn an_agreement_is_broken_made_good_paid_and_followed_to_the_credit_record() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let wu = loan(&mut app);
    let agreement =
        agreed(&mut app, &wu, json!({"payment": "1000", "terms": "2", "first_due": "2026-12-10"}));
    let took = |app: &mut App<Unlocked>, state: &str, evidence: Value| {
        let step = json!({"agreement_id": agreement, "state": state, "evidence_ids": evidence});
        app.advance_agreement(&read(step)).map(|view| json_of(&view.state)).map_err(|refusal| refusal.code)
    };
    let pay = |app: &mut App<Unlocked>, on: &str, amount: &str| {
        app.add_payment(&read(json!({"loan_id": wu, "on": on, "amount": amount}))).unwrap();
    };
    assert_eq!(stage(&app, &wu), ("performing".into(), "pay_next".into()));
    assert_eq!(took(&mut app, "cured", json!([])), Err(ErrorCode::AgreementNotActive), "nothing is broken");
    drop(app);

    let mut app = home.reopened("2026-12-12T09:00:00+08:00");
    assert_eq!(json_of(&app.agreement(&agreement).unwrap().state), "breached", "a due is late");
    assert_eq!(stage(&app, &wu), ("breached".into(), "cure_breach".into()));
    assert_eq!(took(&mut app, "breached", json!([])), Ok(json!("breached")));
    assert_eq!(open_tasks(&app, &wu), ["2026-11-21", "2026-12-11", "2026-12-13", "2027-01-11", "2027-02-09"]);
    pay(&mut app, "2026-12-12", "1000");
    assert_eq!(stage(&app, &wu).1, "cure_breach", "said to be broken until it is said to be made good");
    assert_eq!(took(&mut app, "cured", json!([])), Ok(json!("active")));
    assert_eq!(stage(&app, &wu), ("performing".into(), "pay_next".into()));
    let after_cure = ["2026-11-21", "2026-12-11", "2026-12-15", "2027-01-11", "2027-02-09"];
    assert_eq!(open_tasks(&app, &wu), after_cure, "what was broken is no longer to be made good");
    assert_eq!(took(&mut app, "completed", json!([])), Err(ErrorCode::AgreementNotActive), "a part is open");
    drop(app);

    // The last due is paid before its day: the money waits for it as credit, and nothing more is owed.
    let mut app = home.reopened("2026-12-20T09:00:00+08:00");
    pay(&mut app, "2026-12-20", "1000");
    assert_eq!(stage(&app, &wu), ("settled".into(), "ask_certificate".into()));
    let bare = took(&mut app, "certificate_received", json!([]));
    assert_eq!(bare, Err(ErrorCode::EvidenceMissing), "a certificate is a paper");
    assert_eq!(took(&mut app, "completed", json!([])), Ok(json!("completed")));
    assert_eq!(
        open_tasks(&app, &wu),
        ["2026-11-21", "2026-12-21", "2027-01-19"],
        "counted from the last payment"
    );
    let came = certificate(&mut app, &wu);
    assert_eq!(took(&mut app, "certificate_received", json!([came])), Ok(json!("certificate_received")));
    assert_eq!(stage(&app, &wu), ("settled".into(), "check_credit_record".into()));
    assert_eq!(open_tasks(&app, &wu), ["2026-11-21", "2027-01-19"]);
    assert_eq!(took(&mut app, "credit_record_checked", json!([])), Ok(json!("credit_record_checked")));
    assert_eq!(stage(&app, &wu), ("settled".into(), "nothing".into()));
    assert_eq!(open_tasks(&app, &wu), ["2026-11-21"]);
    let story = json_of(&app.case(&wu).unwrap().story);
    let kinds: Vec<_> = story.as_array().unwrap().iter().map(|m| m["kind"].as_str().unwrap()).collect();
    for kind in ["breached", "cured", "completed", "certificate_received", "credit_record_checked"] {
        assert_eq!(kinds.iter().filter(|k| **k == kind).count(), 1, "{kind} in {kinds:?}");
    }
}

#[test]
fn a_creditor_from_the_loans_own_form_holds_nobody_back() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let typed = json!({"app": "辛贷", "lender": "辛山银行", "received": "12000", "payment": "1133", "terms": "12",
        "first_due": "2026-12-18"});
    let xin = app.add_loan(&read(typed)).unwrap().id;
    let stood = app.loan_parties(&xin).unwrap();
    let mut places: Vec<_> = stood.iter().map(|p| json!({"party_id": p.party.id, "role": p.role})).collect();
    places.push(json!({"name": "某担保公司", "role": "guarantor"}));
    let both = app.set_loan_parties(&read(json!({"loan_id": xin, "parties": places}))).unwrap();
    assert_eq!(both.len(), stood.len() + 1);
    let second = json!({"loan_id": xin, "parties": [{"name": "壬资产", "role": "current_creditor"}]});
    let refused = app.set_loan_parties(&read(second)).unwrap_err();
    assert_eq!(
        (refused.field.as_deref(), refused.code),
        (Some("parties.0.known_by"), ErrorCode::FieldMissing)
    );
}

#[test]
fn dues_beyond_the_calendar_are_refused_at_the_first_of_them() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let offer: MakeOfferRequest = read(json!({
        "loan_id": loan, "by": "borrower", "terms": [instalments(36)], "first_due": "2099-01-28",
    }));
    let agreement: RecordAgreementRequest = read(json!({
        "loan_id": loan, "form": "sms", "payment": "300", "terms": "36", "first_due": "2099-01-28",
    }));
    for refused in [app.add_proposal(&offer).unwrap_err(), app.record_agreement(&agreement).unwrap_err()] {
        assert_eq!(refused.code, ErrorCode::DateImpossible, "{refused:?}");
        assert_eq!(refused.field.as_deref(), Some("first_due"));
    }
}
