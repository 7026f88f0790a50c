use std::fs;

use ashore_domain::LenderKind;
use ashore_engine::rules::{CapRole, DayKind, RuleFinding};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn the_rules_the_program_carries_are_sound() {
    let rules = built_in().unwrap();
    let kinds =
        [LenderKind::Bank, LenderKind::MicroLoanCo, LenderKind::ConsumerFinanceCo, LenderKind::GuaranteeCo];
    for kind in kinds {
        let lines = rules.set.caps(kind, day("2026-01-05"), day("2026-11-22"));
        assert!(lines.filter(|cap| cap.role == CapRole::Line).count() >= 1, "{kind:?}");
    }
    for channel in &rules.channels {
        for limit in &channel.limits {
            assert!(rules.set.period(limit, day("2026-11-22")).is_some(), "{limit}");
        }
    }
    let review = rules.set.review(day("2026-11-22"));
    assert_eq!(review, [RuleFinding::LprProvisional { quoted_on: day("2026-02-24") }]);
    assert!(rules.set.review(day("2027-06-01")).len() > 20, "half a year later all of it is stale");
}

#[test]
fn change_points_of_the_lpr() {
    let lpr = built_in().unwrap().set.lpr();
    for (on, bp) in [
        ("2019-08-20", 425),
        ("2020-08-20", 385),
        ("2021-12-20", 380),
        ("2022-08-22", 365),
        ("2024-10-20", 335),
        ("2024-10-21", 310),
        ("2025-05-20", 300),
    ] {
        assert_eq!(lpr.at(day(on)).unwrap().one_year, Decimal::new(bp, 4), "{on}");
    }
    assert_eq!(lpr.at(day("2019-08-19")), None);
    assert_eq!(lpr.quotes().len(), 79);
}

#[test]
fn announced_holidays() {
    let holidays = built_in().unwrap().set.holidays();
    for (on, kind) in [
        ("2026-01-02", DayKind::Off),
        ("2026-01-04", DayKind::Working),
        ("2026-02-14", DayKind::Working),
        ("2026-10-07", DayKind::Off),
        ("2026-11-21", DayKind::Off),
        ("2026-11-23", DayKind::Working),
    ] {
        assert_eq!(holidays.kind(day(on)), kind, "{on}");
    }
    assert!(holidays.knows(day("2026-06-01")) && !holidays.knows(day("2027-06-01")));
}

#[test]
fn a_folder_corrects_rows_and_adds_quotes() {
    let own = folder(&[
        ("lpr.csv", "effective_from,one_year_percent,five_year_percent\n2026-03-20,2.90,3.40\n"),
        (
            "periods.toml",
            "[[rule]]\nid = \"DL-ANSWER\"\ntitle = \"答辩期\"\nvalue = \"30\"\nunit = \"calendar\"\nsource = \"涉外\"\nevidence = \"user\"\nconfidence = \"mid\"\nas_of = \"2026-11-22\"\nnote = \"foreign party\"\n",
        ),
    ]);
    let rules = with_folder(own.path()).unwrap();
    assert_eq!(rules.set.lpr().at(day("2026-03-25")).unwrap().one_year, Decimal::new(290, 4));
    assert_eq!(rules.set.period("DL-ANSWER", day("2026-11-22")).unwrap().length, 30);
    assert_eq!(rules.set.period("DL-PAYMENT-ORDER", day("2026-11-22")).unwrap().length, 15);
}

#[test]
fn what_is_no_rule_is_named_by_file_and_row() {
    let row = |id: &str, more: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\ntitle = \"x\"\nsource = \"x\"\nevidence = \"user\"\nconfidence = \"high\"\nas_of = \"2026-11-22\"\n{more}\n"
        )
    };
    let open = row("A", "value = \"3\"\nunit = \"year\"");
    for (file, text, names) in [
        (
            "lpr.csv",
            "effective_from,one_year_percent,five_year_percent\n2026-02-30,3,3\n".to_owned(),
            "line 2",
        ),
        (
            "lpr.csv",
            "effective_from,one_year_percent,five_year_percent\n2026-03-20,-3,3\n".to_owned(),
            "line 2",
        ),
        ("holidays.csv", "date,off\n2026-05-01,perhaps\n".to_owned(), "off"),
        ("periods.toml", row("A", "value = \"minus\"\nunit = \"year\""), "rule A"),
        ("periods.toml", row("A", "value = \"3\"\nunit = \"fortnight\""), "unit"),
        ("periods.toml", format!("{open}{open}"), "rule A"),
        ("cost_caps.toml", row("B", "role = \"line\""), "rule B"),
        ("cost_caps.toml", row("B", "role = \"line\"\nsurprise = 1"), "surprise"),
        ("periods.toml", "not toml".to_owned(), "periods.toml"),
    ] {
        let own = folder(&[(file, &text)]);
        let refused = with_folder(own.path()).unwrap_err();
        assert_eq!(refused.code, ErrorCode::RulesUnreadable);
        assert!(refused.to_string().contains(names), "{refused} does not name {names}");
    }
    assert_eq!(with_folder(Path::new("/nowhere/at/all")).unwrap_err().code, ErrorCode::RulesUnreadable);
}
