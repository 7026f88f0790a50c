//! Each of the fifteen points failing alone is named; what warns and what looks like fraud is found where it stands.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::agreements::{CheckAgreementRequest, RecordAgreementRequest};
use ashore_app::loans::AddLoanRequest;
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;
use serde_json::{Value, json};

/// One clause a point, in the order of the list.
const CLAUSES: [&str; 15] = [
    "甲方（债权人）：戊山小额贷款有限公司。",
    "原借款合同编号：WS-2026-0088，放款日期2026年6月28日，借款本金15000元。",
    "截至2026年11月18日，尚欠本金12736.98元，利息1020.30元，罚息88.12元。",
    "双方同意，乙方还款总额12960元，每期偿还720元。",
    "还款日为每月28日，共18期。",
    "履行期间年利率0%，减免全部罚息和违约金。",
    "收款账户户名：戊山小额贷款有限公司，开户行和账号以合同所载为准。",
    "每笔款项先抵充本金，再抵充其他。",
    "乙方按约履行期间，甲方停止一切催收，包括委外机构，并不再联系乙方的亲友和单位。",
    "自2026年11月18日起停止计收罚息、违约金和利息。",
    "乙方逾期的，宽限期5日，期内补足视为正常；逾期不补的，甲方可恢复原减免。",
    "乙方付清后剩余债务不再主张，甲方在7个工作日内出具结清证明。",
    "结清后5个工作日内，甲方向征信系统报送更新。",
    "其他约定：口头承诺均已写入本协议。",
    "甲方盖章，乙方签字。",
];

fn checked(app: &App<Unlocked>, loan: &str, text: &str) -> Value {
    let request: CheckAgreementRequest =
        serde_json::from_value(json!({"loan_id": loan, "text": text})).unwrap();
    serde_json::to_value(app.check_agreement(&request).unwrap()).unwrap()
}

fn home() -> (Home, App<Unlocked>, String) {
    let home = Home::new();
    let mut app = home.created("2026-11-18T09:30:00+08:00");
    let request: AddLoanRequest = serde_json::from_value(json!({
        "app": "戊借", "lender": "戊山小额贷款有限公司", "received": "15000", "payment": "1418.39", "terms": "12",
        "first_due": "2026-07-28", "terms_paid": "2",
    }))
    .unwrap();
    let loan = app.add_loan(&request).unwrap().id;
    (home, app, loan)
}

fn bad(view: &Value) -> Vec<String> {
    let names = |field: &str| view[field].as_array().unwrap().clone();
    let mut found: Vec<String> = names("missing")
        .into_iter()
        .chain(names("unclear"))
        .map(|id| id.as_str().unwrap().to_owned())
        .collect();
    found.sort();
    found
}

#[test]
fn each_of_the_fifteen_points_failing_alone_is_named() {
    let (_home, app, loan) = home();
    let whole = checked(&app, &loan, &CLAUSES.join("\n"));
    assert_eq!(bad(&whole), Vec::<String>::new(), "{whole:#}");
    assert_eq!(
        (&whole["safe_to_sign"], &whole["warnings"], &whole["fraud"]),
        (&json!(true), &json!([]), &json!([]))
    );
    assert!(whole["ask"].is_null());
    for (k, clause) in CLAUSES.iter().enumerate() {
        let without: Vec<&str> = CLAUSES.iter().copied().filter(|c| c != clause).collect();
        for joined in [without.join("\n"), without.concat()] {
            let view = checked(&app, &loan, &joined);
            let id = format!("AC-{:02}", k + 1);
            assert_eq!(bad(&view), std::slice::from_ref(&id), "without {clause}");
            assert_eq!(view["safe_to_sign"], false);
            assert!(view["ask"].as_str().unwrap().contains("1. "), "what to ask for stands there");
        }
    }
}

#[test]
fn every_point_says_where_it_stands_and_the_borrower_has_the_last_word() {
    let (_home, app, loan) = home();
    let text = CLAUSES.join("\n");
    let view = checked(&app, &loan, &text);
    for point in view["points"].as_array().unwrap().iter().filter(|p| p["number"] != 0) {
        let span = &point["spans"][0];
        let (start, end) = (span["start"].as_u64().unwrap(), span["end"].as_u64().unwrap());
        let quoted: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(span["quote"], quoted, "{}", point["id"]);
        assert_eq!(span["line"], point["number"], "clause by clause: {}", point["id"]);
    }
    let request: CheckAgreementRequest = serde_json::from_value(json!({
        "loan_id": loan, "text": text, "confirmed": [{"id": "AC-13", "verdict": "unclear"}],
    }))
    .unwrap();
    let view = serde_json::to_value(app.check_agreement(&request).unwrap()).unwrap();
    assert_eq!(view["unclear"], json!(["AC-13"]));
    let citations: Vec<_> = view["citations"].as_array().unwrap().iter().map(|c| c["id"].clone()).collect();
    assert!(!citations.contains(&json!("CIT-CARD-70")), "the card rule is for bank cards only");
}

#[test]
fn what_warns_and_what_looks_like_fraud_is_found() {
    let (_home, app, loan) = home();
    let base = CLAUSES.join("\n");
    for (more, list, id) in [
        ("确认金额____元。", "warnings", "AW-BLANK"),
        ("乙方确认欠款总额20000元。", "warnings", "AW-LARGER"),
        ("乙方另行借款用于偿还。", "warnings", "AW-NEWLOAN"),
        ("乙方放弃诉讼时效抗辩。", "warnings", "AW-LIMITATION"),
        ("争议提交某某仲裁委员会仲裁。", "warnings", "AW-JURISDICTION"),
        ("本协议经公证后具有强制执行效力。", "warnings", "AW-NOTARISED"),
        ("甲方有权联系乙方的家人。", "warnings", "AW-RELATIVES"),
        ("请扫码支付首期款。", "fraud", "FR-PERSONAL"),
        ("请添加客服微信办理。", "fraud", "FR-CHANNEL"),
        ("签约前须缴纳保证金500元。", "fraud", "FR-FEE"),
        ("请提供收到的验证码。", "fraud", "FR-CODE"),
        ("此优惠今日有效，过期作废。", "fraud", "FR-URGENT"),
        ("办理后可征信修复。", "fraud", "FR-CREDIT"),
        ("以公章图片为准。", "fraud", "FR-SEAL"),
        ("收款账户变更为以下账户。", "fraud", "FR-ACCOUNT"),
    ] {
        let view = checked(&app, &loan, &format!("{base}\n{more}"));
        let ids: Vec<_> = view[list].as_array().unwrap().iter().map(|w| w["id"].as_str().unwrap()).collect();
        assert_eq!(ids, [id], "{more}");
        assert_eq!(view["safe_to_sign"], false);
    }
    for (payee, flag) in [("张三丰", "personal_payee"), ("某某网络科技有限公司", "payee_not_creditor")]
    {
        let request: CheckAgreementRequest =
            serde_json::from_value(json!({"loan_id": loan, "text": base, "payee": payee})).unwrap();
        let view = serde_json::to_value(app.check_agreement(&request).unwrap()).unwrap();
        assert_eq!(view["fraud"][0]["flag"], flag, "{payee}");
    }
    let other = base.replace("12960元", "13960元");
    let request: CheckAgreementRequest = serde_json::from_value(json!({"loan_id": loan, "text": other,
        "rows": [{"due": "2026-12-28", "amount": "6480"}, {"due": "2027-01-28", "amount": "6480"}]}))
    .unwrap();
    let view = serde_json::to_value(app.check_agreement(&request).unwrap()).unwrap();
    assert_eq!((&view["adds_up"], &view["unclear"]), (&json!(false), &json!(["AC-04"])));
    let stranger = base.replace("戊山小额贷款有限公司", "庚水资产管理有限公司");
    let view = checked(&app, &loan, &stranger);
    assert_eq!(view["unclear"][0], "AC-01", "another creditor than the one recorded");
}

#[test]
fn whose_account_it_is_is_asked_before_an_agreement_is_recorded() {
    let (_home, mut app, loan) = home();
    let request = |more: Value| -> RecordAgreementRequest {
        let mut request = json!({"loan_id": loan, "form": "sms", "payment": "720", "terms": "18",
            "first_due": "2026-12-28"});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(request).unwrap()
    };
    let flags = |app: &App<Unlocked>, more: Value| -> Vec<String> {
        let seen = {
            let asked = request(more);
            let words = app.files_to_preview(&asked).unwrap().read(&mut || true).unwrap();
            serde_json::to_value(app.preview_agreement_by(&asked, &words).unwrap()).unwrap()
        };
        seen["fraud"].as_array().unwrap().iter().map(|f| f["flag"].as_str().unwrap().to_owned()).collect()
    };
    for calm in [
        json!({}),
        json!({"payee": "戊山小额贷款有限公司", "payment_account": "6222 0000 1111"}),
        json!({"payment_account": "官方 App 内还款"}),
        json!({"payment_account": "尾号 1234"}),
        json!({"payment_account": "招商银行 6222 0000 1111"}),
        json!({"confirmation_text": "同意分 18 期，每期 720 元。"}),
    ] {
        assert_eq!(flags(&app, calm.clone()), Vec::<String>::new(), "{calm}");
    }
    for (odd, flag) in [
        (json!({"payee": "张三丰"}), "personal_payee"),
        (json!({"payment_account": "李四 6222 0000 1111"}), "personal_payee"),
        (json!({"payment_account": "户名：某某网络科技有限公司 账号 6222"}), "payee_not_creditor"),
        (json!({"payee": "某某网络科技有限公司"}), "payee_not_creditor"),
        (json!({"confirmation_text": "请先缴纳保证金 500 元再办理减免"}), "fee_before_relief"),
        (json!({"confirmation_text": "请把验证码发给客服"}), "asks_for_code"),
    ] {
        assert_eq!(flags(&app, odd.clone()), [flag], "{odd}");
    }
    let first = json!({"payment_account": "6222 0000 1111", "confirmation_text": "同意"});
    let first = app.record_agreement(&request(first)).unwrap().id;
    let moved = json!({"payment_account": "6222 0000 9999", "supersedes": first});
    assert_eq!(flags(&app, moved), ["account_changed"]);
    let kept = |id: &str| serde_json::to_value(app.agreement(id).unwrap().fraud).unwrap();
    assert_eq!(kept(&first), json!([]));
    let same = json!({"payment_account": "尾号 1111", "supersedes": first});
    assert_eq!(flags(&app, same), Vec::<String>::new());
    let odd = json!({"payee": "张三丰", "payment_account": "6222 0000 9999", "confirmation_text": "同意",
        "supersedes": first});
    let odd = app.record_agreement(&request(odd)).unwrap();
    let told: Vec<_> = odd.fraud.iter().map(|sign| sign.flag.as_str()).collect();
    assert_eq!(told, ["personal_payee", "account_changed"], "recorded all the same, and said again");
}
