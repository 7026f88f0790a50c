//! Conduct: counts across rotating numbers by the day in Shanghai, hours to the minute, suggestions for a person.

use serde_json::{Value, json};

use super::{Question, run};

fn asked(question: &Value) -> Value {
    let mut out = Vec::new();
    run(Question::Conduct, format!("{question}\n").as_bytes(), &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

fn call(at: &str, number: &str, seconds: u32) -> Value {
    json!({"at": at, "channel": "call", "direction": "incoming", "duration_s": seconds, "connected": seconds > 0,
        "number": number, "lender": "甲", "target": "debtor"})
}

fn found(contacts: &[Value]) -> Vec<(String, Vec<u64>, String)> {
    let answer = asked(&json!({"id": 1, "contacts": contacts}));
    let findings = answer["findings"].as_array().unwrap_or_else(|| panic!("{answer}"));
    findings
        .iter()
        .map(|finding| {
            assert!(finding["wording"].as_str().unwrap().starts_with("可能不符合"), "{finding}");
            assert!(!finding["source"].as_str().unwrap().is_empty());
            let contacts =
                finding["contacts"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
            let text = |name: &str| finding[name].as_str().unwrap().to_owned();
            (text("rule"), contacts, text("confidence"))
        })
        .collect()
}

fn rules(found: &[(String, Vec<u64>, String)]) -> Vec<&str> {
    found.iter().map(|(rule, ..)| rule.as_str()).collect()
}

#[test]
fn the_edges_of_night_are_exact_and_told_in_shanghai() {
    for (at, night) in [
        ("2026-11-20T21:59:59+08:00", false),
        ("2026-11-20T22:00:00+08:00", true),
        ("2026-11-20T23:30:00Z", true),
        ("2026-11-21T00:00:00Z", false),
        ("2026-11-21T07:59:59+08:00", true),
        ("2026-11-21T08:00:00+08:00", false),
    ] {
        let found = found(&[call(at, "1", 30)]);
        let expected: &[&str] = if night { &["COL-HOURS-GB", "COL-HOURS-CBA"] } else { &[] };
        assert_eq!(rules(&found), expected, "{at}");
        assert!(found.iter().all(|(.., confidence)| confidence == "high"), "{at}");
    }
    let sms = |at: &str| json!({"at": at, "channel": "sms", "direction": "incoming", "duration_s": 0, "connected": false, "number": "1", "lender": "甲", "target": "debtor", "text": "请还款"});
    for (at, confidence) in [
        ("2026-11-20T22:10:00+08:00", "mid"),
        ("2026-11-20T22:10:01+08:00", "high"),
        ("2026-11-21T07:51:00+08:00", "mid"),
    ] {
        assert_eq!(found(&[sms(at)])[0].2, confidence, "{at}");
    }
}

#[test]
fn calls_are_counted_across_numbers_for_each_lender_and_day() {
    let day = |hour: u32, number: &str, seconds| {
        call(&format!("2026-11-20T{hour:02}:00:00+08:00"), number, seconds)
    };
    let three: Vec<Value> = (9..12).map(|hour| day(hour, &hour.to_string(), 10)).collect();
    assert!(found(&three).is_empty(), "three are within the rule");
    let mut four = three.clone();
    four.push(day(15, "99", 10));
    four.push(day(16, "99", 9));
    four.push(json!({"at": "2026-11-20T17:00:00+08:00", "channel": "call", "direction": "outgoing", "duration_s": 60, "connected": true, "number": "1", "lender": "甲", "target": "debtor"}));
    assert_eq!(found(&four), [("COL-FREQ-GB-3".to_owned(), vec![0, 1, 2, 3], "high".to_owned())]);
    let mut other_lender = three.clone();
    other_lender.push({
        let mut call = day(15, "1", 60);
        call["lender"] = "乙".into();
        call
    });
    assert!(found(&other_lender).is_empty());
    let mut next_day = three;
    next_day.push(call("2026-11-21T09:00:00+08:00", "1", 60));
    assert!(found(&next_day).is_empty());
    let missed: Vec<Value> = (9..16).map(|hour| day(hour, &hour.to_string(), 0)).collect();
    assert!(found(&missed[..6]).is_empty());
    assert_eq!(rules(&found(&missed)), ["COL-FREQ-CBA-6"]);
    let before: Vec<Value> =
        (9..20).map(|hour| call(&format!("2025-02-27T{hour:02}:00:00+08:00"), "1", 30)).collect();
    assert!(found(&before).is_empty(), "not yet in force");
}

#[test]
fn consent_third_persons_and_words() {
    let night = call("2026-11-20T22:30:00+08:00", "1", 30);
    for consent in [json!("22:00-23:00"), json!(["22:00-23:00"]), json!({"from": "22:00", "to": "23:00"})] {
        let answer = asked(&json!({"id": 1, "contacts": [night], "consented_hours": consent}));
        assert_eq!(answer["findings"], json!([]), "{consent}");
    }
    assert_eq!(
        asked(&json!({"id": 1, "contacts": [night], "consented_hours": "late"}))["error"]["code"],
        "bad_request"
    );

    let mut other = call("2026-11-20T15:00:00+08:00", "1", 30);
    other["target"] = "third_party".into();
    assert_eq!(rules(&found(std::slice::from_ref(&other))), ["COL-THIRD-GB", "COL-THIRD-CBA"]);
    let lost: Vec<Value> = (9..12)
        .map(|hour| call(&format!("2026-11-20T{hour:02}:00:00+08:00"), "1", 0))
        .chain([other])
        .collect();
    assert_eq!(
        found(&lost),
        [("COL-THIRD-GB".to_owned(), vec![3], "mid".to_owned())],
        "after three failures in a row"
    );

    let sms = json!({"at": "2026-11-20T15:00:00+08:00", "channel": "sms", "direction": "incoming", "duration_s": 0, "connected": false, "number": "1", "lender": "甲", "target": "debtor", "text": "再不还款就打你通讯录，移交公安立案"});
    let answer = asked(&json!({"id": 1, "contacts": [sms]}));
    let words: Vec<_> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["rule"].clone(), f["facts"]["words"].clone(), f["confidence"].clone()))
        .collect();
    assert_eq!(
        words,
        [
            (json!("COL-IDENTITY"), json!(["公安", "立案"]), json!("low")),
            (json!("COL-THIRD-GB"), json!(["通讯录"]), json!("low")),
        ]
    );
    for (field, value) in [("channel", "pigeon"), ("direction", "up"), ("at", "yesterday")] {
        let mut odd = sms.clone();
        odd[field] = value.into();
        assert!(asked(&json!({"id": 1, "contacts": [odd]}))["error"]["code"].is_string(), "{field}");
    }
}

#[test]
fn a_count_is_explained_by_the_calls_it_counts() {
    let calls: Vec<Value> =
        (0..5).map(|k| call(&format!("2026-11-20T1{k}:00:00+08:00"), ["1", "2"][k % 2], 30)).collect();
    let answer = asked(&json!({"id": 1, "contacts": calls, "explain": true}));
    let explained = answer["explain"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let of = |name: &str| {
        let path = format!("findings[0].facts.{name}");
        explained.iter().find(|one| one["path"] == path).unwrap_or_else(|| panic!("{path} of {answer}"))
    };
    assert_eq!(answer["findings"][0]["facts"]["count"], 5);
    assert_eq!((&of("count")["value"], &of("numbers")["value"]), (&json!("5"), &json!("2")));
    assert_eq!(
        of("count")["steps"][0]["formula"],
        "contact_0 + contact_1 + contact_2 + contact_3 + contact_4"
    );
    assert_eq!(of("limit")["steps"][0]["rule"], answer["findings"][0]["rule"]);
    assert!(asked(&json!({"id": 1, "contacts": calls})).get("explain").is_none());
}

/// The question names no day, but its contacts do: the last of them tells how old the rules are by then.
#[test]
fn a_rule_not_checked_for_long_by_the_last_contact_is_marked() {
    for (on, stale) in [("2026-11-20", false), ("2028-11-20", true)] {
        let answer = asked(&json!({"id": 1, "contacts": [call(&format!("{on}T23:00:00+08:00"), "1", 30)]}));
        let findings = answer["findings"].as_array().unwrap();
        assert!(!findings.is_empty(), "{answer}");
        for finding in findings {
            assert_eq!(finding.get("stale"), stale.then_some(&json!(true)), "{finding}");
        }
    }
}
