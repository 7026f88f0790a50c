//! The negotiation through the command line: offer, counter-offer, a spoken yes, the request for writing, the check of
//! the text, and the agreement whose dues then hold.

use serde_json::json;

use crate::program::{Cli, NOW, PASSPHRASE};

#[test]
fn from_an_offer_to_dues_that_hold() {
    let home = tempfile::tempdir().unwrap();
    let cli = Cli { folder: home.path(), passphrase: PASSPHRASE, now: NOW };
    cli.ok(&["vault", "create"], None);
    let loan = cli.ok(
        &["loan", "add"],
        Some(json!({
            "name": "戊借", "paid_terms": 2,
            "loan": {"principal": "15000", "disbursed_on": "2026-06-28", "method": "equal_installment",
                "rate": {"value": "0.24", "per": "year"}, "terms": 12, "first_due": "2026-07-28"}
        })),
    );
    let id = loan["id"].as_str().unwrap();
    let around = cli.ok(
        &["party", "place"],
        Some(json!({"loan_id": id, "parties": [{"name": "戊山小额贷款有限公司", "role": "current_creditor",
            "lender_kind": "micro_loan_co", "known_by": "合同第一页"}]})),
    );
    assert_eq!(around[0]["role"], "current_creditor");
    let party = around[0]["party"]["id"].as_str().unwrap();
    cli.ok(
        &["party", "add"],
        Some(
            json!({"id": party, "name": "戊山小额贷款有限公司", "lender_kind": "micro_loan_co", "contacts": [
            {"channel": "hotline", "value": "4000000000", "hours": "9:00-18:00", "verified": "contract"}]}),
        ),
    );
    let offer = cli.ok(
        &["proposal", "add"],
        Some(json!({"loan_id": id, "terms": [{"kind": "individual_instalment", "terms": 24, "rate": "0"}],
            "first_due": "2026-12-28"})),
    );
    let counter = cli.ok(
        &["proposal", "counter", offer["id"].as_str().unwrap()],
        Some(json!({"terms": [{"kind": "individual_instalment", "terms": 12, "rate": "0"}],
            "first_due": "2026-12-28", "expires_on": "2026-11-30"})),
    );
    assert_eq!((counter["by"].as_str(), counter["state"].as_str()), (Some("lender"), Some("requested")));
    let counter = counter["id"].as_str().unwrap();
    let diff = cli.ok(&["proposal", "diff", counter], None);
    let terms = diff["changes"].as_array().unwrap().iter().find(|c| c["term"] == "terms").unwrap();
    assert_eq!((terms["before"].as_str(), terms["after"].as_str()), (Some("24"), Some("12")));
    assert_eq!(cli.ok(&["proposal", "accept", counter], None)["state"], "accepted_orally");
    let open = cli.ok(&["proposal", "unconfirmed"], None);
    assert!(open["unconfirmed"][0]["message"].as_str().unwrap().contains("书面确认"));
    assert_eq!(cli.ok(&["case", "show", id], None)["card"]["next"]["kind"], "ask_in_writing");

    let check = cli.ok(
        &["agreement", "check"],
        Some(json!({"loan_id": id, "text": "每期1000元，请提供验证码", "proposal_id": counter})),
    );
    assert_eq!(check["safe_to_sign"], false);
    assert_eq!(check["fraud"][0]["flag"], "asks_for_code");
    // Of a file that is attached: each point where it stands in its pages.
    let file = home.path().join("协议.pdf");
    let file = file.to_str().unwrap();
    cli.ok(&["letter", "agreement_draft", "--loan", id, "-o", file], None);
    let record = cli.ok(
        &["evidence", "add", "--file", file],
        Some(json!({"loan_ids": [id], "direction": "incoming", "summary": "对方发来的协议", "details": {"kind": "agreement"}})),
    );
    let read = cli.ok(&["agreement", "check"], Some(json!({"loan_id": id, "evidence_id": record["id"]})));
    let points = read["points"].as_array().unwrap();
    let collection = points.iter().find(|point| point["number"] == 9).unwrap();
    assert_eq!(collection["verdict"], "present", "{read:#}");
    let (line, quote) = (&collection["spans"][0]["line"], collection["spans"][0]["quote"].as_str().unwrap());
    let text = read["text"].as_str().unwrap();
    let shown = text.lines().nth(usize::try_from(line.as_u64().unwrap()).unwrap() - 1).unwrap();
    assert!(quote.contains("停止催收") && shown.contains("催收"), "{shown}: {quote}");
    let draft =
        cli.ok(&["agreement", "add"], Some(json!({"loan_id": id, "proposal_id": counter, "form": "sms"})));
    assert_eq!(draft["state"], "draft");
    let agreement = cli.ok(
        &["agreement", "add"],
        Some(json!({"loan_id": id, "proposal_id": counter, "form": "sms", "confirmation_text": "同意分 12 期"})),
    );
    assert_eq!(agreement["state"], "active");
    let two = cli.refused(
        &["agreement", "add"],
        Some(json!({"loan_id": id, "proposal_id": counter, "form": "sms", "confirmation_text": "同意"})),
        2,
    );
    assert_eq!(two["code"], "agreement_active");
    let due = cli.ok(&["loan", "show", id], None);
    assert_eq!(due["card"]["next_due"]["agreed"], true);
    assert_eq!(cli.ok(&["evidence", "verify"], None)["whole"], true);
}
