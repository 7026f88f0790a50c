//! What to say on the phone follows the stage of the case and says nothing that is not recorded.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::ErrorCode;
use ashore_app::cases::{CallScriptView, ScriptLineView};
use ashore_app::loans::AddLoanRequest;
use ashore_app::offers::MakeOfferRequest;
use ashore_test_support::Home;
use serde_json::json;

const NOW: &str = "2026-11-22T10:00:00+08:00";

fn ids(lines: &[ScriptLineView]) -> Vec<&str> {
    lines.iter().map(|line| line.id.as_str()).collect()
}

fn whole(script: &CallScriptView) -> String {
    let all = script.say.iter().chain(&script.ask).chain(&script.beware);
    all.map(|line| format!("{}\n{}\n", line.text, line.text_en)).collect()
}

#[test]
fn a_call_begins_with_what_is_known_and_follows_the_stage() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = app
        .add_loan(&AddLoanRequest {
            app: "甲花".to_owned(),
            received: Some("6000".to_owned()),
            payment: Some("1050".to_owned()),
            terms: Some("6".to_owned()),
            first_due: Some("2026-08-06".to_owned()),
            terms_paid: Some("1".to_owned()),
            ..AddLoanRequest::default()
        })
        .unwrap()
        .id;
    let first = app.call_script(&loan).unwrap();
    assert_eq!(ids(&first.say), ["SAY-FIRST"], "no worksheet: no sentence about what can be paid");
    assert!(first.say[0].text.contains("甲花"));
    assert!(ids(&first.ask).contains(&"ASK-NAME") && ids(&first.ask).contains(&"ASK-AUTHORITY"));
    assert!(ids(&first.beware).contains(&"BEWARE-CODE"));
    assert!(!whole(&first).contains('{'), "nothing is left to be filled in");

    let offer: MakeOfferRequest = serde_json::from_value(json!({
        "loan_id": loan, "by": "borrower", "first_due": "2026-12-06",
        "terms": [{ "kind": "individual_instalment", "terms": 12, "rate": "0" }],
    }))
    .unwrap();
    let offer = app.add_proposal(&offer).unwrap();
    let talks = app.call_script(&loan).unwrap();
    assert_eq!(ids(&talks.say), ["SAY-OFFER"]);
    assert!(talks.say[0].text.contains("分 12 期"), "{}", talks.say[0].text);

    let yes = json!({ "proposal_id": offer.id, "form": "oral" });
    app.accept_proposal(&serde_json::from_value(yes).unwrap()).unwrap();
    let spoken = app.call_script(&loan).unwrap();
    assert_eq!(ids(&spoken.say), ["SAY-WRITTEN"]);
    assert!(spoken.say[0].text.starts_with("2026-11-22"), "{}", spoken.say[0].text);
    assert!(!whole(&spoken).contains('{'));

    let unknown = app.call_script(&loan.replace('0', "1")).unwrap_err();
    assert_eq!(unknown.code, ErrorCode::NotFound);
}
