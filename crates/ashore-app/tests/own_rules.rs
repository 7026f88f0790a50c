//! Rules as the borrower knows them better: they hold where they are used, marked, until they are taken back.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::loans::AddLoanRequest;
use ashore_app::rules::{RuleRowView, RuleTable, RulesView, SetOwnRuleRequest, WithdrawOwnRuleRequest};
use ashore_app::session::{App, Unlocked};
use ashore_app::words::LenderKind;
use ashore_test_support::Home;

const NOW: &str = "2026-11-22T09:30:00+08:00";

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn own(rule: &str, value: &str) -> SetOwnRuleRequest {
    SetOwnRuleRequest {
        rule: rule.to_owned(),
        value: value.to_owned(),
        source: text("法院通知书"),
        note: "以通知书为准".to_owned(),
        ..SetOwnRuleRequest::default()
    }
}

fn quote(on: &str, one_year: &str) -> SetOwnRuleRequest {
    let five_year = text("3.50");
    SetOwnRuleRequest { on: text(on), five_year, ..own("LPR", one_year) }
}

fn row(view: &RulesView, id: &str) -> RuleRowView {
    view.tables.iter().flat_map(|table| &table.rows).find(|row| row.id == id).unwrap().clone()
}

fn private_loan(app: &mut App<Unlocked>) -> String {
    let request = AddLoanRequest {
        app: "某出借人".to_owned(),
        received: text("10000"),
        payment: text("950"),
        terms: text("12"),
        first_due: text("2026-12-10"),
        lender_kind: Some(LenderKind::PrivateLender),
        contract_date: text("2026-11-10"),
        ..AddLoanRequest::default()
    };
    app.add_loan(&request).unwrap().id
}

#[test]
fn every_row_says_where_it_comes_from_and_since_when() {
    let home = Home::new();
    let app = home.created(NOW);
    let view = app.rules_view().unwrap();
    assert_eq!(view.tables.len(), 9);
    for table in &view.tables {
        assert!(!table.rows.is_empty());
        for row in &table.rows {
            let at = format!("{:?} {}", table.table, row.id);
            assert!(!row.id.is_empty() && !row.title.is_empty() && !row.source.is_empty(), "{at}");
            assert!(["sourced", "unverified"].contains(&row.evidence.as_str()), "{at}");
            assert!(["high", "mid", "low"].contains(&row.confidence.as_str()), "{at}");
            assert_eq!(row.as_of.len(), 10, "{at}");
        }
    }
    assert_eq!((view.stale, view.own, view.own_set_aside), (0, 0, false));
    assert!(view.lpr.provisional, "the table ends in February");
    assert_eq!(view.lpr.count, 79);
    assert_eq!(view.holidays.known_to, Some(2026));
    drop(app);
    let later = home.reopened("2027-06-01T09:30:00+08:00");
    assert!(later.rules_view().unwrap().stale > 100, "half a year later nobody has looked at them");
}

#[test]
fn what_the_borrower_knows_better_holds_and_can_be_taken_back() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let before = app.preview_deadline("DL-ANSWER", "2026-11-20").unwrap();
    let view = app.set_own_rule(&own("DL-ANSWER", "30")).unwrap();
    let changed = row(&view, "DL-ANSWER");
    assert_eq!((changed.value.as_deref(), changed.built_in.as_deref()), (Some("30"), Some("15")));
    assert_eq!((changed.evidence.as_str(), view.own), ("user", 1));
    assert_eq!(changed.own.unwrap().note, "以通知书为准");
    let after = app.preview_deadline("DL-ANSWER", "2026-11-20").unwrap();
    assert_eq!((after.rule.length, after.rule.own, before.rule.own), (30, true, false));
    assert_eq!(after.rule.source, "法院通知书");
    app.set_own_rule(&SetOwnRuleRequest { source: None, ..own("DL-ANSWER", "30") }).unwrap();
    let unsourced = app.preview_deadline("DL-ANSWER", "2026-11-20").unwrap().rule.source;
    assert!(
        !unsourced.contains("民事诉讼法"),
        "the law does not speak for the borrower's number: {unsourced}"
    );
    assert_ne!(after.last_day, before.last_day);
    drop(app);

    let mut again = home.reopened(NOW);
    assert_eq!(
        again.preview_deadline("DL-ANSWER", "2026-11-20").unwrap().last_day,
        after.last_day,
        "it is kept"
    );
    let taken = WithdrawOwnRuleRequest {
        rule: "DL-ANSWER".to_owned(),
        note: "看错了".to_owned(),
        ..WithdrawOwnRuleRequest::default()
    };
    let view = again.withdraw_own_rule(&taken).unwrap();
    assert_eq!((row(&view, "DL-ANSWER").value.as_deref(), view.own), (Some("15"), 0));
    assert_eq!(again.preview_deadline("DL-ANSWER", "2026-11-20").unwrap().last_day, before.last_day);
    assert_eq!(again.withdraw_own_rule(&taken).unwrap_err().field.as_deref(), Some("rule"));
}

#[test]
fn an_own_quote_moves_the_line_and_says_whose_it_is() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = private_loan(&mut app);
    let line = |app: &App<Unlocked>| {
        let reference = app.loan(&loan, None).unwrap().reference.unwrap();
        let line = reference.lines.into_iter().find(|line| line.rule == "CAP-PRIVATE-4LPR").unwrap();
        (
            serde_json::to_value(&line.limit).unwrap().as_str().unwrap().to_owned(),
            line.own,
            reference.findings,
        )
    };
    let (limit, is_own, findings) = line(&app);
    assert!(limit.starts_with("0.12") && !is_own);
    assert!(findings.contains(&"lpr_provisional".to_owned()));
    let view = app.set_own_rule(&quote("2026-10-20", "2.90%")).unwrap();
    assert!(!view.lpr.provisional || view.lpr.quotes[0].on == "2026-10-20");
    assert_eq!(view.lpr.quotes.iter().filter(|quote| quote.own.is_some()).count(), 1);
    let (limit, is_own, findings) = line(&app);
    assert!(limit.starts_with("0.116") && is_own, "four times 2.90 %: {limit}");
    assert!(!findings.contains(&"lpr_provisional".to_owned()), "{findings:?}");
}

#[test]
fn what_is_no_rule_is_refused_by_field_and_nothing_is_kept() {
    let home = Home::new();
    let mut app = home.created(NOW);
    for (request, field) in [
        (own("NO-SUCH-RULE", "3"), "rule"),
        (own("DOC-CONTRACT", "3"), "rule"),
        (own("DL-ANSWER", "minus"), "value"),
        (own("DL-ANSWER", "99999"), "value"),
        (own("CAP-COURT-FIN-24", "-3"), "value"),
        (SetOwnRuleRequest { note: String::new(), ..own("DL-ANSWER", "30") }, "note"),
        (quote("2026-12-20", "3"), "on"),
        (quote("", "3"), "on"),
        (quote("2026-10-20", "0"), "value"),
        (SetOwnRuleRequest { five_year: None, ..quote("2026-10-20", "3") }, "five_year"),
    ] {
        let refused = app.set_own_rule(&request).unwrap_err();
        assert_eq!(refused.field.as_deref(), Some(field), "{request:?}: {refused}");
    }
    assert_eq!(app.rules_view().unwrap().own, 0);
    let table =
        app.rules_view().unwrap().tables.into_iter().find(|t| t.table == RuleTable::Citations).unwrap();
    assert!(
        table.rows.iter().all(|row| !row.changeable),
        "a sentence of law is not the borrower's to change"
    );
}

#[test]
fn holidays_that_were_announced_later_move_a_last_day_and_can_be_taken_back() {
    let home = Home::new();
    let mut app = home.created("2026-12-30T09:30:00+08:00");
    // Fifteen days from the 31st of December end on Friday, the 15th of January.
    let ends =
        |app: &mut App<Unlocked>| app.preview_deadline("DL-PAYMENT-ORDER", "2026-12-31").unwrap().last_day;
    assert_eq!(ends(&mut app), "2027-01-15");
    let days = |value: &str, on: &str, until: &str| SetOwnRuleRequest {
        on: text(on),
        until: text(until),
        ..own("HOLIDAY", value)
    };
    for (value, on, until, field) in [
        ("maybe", "2027-01-15", "2027-01-17", "value"),
        ("off", "2027-01-15", "2027-01-14", "until"),
        ("off", "2027-01-15", "2027-02-15", "until"),
        ("off", "", "2027-01-14", "on"),
    ] {
        assert_eq!(
            app.set_own_rule(&days(value, on, until)).unwrap_err().field.as_deref(),
            Some(field),
            "{value} {on} {until}"
        );
    }
    let view = app.set_own_rule(&days("off", "2027-01-15", "2027-01-17")).unwrap();
    assert_eq!(view.holidays.own.len(), 3);
    assert_eq!(ends(&mut app), "2027-01-18");
    let view = app.set_own_rule(&days("working", "2027-01-16", "2027-01-16")).unwrap();
    assert_eq!(
        (view.holidays.own.len(), view.holidays.own[1].value.as_str()),
        (3, "working"),
        "the later word about a day holds"
    );
    assert_eq!(ends(&mut app), "2027-01-16");
    let back = |on: &str| WithdrawOwnRuleRequest {
        rule: "HOLIDAY".to_owned(),
        on: text(on),
        note: "看错了".to_owned(),
    };
    for on in ["2027-01-15", "2027-01-16", "2027-01-17"] {
        app.withdraw_own_rule(&back(on)).unwrap();
    }
    assert_eq!(ends(&mut app), "2027-01-15");
}
