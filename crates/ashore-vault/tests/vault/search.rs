use super::facts::*;
use ashore_domain::*;
use ashore_vault::*;

fn message(n: u16, body: &str) -> EvidenceRecord {
    let mut id = [7; 16];
    id[..2].copy_from_slice(&n.to_be_bytes());
    let mut record = record(1, &[]);
    record.id = EvidenceId::from_bytes(id);
    // Not in the order of time, and several at one instant.
    let minutes = i64::from(n) * 37 % 211;
    record.happened.at = now() - chrono::TimeDelta::minutes(minutes);
    record.summary = String::new();
    record.people = Vec::new();
    record.outcomes = Vec::new();
    record.promises = Vec::new();
    record.tags = Vec::new();
    record.details = EvidenceDetails::Sms {
        address: Some("106980095188".to_owned()),
        smsc: None,
        sent: None,
        received: None,
        sim: None,
        thread: None,
        body: body.to_owned(),
    };
    record
}

/// The same generator every time: words of the trade, broken up by punctuation, digits, Latin and traditional script.
fn bodies(count: u16) -> Vec<String> {
    const WORDS: &[&str] = &[
        "还款",
        "逾期",
        "协商",
        "網貸",
        "网贷",
        "您的",
        "账单",
        "1,234.50元",
        "138-0013-8000",
        "APP",
        "app",
        "减免",
        "，",
        "。",
        " ",
        "催收",
        "第3期",
        "（尾号8821）",
        "立即",
        "處理",
        "处理",
        "😀",
        "利息",
        "ＶＩＰ",
        "工号88231",
    ];
    let mut seed = 20_261_122u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap()
    };
    (0..count).map(|_| (0..3 + next() % 12).map(|_| WORDS[next() % WORDS.len()]).collect()).collect()
}

fn found(vault: &Vault, text: &str, limit: u32) -> Vec<EvidenceId> {
    vault.search(&SearchQuery { text: text.to_owned(), limit, ..SearchQuery::default() }).unwrap()
}

#[test]
fn what_a_text_contains_is_found_and_nothing_else_newest_first() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let bodies = bodies(200);
    let records: Vec<_> = (0..).zip(&bodies).map(|(n, body)| message(n, body)).collect();
    let facts: Vec<_> = records.iter().cloned().map(Fact::Evidence).collect();
    vault.append(&facts, Vec::new(), now()).unwrap();
    let all: Vec<EvidenceId> = vault
        .evidence(&EvidenceFilter::default())
        .unwrap()
        .into_iter()
        .map(|state| state.record.id)
        .collect();

    let mut asked = 0;
    for (n, body) in bodies.iter().enumerate() {
        let signs: Vec<char> = body.chars().collect();
        for length in [1, 2, 3, 4, 6, 9] {
            let from = (n * 13 + length) % signs.len();
            let part: String = signs[from..].iter().take(length).collect();
            // Between words that stand apart each is looked for by itself.
            if part.chars().any(char::is_whitespace) {
                continue;
            }
            let folded = fold(&part);
            let expected: Vec<EvidenceId> = all
                .iter()
                .filter(|id| {
                    let record = records.iter().find(|record| record.id == **id).unwrap();
                    let EvidenceDetails::Sms { body, .. } = &record.details else { unreachable!() };
                    fold(body).contains(&folded) || "106980095188".contains(&folded)
                })
                .copied()
                .collect();
            assert_eq!(found(&vault, &part, 1000), expected, "{part}");
            asked += 1;
        }
    }
    assert!(asked > 700, "{asked} parts were looked for");
    assert_eq!(found(&vault, "網貸", 1000), found(&vault, "网贷", 1000));
    assert_eq!(found(&vault, "1069 8009 5188", 1000).len(), 200, "a number written with gaps");
    for nothing in ["", "  ", "\u{3000}", "查无此词"] {
        assert!(found(&vault, nothing, 1000).is_empty(), "{nothing}");
    }
    for odd in [
        "\"",
        "\" OR \"\"",
        "*",
        "NEAR(还款 逾期)",
        "grams:还",
        "^还",
        "-还款",
        "\0",
        "({[",
        &"长".repeat(10_000),
    ] {
        found(&vault, odd, 10);
    }
    assert!(vault.check().unwrap().is_whole());
}

#[test]
fn filters_and_pages() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let mut facts = one_of_each();
    for (n, body) in (0..30).zip(bodies(30)) {
        let mut record = message(n, &format!("逾期{body}"));
        if n % 3 == 0 {
            record.loans = vec![loan_id(1)];
        }
        if n % 5 == 0 {
            record.details = EvidenceDetails::Note { body: "逾期".to_owned() };
        }
        if n == 7 {
            record.people = vec![Person {
                role: PersonRole::Collector,
                name: Some("王經理".to_owned()),
                organisation: None,
                staff_no: None,
                phone: Some("138-0013-8000".to_owned()),
                email: None,
                handle: None,
            }];
        }
        facts.push(Fact::Evidence(record));
    }
    vault.append(&facts, Vec::new(), now()).unwrap();
    let ask = |change: &dyn Fn(&mut SearchQuery)| {
        let mut query = SearchQuery { text: "逾期".to_owned(), limit: 100, ..SearchQuery::default() };
        change(&mut query);
        vault.search(&query).unwrap()
    };
    let all = ask(&|_| {});
    assert_eq!(all.len(), 30);
    assert_eq!(ask(&|q| q.loan = Some(loan_id(1))).len(), 10);
    assert_eq!(ask(&|q| q.kind = Some(EvidenceKind::Note)).len(), 6);
    assert_eq!(ask(&|q| q.person = Some("王经".to_owned())).len(), 1);
    assert_eq!(ask(&|q| q.person = Some("13800138000".to_owned())).len(), 1);
    assert_eq!(ask(&|q| q.person = Some("李".to_owned())).len(), 0);
    let mut pages = Vec::new();
    while let page @ [_, ..] = &ask(&|q| (q.limit, q.before) = (7, pages.last().copied()))[..] {
        pages.extend_from_slice(page);
    }
    assert_eq!(pages, all);
    let middle = vault.evidence_record(all[15]).unwrap().unwrap().record.happened.at.timestamp_millis();
    let (late, early) = (ask(&|q| q.from_ms = Some(middle)), ask(&|q| q.until_ms = Some(middle)));
    assert_eq!([late, early].concat(), all);
}

#[test]
fn a_correction_is_found_in_place_of_what_it_corrects() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let wrong = message(1, "记错了的内容");
    let mut right = message(2, "改正后的内容");
    right.corrects = Some(wrong.id);
    vault.append(&[Fact::Evidence(wrong)], Vec::new(), now()).unwrap();
    vault.append(&[Fact::Evidence(right.clone())], Vec::new(), now()).unwrap();
    for text in ["内容", "容", "，", "改正后"] {
        let expected = if text == "，" { vec![] } else { vec![right.id] };
        assert_eq!(found(&vault, text, 10), expected, "{text}");
    }
    assert!(found(&vault, "记错", 10).is_empty());
    assert!(vault.check().unwrap().is_whole());
}
