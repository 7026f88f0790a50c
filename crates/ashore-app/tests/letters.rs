//! Letters: filled from what is recorded, edited, kept in versions, sent and answered; packages for complaints.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use std::process::Command;

use ashore_app::ErrorCode;
use ashore_app::letters::{BorrowerForm, LetterRequest, LetterWarning, PackageRequest};
use ashore_app::loans::AddLoanRequest;
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;
use serde_json::json;
use sha2::Digest as _;

const NOW: &str = "2026-11-22T10:00:00+08:00";
const KINDS: [&str; 17] = [
    "application",
    "hardship",
    "confirmation",
    "contact_hours",
    "third_party_stop",
    "personal_information",
    "complaint",
    "report",
    "credit_objection",
    "payment_order_objection",
    "performance",
    "settlement_certificate",
    "statement",
    "plan",
    "agreement_annex",
    "agreement_draft",
    "evidence_index",
];

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn loan(app: &mut App<Unlocked>) -> String {
    let request = AddLoanRequest {
        app: "甲花".to_owned(),
        received: text("6000"),
        payment: text("1050"),
        terms: text("6"),
        first_due: text("2026-08-06"),
        terms_paid: text("1"),
        lender: text("甲城消费金融有限公司"),
        ..AddLoanRequest::default()
    };
    app.add_loan(&request).unwrap().id
}

fn request(kind: &str, loan: &str) -> LetterRequest {
    serde_json::from_value(json!({ "kind": kind, "loan_id": loan })).unwrap()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn printed(path: &std::path::Path) -> String {
    let out = Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(path).arg("-").output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    squeezed(&String::from_utf8(out.stdout).unwrap())
}

#[test]
fn every_kind_says_in_print_what_it_says_as_text() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let name = "#read(\"/etc/passwd\") -500.00";
    app.set_borrower(&BorrowerForm {
        name: text(name),
        id_number: text("110101199003077854"),
        phone: text("13800138000"),
        ..BorrowerForm::default()
    })
    .unwrap();
    let out = tempfile::tempdir().unwrap();
    for kind in KINDS {
        let path = out.path().join(format!("{kind}.pdf"));
        let kept = app.export_letter(&request(kind, &loan), &path).unwrap();
        let paper = printed(&path);
        for line in kept.letter.text.lines().map(squeezed).filter(|line| !line.is_empty()) {
            for piece in line.split('：') {
                assert!(paper.contains(piece), "{kind}: {piece:?} is not in {paper}");
            }
        }
        assert!(!paper.contains("19900307"), "{kind} shows what is covered");
    }
    assert_eq!(app.list_letters(Some(&loan)).unwrap().letters.len(), KINDS.len());
    assert!(printed(&out.path().join("application.pdf")).contains(&squeezed(name)));
}

#[test]
fn nothing_is_invented_and_what_is_missing_is_named() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let draft = app.draft_letter(&request("application", &loan)).unwrap();
    let missing: Vec<&str> = draft.missing.iter().map(|m| m.field.as_str()).collect();
    for field in ["borrower.name", "borrower.id_number", "borrower.phone", "hardship", "capacity"] {
        assert!(missing.contains(&field), "{field} in {missing:?}");
    }
    assert!(draft.text.contains("申请人：＿＿＿＿"), "{}", draft.text);
    assert!(!draft.text.contains("第七十条"), "article 70 is for credit cards of banks");
    assert!(draft.warnings.contains(&LetterWarning::PrivateMattersUnverifiedChannel));
}

#[test]
fn channels_and_citations_say_when_nobody_checked_them_for_long() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    // Of channels for a complaint, of those that help, of what a case may cite, and whether the letter warns.
    let stale = |app: &App<Unlocked>| {
        let of = |channels: Vec<ashore_app::letters::ChannelView>| {
            assert!(!channels.is_empty());
            channels.iter().map(|channel| channel.stale).collect::<Vec<_>>()
        };
        let cited = app.case(&loan).unwrap().citations;
        assert!(!cited.is_empty());
        let warns = app.draft_letter(&request("application", &loan)).unwrap().warnings;
        (
            of(app.complaint_channels(&loan).unwrap().channels),
            of(app.help_channels().unwrap().channels),
            cited.iter().map(|one| one.stale).collect::<Vec<_>>(),
            warns.contains(&LetterWarning::CitesStaleRule),
        )
    };
    let (complain, help, cited, warns) = stale(&app);
    assert!(!warns && ![complain, help, cited].concat().contains(&true));
    drop(app);
    let later = home.reopened("2027-11-18T09:30:00+08:00");
    let (complain, help, cited, warns) = stale(&later);
    assert!(warns && ![complain, help, cited].concat().contains(&false), "a year later all of them are old");
}

#[test]
fn an_edit_is_kept_and_printed_and_the_records_stay_beside_it() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let mut edited = request("application", &loan);
    edited.edits = serde_json::from_value(json!([
        { "id": "will", "text": "我会按时还款。" },
        { "id": "purpose" },
    ]))
    .unwrap();
    let out = tempfile::tempdir().unwrap();
    let kept = app.export_letter(&edited, &out.path().join("a.txt")).unwrap();
    let written = std::fs::read_to_string(out.path().join("a.txt")).unwrap();
    assert_eq!(written, kept.letter.text);
    assert!(written.contains("我会按时还款。") && !written.contains("现就下列借款"));
    edited.edits = serde_json::from_value(json!([{ "id": "no-such-part", "text": "甲" }])).unwrap();
    let refusal = app.export_letter(&edited, &out.path().join("b.txt")).unwrap_err();
    assert_eq!(refusal.code, ErrorCode::NotFound);
    assert!(!out.path().join("b.txt").exists() && app.list_letters(None).unwrap().letters.len() == 1);
}

#[test]
fn a_letter_that_no_font_prints_is_refused_whole() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    app.set_borrower(&BorrowerForm { name: text("张\u{F0000}"), ..BorrowerForm::default() }).unwrap();
    let out = tempfile::tempdir().unwrap();
    let refusal = app.export_letter(&request("application", &loan), &out.path().join("a.pdf")).unwrap_err();
    assert_eq!(refusal.code, ErrorCode::GlyphMissing);
    assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 0);
    assert!(app.list_letters(None).unwrap().letters.is_empty());
}

#[test]
fn an_answer_is_waited_for_five_working_days() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let out = tempfile::tempdir().unwrap();
    let kept = app.export_letter(&request("confirmation", &loan), &out.path().join("a.txt")).unwrap();
    let sent = json!({ "letter_id": kept.letter.id, "channel": "email", "to": "kf@example.com" });
    let waiting = app.letter_sent(&serde_json::from_value(sent).unwrap()).unwrap();
    // 22 November 2026 is a Sunday; five working days are Monday to Friday.
    assert_eq!(waiting.waiting_until.as_deref(), Some("2026-11-27"));
    let later = json!({ "letter_id": kept.letter.id, "channel": "email", "at": "2026-12-01T09:00:00+08:00" });
    let refusal = app.letter_sent(&serde_json::from_value(later).unwrap()).unwrap_err();
    assert_eq!(refusal.field.as_deref(), Some("at"));
    let answer = json!({ "letter_id": kept.letter.id, "note": "已书面确认" });
    let answered = app.letter_answered(&serde_json::from_value(answer).unwrap()).unwrap();
    assert_eq!(answered.waiting_until, None);
    let draft = app.draft_letter(&request("complaint", &loan)).unwrap();
    assert!(draft.text.contains("收到答复：已书面确认"), "{}", draft.text);
}

#[test]
fn proof_that_comes_later_stands_with_the_time_it_proves() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let out = tempfile::tempdir().unwrap();
    let kept = app.export_letter(&request("confirmation", &loan), &out.path().join("a.txt")).unwrap();
    let went = json!({ "letter_id": kept.letter.id, "channel": "post", "at": "2026-11-19T09:00:00+08:00" });
    let sent = app.letter_sent(&serde_json::from_value(went).unwrap()).unwrap();
    let proof = |at: &str, arrived: &str, number: Option<&str>| {
        let proof =
            json!({ "letter_id": kept.letter.id, "sent_at": at, "arrived_on": arrived, "reference": number });
        serde_json::from_value(proof).unwrap()
    };
    let at = sent.sent[0].at.clone();
    for (at, arrived, field) in [
        ("2026-11-19T09:01:00+08:00", "2026-11-20", "sent_at"),
        (at.as_str(), "2026-11-18", "arrived_on"),
        (at.as_str(), "2026-11-23", "arrived_on"),
        (at.as_str(), "", "arrived_on"),
    ] {
        let refusal = app.letter_proved(&proof(at, arrived, None)).unwrap_err();
        assert_eq!(refusal.field.as_deref(), Some(field), "{at} {arrived}");
    }
    let proved = app.letter_proved(&proof(&at, "2026-11-21", Some("EMS 1234"))).unwrap();
    assert_eq!(proved.sent[0].arrived_on.as_deref(), Some("2026-11-21"));
    assert_eq!(proved.sent[0].reference.as_deref(), Some("EMS 1234"));
    let draft = app.draft_letter(&request("complaint", &loan)).unwrap();
    assert!(draft.text.contains("（编号 EMS 1234），2026-11-21 送达，"), "{}", draft.text);
}

#[test]
fn a_complaint_that_went_out_escalates_the_case_until_it_is_answered_or_talks_go_on() {
    use ashore_app::words::CaseStage as Stage;
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let out = tempfile::tempdir().unwrap();
    let before = app.case(&loan).unwrap().card.stage;
    let kept = app.export_letter(&request("complaint", &loan), &out.path().join("a.txt")).unwrap();
    assert_eq!(app.case(&loan).unwrap().card.stage, before, "kept is not sent");
    let went = json!({ "letter_id": kept.letter.id, "channel": "email" });
    let sent = app.letter_sent(&serde_json::from_value(went.clone()).unwrap()).unwrap();
    let case = app.case(&loan).unwrap();
    assert_eq!((case.card.stage, case.card.next.on), (Stage::Escalated, sent.waiting_until));
    let answer = json!({ "letter_id": kept.letter.id });
    app.letter_answered(&serde_json::from_value(answer).unwrap()).unwrap();
    assert_eq!(app.case(&loan).unwrap().card.stage, before, "answered");
    // Sent again the next day, and the borrower takes up the talks.
    drop(app);
    let mut app = home.reopened("2026-11-23T09:30:00+08:00");
    app.letter_sent(&serde_json::from_value(went).unwrap()).unwrap();
    assert_eq!(app.case(&loan).unwrap().card.stage, Stage::Escalated);
    let talks = json!({ "loan_id": loan, "stage": "contacted" });
    let case = app.set_case_stage(&serde_json::from_value(talks).unwrap()).unwrap();
    assert_eq!(case.card.stage, before);
}

#[test]
fn a_package_goes_to_the_channel_of_the_lender_and_keeps_its_limits() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let out = tempfile::tempdir().unwrap();
    let ask = |channel: &str| PackageRequest {
        channel: channel.to_owned(),
        loan_id: loan.clone(),
        evidence_ids: None,
        edits: Vec::new(),
    };
    let channels = app.complaint_channels(&loan).unwrap();
    assert_eq!(channels.channels[0].id, "CH-LENDER", "the lender's own unit comes first");
    let packed = app.export_package(&ask("lender"), &out.path().join("a.zip")).unwrap();
    let names: Vec<&str> = packed.files.iter().map(|f| f.name.as_str()).collect();
    for name in ["0-说明.txt", "1-投诉书.pdf", "1-投诉书.txt", "2-证据目录.pdf", "3-欠款明细.pdf"]
    {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let again = app.export_package(&ask("CH-LENDER"), &out.path().join("b.zip")).unwrap();
    assert_eq!(again.files, packed.files);
    assert_eq!(
        std::fs::read(out.path().join("a.zip")).unwrap(),
        std::fs::read(out.path().join("b.zip")).unwrap(),
        "the same records give the same package"
    );
    let report = app.export_package(&ask("nifa"), &out.path().join("c.zip")).unwrap();
    assert!(report.files.iter().any(|f| f.name == "1-举报书.pdf"), "a report is no complaint");
    assert!(report.files.iter().all(|f| f.bytes.parse::<u64>().unwrap() <= 2_000_000));
    let refusal = app.export_package(&ask("CH-LOCAL"), &out.path().join("d.zip")).unwrap_err();
    assert_eq!(refusal.code, ErrorCode::ChannelUnfit);
    assert!(!out.path().join("d.zip").exists());
}

#[test]
fn an_attachment_above_the_channels_limit_goes_in_pieces_that_make_it_whole() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    // No two pieces are alike, and nothing of it packs well.
    let bytes: Vec<u8> =
        (0..5_000_000u32).map(|k| (k.wrapping_mul(2_654_435_761).rotate_left(9) >> 13) as u8).collect();
    let source = home.path().join("录音.bin");
    std::fs::write(&source, &bytes).unwrap();
    let staged = app.stage_file(&source, &mut |_, _| true).unwrap();
    let call = json!({
        "loan_ids": [loan], "direction": "incoming", "summary": "催收来电录音", "files": [staged.handle],
        "details": {"kind": "call", "status": "answered"},
    });
    app.log_contact(&serde_json::from_value(call).unwrap()).unwrap();
    let ask = serde_json::from_value(json!({ "channel": "nifa", "loan_id": loan })).unwrap();
    let path = home.path().join("举报.zip");
    let packed = app.export_package(&ask, &path).unwrap();
    assert_eq!(packed.channel.file_bytes, Some(2_000_000));
    assert_eq!(packed.bytes, std::fs::metadata(&path).unwrap().len().to_string());
    assert!(!home.path().join("举报.zip.part").exists());
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let mut whole = sha2::Sha256::new();
    let pieces: Vec<_> = packed.files.iter().filter(|file| file.piece).collect();
    assert_eq!(
        pieces.iter().map(|p| p.bytes.as_str()).collect::<Vec<_>>(),
        ["2000000", "2000000", "1000000"]
    );
    for (n, piece) in (1..).zip(pieces) {
        assert!(piece.name.ends_with(&format!("录音.bin.{n:03}")), "{}", piece.name);
        std::io::copy(&mut archive.by_name(&piece.name).unwrap(), &mut Hashed(&mut whole)).unwrap();
    }
    let digest: String = whole.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, staged.sha256, "one after the other they are the file that was attached");
    let note = std::io::read_to_string(archive.by_name("0-说明.txt").unwrap()).unwrap();
    assert!(note.contains(".001") && note.contains("SHA-256"), "{note}");
}

/// What is written to it is digested.
struct Hashed<'a>(&'a mut sha2::Sha256);

impl std::io::Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_is_looked_at_is_what_is_written_and_nothing_is_kept_by_looking() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let mut asked = request("application", &loan);
    let shown = app.preview_letter(&asked).unwrap();
    assert!(shown.pages >= 1);
    let page = app.letter_page(&shown.id, 1).unwrap();
    assert!(page.starts_with(b"\x89PNG"), "a page is a picture");
    assert_eq!(app.letter_page(&shown.id, shown.pages + 1).unwrap_err().code, ErrorCode::FileUnreadable);
    assert!(app.list_letters(None).unwrap().letters.is_empty(), "looking keeps nothing");

    let draft = app.draft_letter(&asked).unwrap();
    let part = draft.parts.iter().find(|part| part.text.is_some()).unwrap().id.clone();
    asked.edits = serde_json::from_value(json!([{ "id": part, "text": "改过的一段" }])).unwrap();
    let other = app.preview_letter(&asked).unwrap();
    assert_ne!(app.letter_page(&other.id, 1).unwrap(), page, "a change is seen");
    assert_eq!(app.letter_page(&shown.id, 1).unwrap_err().code, ErrorCode::NotFound, "the older one is gone");

    let kept = app.keep_letter(&asked).unwrap();
    assert!(kept.letter.text.contains("改过的一段") && kept.file.is_empty());
    let again = app.preview_kept_letter(&kept.letter.id).unwrap();
    assert_eq!(app.letter_page(&again.id, 1).unwrap(), app_page(&mut app, &asked), "kept as it was seen");
    let out = tempfile::tempdir().unwrap();
    let saved = app.save_letter(&kept.letter.id, &out.path().join("a.pdf")).unwrap();
    assert_eq!(u64::from(saved.bytes), out.path().join("a.pdf").metadata().unwrap().len());
    app.save_letter(&kept.letter.id, &out.path().join("a.txt")).unwrap();
    assert_eq!(std::fs::read_to_string(out.path().join("a.txt")).unwrap(), kept.letter.text);
    assert_eq!(app.list_letters(None).unwrap().letters.len(), 1, "saving once more is no new version");
}

fn app_page(app: &mut App<Unlocked>, asked: &LetterRequest) -> Vec<u8> {
    let shown = app.preview_letter(asked).unwrap();
    app.letter_page(&shown.id, 1).unwrap()
}

#[test]
fn income_goes_only_to_an_address_that_is_known_to_be_the_creditors_own() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let party = app.list_parties().unwrap().parties[0].clone();
    let mut form = serde_json::to_value(&party).unwrap();
    form["contacts"] = json!([
        { "channel": "email", "value": "service@jiacheng.example", "verified": "contract" },
        { "channel": "sms", "value": "10690000", "verified": null }
    ]);
    app.add_party(&serde_json::from_value(form).unwrap()).unwrap();
    let unverified = vec![LetterWarning::PrivateMattersUnverifiedChannel];
    let letter = app.keep_letter(&request("hardship", &loan)).unwrap().letter.id;
    for (to, warned) in [
        (Some("Service@Jiacheng.example "), false),
        (Some("10690000"), true),
        (Some("someone@elsewhere.example"), true),
        (Some(""), true),
        (None, true),
    ] {
        let found = app.sending_warnings(&letter, to).unwrap();
        assert_eq!(found, if warned { unverified.clone() } else { Vec::new() }, "{to:?}");
    }
    let plain = app.keep_letter(&request("contact_hours", &loan)).unwrap().letter.id;
    assert!(app.sending_warnings(&plain, None).unwrap().is_empty(), "nothing private is in it");
}

#[test]
fn a_package_keeps_its_complaint_as_edited_with_the_place_it_goes_to() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let draft = app.draft_letter(&request("complaint", &loan)).unwrap();
    let part = draft.parts.iter().find(|part| part.text.is_some()).unwrap().id.clone();
    let edits = serde_json::from_value(json!([{ "id": part, "text": "按我的话写" }])).unwrap();
    let ask = PackageRequest { channel: "lender".to_owned(), loan_id: loan, evidence_ids: None, edits };
    let out = tempfile::tempdir().unwrap();
    let packed = app.export_package(&ask, &out.path().join("a.zip")).unwrap();
    let kept = app.letter(&packed.letter_id).unwrap();
    assert_eq!(kept.place.as_deref(), Some("CH-LENDER"));
    assert!(kept.text.contains("按我的话写"));
    let mut archive = zip::ZipArchive::new(std::fs::File::open(out.path().join("a.zip")).unwrap()).unwrap();
    let inside = std::io::read_to_string(archive.by_name("1-投诉书.txt").unwrap()).unwrap();
    assert_eq!(inside.trim_end(), kept.text.trim_end(), "what is packed is what was kept");
}

#[test]
fn an_adviser_gets_an_overview_and_each_loan_without_originals() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = loan(&mut app);
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("a.zip");
    let made = app.export_adviser_pack(&serde_json::from_value(json!({})).unwrap(), &path).unwrap();
    let names: Vec<&str> = made.files.iter().map(|f| f.name.as_str()).collect();
    for name in ["0-总览.txt", "1-甲花/欠款明细.pdf", "1-甲花/证据目录.pdf", "1-甲花/困难情况说明.pdf"]
    {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let overview = std::io::read_to_string(archive.by_name("0-总览.txt").unwrap()).unwrap();
    assert!(overview.contains("甲花（甲城消费金融有限公司）：欠 "), "{overview}");
    let unknown = serde_json::from_value(json!({ "loan_ids": [loan.replace('0', "1")] })).unwrap();
    assert_eq!(app.export_adviser_pack(&unknown, &path).unwrap_err().code, ErrorCode::NotFound);
}
