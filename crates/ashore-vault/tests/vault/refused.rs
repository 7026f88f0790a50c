//! A fact that contradicts what is recorded is refused by name, and nothing of its batch is stored.

use ashore_domain::*;
use ashore_vault::{SettledReminder, VaultError};

use super::facts::*;

/// A vault with two loans, one of each other thing on the first, and the payment voided.
fn filled() -> (tempfile::TempDir, ashore_vault::Vault) {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    vault.append(&one_of_each(), Vec::new(), now()).unwrap();
    (dir, vault)
}

#[test]
fn every_contradiction_has_its_name_and_leaves_nothing() {
    let (_dir, mut vault) = filled();
    let before = vault.head().unwrap();
    let unknown_party = {
        let mut loan = loan(3);
        loan.parties[0].party = party_id(9);
        loan
    };
    let mut unknown_receipt = payment(3, 1);
    unknown_receipt.evidence = vec![evidence_id(9)];
    let mut nothing_paid = payment(3, 1);
    nothing_paid.amount = Money::ZERO;
    let corrects = |n: u8, old: u8| EvidenceRecord { corrects: Some(evidence_id(old)), ..record(n, &[1]) };
    let mut other_loans_offer = agreement(3, 2);
    other_loans_offer.proposal = Some(proposal_id(1));
    let mut other_loans_agreement = agreement(3, 2);
    other_loans_agreement.supersedes = Some(agreement_id(1));
    let mut no_rows = agreement(3, 1);
    no_rows.rows.clear();
    let mut descending = agreement(3, 1);
    descending.rows.reverse();
    let waiver = |loan: u8, agreement: Option<u8>| Waiver {
        loan: loan_id(loan),
        on: day("2026-11-22"),
        amounts: Vec::new(),
        agreement: agreement.map(agreement_id),
        note: None,
    };
    let file = FileRef {
        attachment: attachment_id(9),
        name: "a".to_owned(),
        mime: "b".to_owned(),
        bytes: 1,
        sha256: [0; 32],
        original: true,
        derived_from: None,
    };

    macro_rules! case {
        ([$($fact:expr),+], $pattern:pat $(if $guard:expr)?) => {
            {
                let expected: fn(&VaultError) -> bool = |e| matches!(e, $pattern $(if $guard)?);
                (vec![$($fact),+], expected)
            }
        };
    }
    let void = |n: u8| Fact::PaymentVoided(PaymentVoided { payment: payment_id(n), reason: String::new() });
    let close = |n: u8| {
        let reason = CloseReason::PaidOff;
        Fact::LoanClosed(LoanClosed { loan: loan_id(n), on: day("2026-11-22"), reason, note: None })
    };
    let cases = vec![
        case!([Fact::LoanOpened(loan(1))], VaultError::AlreadyRecorded { what: "loan", .. }),
        case!([Fact::LoanOpened(unknown_party)], VaultError::UnknownParty(p) if *p == party_id(9)),
        case!(
            [Fact::LoanCorrected(LoanCorrected { loan: loan(9), reason: String::new() })],
            VaultError::UnknownLoan(l) if *l == loan_id(9)
        ),
        case!([close(9)], VaultError::UnknownLoan(_)),
        case!([close(2)], VaultError::AlreadyClosed(l) if *l == loan_id(2)),
        case!([close(1), close(1)], VaultError::AlreadyClosed(l) if *l == loan_id(1)),
        case!([Fact::Payment(payment(1, 1))], VaultError::AlreadyRecorded { what: "payment", .. }),
        case!([Fact::Payment(payment(3, 9))], VaultError::UnknownLoan(_)),
        case!([Fact::Payment(unknown_receipt)], VaultError::UnknownEvidence(e) if *e == evidence_id(9)),
        case!([Fact::Payment(nothing_paid)], VaultError::Unsound { field: "amount", .. }),
        case!([void(9)], VaultError::UnknownPayment(p) if *p == payment_id(9)),
        case!([void(1)], VaultError::AlreadyVoided(p) if *p == payment_id(1)),
        case!([Fact::Payment(payment(3, 1)), void(3), void(3)], VaultError::AlreadyVoided(_)),
        case!([Fact::Evidence(record(1, &[]))], VaultError::AlreadyRecorded { what: "evidence record", .. }),
        case!([Fact::Evidence(record(3, &[9]))], VaultError::UnknownLoan(_)),
        case!([Fact::Evidence(corrects(3, 9))], VaultError::UnknownEvidence(_)),
        case!(
            [Fact::Evidence(corrects(3, 1)), Fact::Evidence(corrects(4, 1))],
            VaultError::AlreadyCorrected { record, by } if *record == evidence_id(1) && *by == evidence_id(3)
        ),
        case!(
            [Fact::Evidence(EvidenceRecord { proposals: vec![proposal_id(9)], ..record(3, &[]) })],
            VaultError::UnknownProposal(_)
        ),
        case!(
            [Fact::Evidence(EvidenceRecord { agreements: vec![agreement_id(9)], ..record(3, &[]) })],
            VaultError::UnknownAgreement(_)
        ),
        case!(
            [Fact::Evidence(EvidenceRecord { files: vec![file], ..record(3, &[]) })],
            VaultError::FileNotStaged(f) if *f == attachment_id(9)
        ),
        case!([Fact::Proposal(proposal(1, 1))], VaultError::AlreadyRecorded { what: "proposal", .. }),
        case!([Fact::Proposal(proposal(3, 9))], VaultError::UnknownLoan(_)),
        case!(
            [Fact::Proposal(Proposal { in_reply_to: Some(proposal_id(9)), ..proposal(3, 1) })],
            VaultError::UnknownProposal(_)
        ),
        case!(
            [Fact::Proposal(Proposal { in_reply_to: Some(proposal_id(1)), ..proposal(3, 2) })],
            VaultError::OfAnotherLoan { what: "proposal", .. }
        ),
        case!([Fact::Agreement(agreement(1, 1))], VaultError::AlreadyRecorded { what: "agreement", .. }),
        case!([Fact::Agreement(other_loans_offer)], VaultError::OfAnotherLoan { what: "proposal", .. }),
        case!([Fact::Agreement(other_loans_agreement)], VaultError::OfAnotherLoan { what: "agreement", .. }),
        case!(
            [Fact::Agreement(Agreement { supersedes: Some(agreement_id(9)), ..agreement(3, 1) })],
            VaultError::UnknownAgreement(a) if *a == agreement_id(9)
        ),
        case!(
            [
                Fact::Agreement(Agreement { supersedes: Some(agreement_id(1)), ..agreement(3, 1) }),
                Fact::Agreement(Agreement { supersedes: Some(agreement_id(1)), ..agreement(4, 1) })
            ],
            VaultError::AlreadySuperseded { by, .. } if *by == agreement_id(3)
        ),
        case!([Fact::Agreement(no_rows)], VaultError::Unsound { field: "rows", .. }),
        case!([Fact::Agreement(descending)], VaultError::Unsound { field: "rows", .. }),
        case!([Fact::Waiver(waiver(9, None))], VaultError::UnknownLoan(_)),
        case!([Fact::Waiver(waiver(1, Some(9)))], VaultError::UnknownAgreement(_)),
        case!([Fact::Waiver(waiver(2, Some(1)))], VaultError::OfAnotherLoan { what: "agreement", .. }),
        case!(
            [Fact::Payment(Payment { amount: Money::from_fen(i64::MAX), ..payment(3, 1) })],
            VaultError::Record(_)
        ),
    ];
    for (number, (facts, expected)) in cases.into_iter().enumerate() {
        // A sound fact goes first: it must not be stored either.
        let batch: Vec<Fact> = [Fact::Party(party(7))].into_iter().chain(facts).collect();
        let error = vault.append(&batch, Vec::new(), now()).unwrap_err();
        assert!(expected(&error), "case {number}: {error:?}");
        assert_eq!(vault.head().unwrap(), before, "case {number} left something: {error}");
    }
    assert_eq!(vault.parties().unwrap().len(), 1);
    assert!(vault.check().unwrap().is_whole());
}

#[test]
fn a_party_described_anew_and_corrections_in_a_row() {
    let (_dir, mut vault) = filled();
    let mut renamed = party(1);
    renamed.name = "新名字".to_owned();
    renamed.aliases.clear();
    let second = EvidenceRecord { corrects: Some(evidence_id(1)), ..record(2, &[1]) };
    let third = EvidenceRecord { corrects: Some(evidence_id(2)), ..record(3, &[1]) };
    let newer = Agreement { supersedes: Some(agreement_id(1)), ..agreement(2, 1) };
    let facts =
        [Fact::Party(renamed.clone()), Fact::Evidence(second), Fact::Evidence(third), Fact::Agreement(newer)];
    vault.append(&facts, Vec::new(), at("2026-11-23T09:00:00+08:00")).unwrap();
    assert_eq!(vault.parties().unwrap(), [renamed]);
    let by = |n| vault.evidence_record(evidence_id(n)).unwrap().unwrap().corrected_by;
    assert_eq!((by(1), by(2), by(3)), (Some(evidence_id(2)), Some(evidence_id(3)), None));
    assert_eq!(vault.agreements(Some(loan_id(1))).unwrap().len(), 2);
    assert!(vault.check().unwrap().is_whole(), "the tables are what a replay gives");
    assert_eq!(vault.head().unwrap().head.at, at("2026-11-23T09:00:00+08:00"));
}

#[test]
fn evidence_is_listed_newest_first_and_filtered_page_by_page() {
    let (_dir, mut vault) = filled();
    let mut facts = Vec::new();
    for n in 10..40u8 {
        let mut said = record(n, if n % 2 == 0 { &[1] } else { &[2] });
        said.happened.at = at("2026-11-01T10:00:00+08:00") + chrono::TimeDelta::hours(i64::from(n / 3));
        if n % 5 == 0 {
            said.details = EvidenceDetails::Note { body: "记一笔".to_owned() };
        }
        facts.push(Fact::Evidence(said));
    }
    vault.append(&facts, Vec::new(), now()).unwrap();
    let all = vault.evidence(&ashore_vault::EvidenceFilter::default()).unwrap();
    assert_eq!(all.len(), 31);
    assert!(all.is_sorted_by_key(|state| std::cmp::Reverse((state.record.happened.at, state.seq))));
    let mut paged = Vec::new();
    let mut filter = ashore_vault::EvidenceFilter { limit: Some(7), ..Default::default() };
    loop {
        let page = vault.evidence(&filter).unwrap();
        let Some(last) = page.last() else { break };
        filter.before = Some(last.record.id);
        paged.extend(page);
    }
    assert_eq!(paged, all, "pages lose and double nothing");
    let filter = ashore_vault::EvidenceFilter {
        loan: Some(loan_id(1)),
        kind: Some(EvidenceKind::Note),
        ..Default::default()
    };
    let notes = vault.evidence(&filter).unwrap();
    assert_eq!(notes.len(), 3, "10, 20 and 30");
    let filter = ashore_vault::EvidenceFilter { before: Some(evidence_id(99)), ..Default::default() };
    assert!(matches!(vault.evidence(&filter), Err(VaultError::UnknownEvidence(_))));
}

#[test]
fn reminders_are_marked_once_and_settings_forget() {
    let (_dir, mut vault) = filled();
    let mark = |kind, key: &dyn ToString, due: &str, days| ReminderMark {
        subject: ReminderSubject { kind, key: key.to_string(), place: 4 },
        due: day(due),
        stage: ReminderStage::new(days).unwrap(),
    };
    let marks = [
        mark(ReminderKind::LoanDue, &loan_id(1), "2026-12-15", -1),
        mark(ReminderKind::LoanDue, &loan_id(1), "2026-12-15", 0),
        mark(ReminderKind::LoanDue, &loan_id(1), "2026-12-16", -1),
        mark(ReminderKind::AgreementDue, &agreement_id(1), "2026-12-15", -1),
        mark(ReminderKind::RulesStale, &"lpr", "2026-12-15", 0),
    ];
    let settled = |mark: &ReminderMark, settled_at, settled| SettledReminder {
        mark: mark.clone(),
        stood_at: now(),
        settled_at,
        settled,
        put_off: None,
    };
    let first: Vec<_> = marks.iter().map(|mark| settled(mark, now(), ReminderSettled::Shown)).collect();
    vault.snooze_reminders(&first[..2], &marks[..2], at("2026-12-14T10:00:00+08:00")).unwrap();
    assert_eq!(vault.settled_reminders().unwrap(), first[..2], "only what spoke is put off");
    vault.snooze_reminders(&[], &marks[..1], at("2026-12-14T11:00:00+08:00")).unwrap();
    assert_eq!(
        vault.snoozed_reminders().unwrap(),
        [
            (marks[0].clone(), at("2026-12-14T11:00:00+08:00")),
            (marks[1].clone(), at("2026-12-14T10:00:00+08:00"))
        ],
        "put off anew"
    );
    vault.settle_reminders(&first).unwrap();
    assert_eq!(vault.snoozed_reminders().unwrap().len(), 2, "put off before it was confirmed, it stays so");
    let came = |mark, put_off| SettledReminder {
        put_off: Some(at(put_off)),
        ..settled(mark, now(), ReminderSettled::Shown)
    };
    let hour = "2026-12-14T10:00:00+08:00";
    vault.settle_reminders(&[came(&marks[0], hour), came(&marks[1], hour)]).unwrap();
    assert_eq!(
        vault.snoozed_reminders().unwrap(),
        [(marks[0].clone(), at("2026-12-14T11:00:00+08:00"))],
        "what came again is no longer put off, unless it was put off anew"
    );
    let later = at("2026-12-24T10:00:00+08:00");
    vault.settle_reminders(&[settled(&marks[0], later, ReminderSettled::Covered)]).unwrap();
    assert_eq!(vault.settled_reminders().unwrap(), first, "settled once, as it was first");
    vault.set_setting("theme", Some("dark")).unwrap();
    vault.set_setting("theme", Some("light")).unwrap();
    assert_eq!(vault.setting("theme").unwrap().as_deref(), Some("light"));
    vault.set_setting("theme", None).unwrap();
    assert_eq!(vault.setting("theme").unwrap(), None);
}
