//! Files that are shown: read and drawn by the process apart.

use std::fs;

use ashore_app::ErrorCode;
use ashore_app::contacts::{FileInHand, FileLook};
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;
use serde_json::json;

use super::NOW;

/// Keeps a file with a record and takes it in hand as a page does.
fn kept(
    app: &mut App<Unlocked>,
    home: &Home,
    name: &str,
    bytes: &[u8],
) -> impl Fn(&App<Unlocked>) -> FileInHand + use<> {
    let path = home.path().join(name);
    fs::write(&path, bytes).unwrap();
    let handle = app.stage_file(&path, &mut |_, _| true).unwrap().handle;
    let request = json!({
        "direction": "incoming", "summary": name, "details": {"kind": "note", "body": "见附件"}, "files": [handle],
    });
    let record = app.log_contact(&serde_json::from_value(request).unwrap()).unwrap();
    let file = record.files[0].id.clone();
    move |app| app.take_in_hand(&file).unwrap()
}

const MAIL: &str = "From: =?UTF-8?B?5a6i5pyN?= <kf@example.cn>\r\nTo: me@example.cn\r\nSubject: =?UTF-8?B?5YiG5pyf5pa55qGI?=\r\n\
    Date: Mon, 10 Nov 2025 09:00:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>同意<b>延期</b>两个月</p><script>alert(1)</script>\
    <img src=\"https://example.invalid/p.png\"><a href=\"https://example.invalid\">点这里</a>\r\n\
    --b\r\nContent-Type: application/pdf; name=\"plan.pdf\"\r\nContent-Disposition: attachment; filename=\"plan.pdf\"\r\n\r\n%PDF-1.7\r\n--b--\r\n";

pub(super) fn a_mail_is_shown_without_anything_that_acts() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let mail = kept(&mut app, &home, "方案.eml", MAIL.as_bytes());
    let shown = mail(&app).look();
    assert_eq!((shown.look, shown.cut), (FileLook::Mail, false));
    let read = shown.mail.unwrap();
    assert_eq!(read.subject.as_deref(), Some("分期方案"));
    assert_eq!(
        (read.from, read.to),
        (vec!["客服 <kf@example.cn>".to_owned()], vec!["me@example.cn".to_owned()])
    );
    assert_eq!((read.formatted, read.pictures, read.files), (true, 1, vec!["plan.pdf".to_owned()]));
    assert!(read.body.contains("延期两个月"), "{}", read.body);
    let html = mail(&app).mail().unwrap();
    assert_eq!(html.trim(), "<p>同意<b>延期</b>两个月</p>点这里");
    assert_eq!(mail(&app).page(1).unwrap_err().code, ErrorCode::FileUnreadable, "it has no pages");
}

pub(super) fn a_mail_that_breaks_its_reader_is_not_shown() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let nested = format!("From: a@b.cn\nSubject: x\n{}", "Content-Type: message/rfc822\n\n".repeat(40_000));
    // Ten million elements do not fit into the memory that a reader is given.
    let vast = format!(
        "From: a@b.cn\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n{}",
        "<hr>".repeat(30 << 18)
    );
    for (name, bytes) in [("nested.eml", nested), ("vast.eml", vast)] {
        let mail = kept(&mut app, &home, name, bytes.as_bytes());
        let shown = mail(&app).look();
        assert_eq!((shown.look, shown.mail), (FileLook::Unknown, None), "{name}");
        assert_eq!(mail(&app).mail().unwrap_err().code, ErrorCode::NotFound, "{name}");
    }
    let whole = kept(&mut app, &home, "方案.eml", MAIL.as_bytes());
    assert_eq!(whole(&app).look().look, FileLook::Mail, "the next one is");
    assert!(app.verify_evidence().unwrap().whole);
}

fn pdf_of(objects: &[&str]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    for (number, object) in (1..).zip(objects) {
        pdf.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    pdf.extend(format!("trailer<</Size {}/Root 1 0 R>>\n%%EOF\n", objects.len() + 1).bytes());
    pdf
}

/// Whatever a file is built to use up, it costs the process that reads it, and the next file is shown.
pub(super) fn pages_built_to_break_their_reader_break_nothing_else() {
    let home = Home::new();
    let mut app = home.created(NOW);
    const ROOT: &str = "<</Type/Catalog/Pages 2 0 R>>";
    const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    const PAGE: &str =
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>";
    let deep = format!("<</Length 400000>>stream\n{}{}\nendstream", "[".repeat(200_000), "]".repeat(200_000));
    let deep_words =
        format!("<</Type/Catalog/Pages 2 0 R/Nest {}{}>>", "<</A ".repeat(100_000), ">>".repeat(100_000));
    let pushes = format!("<</Length 4000000>>stream\n{}\nendstream", "q ".repeat(2_000_000));
    let draws = "<</Length 5>>stream\n/X Do\nendstream";
    let itself = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream";
    let ring = "<</Type/Pages/Parent 3 0 R/Kids[3 0 R 3 0 R]/Count 2000000000>>";
    let cases: [(&str, Vec<u8>); 6] = [
        ("深.pdf", pdf_of(&[ROOT, PAGES, PAGE, &deep])),
        ("层.pdf", pdf_of(&[&deep_words, PAGES, PAGE, draws])),
        ("叠.pdf", pdf_of(&[ROOT, PAGES, PAGE, &pushes])),
        ("自.pdf", pdf_of(&[ROOT, PAGES, PAGE, draws, itself])),
        ("环.pdf", pdf_of(&[ROOT, ring, ring])),
        ("空.pdf", pdf_of(&[ROOT, "2 0 R"])),
    ];
    let whole = kept(
        &mut app,
        &home,
        "合同.pdf",
        &pdf_of(&[ROOT, PAGES, PAGE, "<</Length 26>>stream\n0 0 0 rg 0 0 100 50 re f \nendstream"]),
    );
    for (name, bytes) in cases {
        let page = kept(&mut app, &home, name, &bytes);
        // Shown or not, it is answered, and what is answered is a picture or a reason.
        let look = page(&app).look();
        assert!(matches!(look.look, FileLook::Pdf | FileLook::Unknown), "{name}: {look:?}");
        match page(&app).page(1) {
            Ok(picture) => assert!(picture.starts_with(b"\x89PNG"), "{name}"),
            Err(why) => assert_eq!(why.code, ErrorCode::FileUnreadable, "{name}"),
        }
        assert!(whole(&app).page(1).unwrap().starts_with(b"\x89PNG"), "after {name}");
    }
    assert!(app.verify_evidence().unwrap().whole);
}

pub(super) fn a_page_is_drawn_and_a_broken_one_is_not() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R>>",
        "<</Length 26>>stream\n0 0 0 rg 0 0 100 50 re f \nendstream",
    ];
    let page = kept(&mut app, &home, "合同.pdf", &pdf_of(&objects));
    let shown = page(&app).look();
    assert_eq!((shown.look, shown.pages), (FileLook::Pdf, 1));
    assert!(page(&app).page(1).unwrap().starts_with(b"\x89PNG"));
    assert_eq!(page(&app).page(2).unwrap_err().code, ErrorCode::FileUnreadable);
    let broken = kept(&mut app, &home, "坏.pdf", b"%PDF-1.7 and nothing more");
    assert_eq!(broken(&app).look().look, FileLook::Unknown);
}
