//! A document on paper and its text taken out again with another's tool.

use std::io::Write as _;
use std::process::Command;
use std::sync::OnceLock;

use ashore_documents::{Align, Block, Column, Document, Field, Fonts, Part, Table};
use chrono::NaiveDate;

pub(crate) fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts::installed().expect("scripts/setup.sh installs fonts-noto-cjk"))
}

pub(crate) fn document(blocks: Vec<Block>) -> Document {
    let parts = blocks.into_iter().zip(0..).map(|(block, id)| Part { id: format!("p{id}"), block }).collect();
    let date = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    Document { title: "协商还款申请书".to_owned(), date, parts }
}

pub(crate) fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.to_owned() }
}

pub(crate) fn field(label: &str, value: &str) -> Field {
    Field { label: label.to_owned(), value: value.to_owned() }
}

pub(crate) fn table(columns: &[(&str, Align, u8)], rows: Vec<Vec<String>>) -> Block {
    let columns = columns
        .iter()
        .map(|(title, align, share)| Column { title: (*title).to_owned(), align: *align, share: *share })
        .collect();
    Block::Table { table: Table { columns, rows, total: None } }
}

/// What `pdftotext` (poppler) finds, without white space: lines break where they must.
pub(crate) fn text_of(pdf: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let out = Command::new("pdftotext")
        .args(["-raw", "-enc", "UTF-8"])
        .arg(file.path())
        .arg("-")
        .output()
        .expect("scripts/setup.sh installs poppler-utils");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    squeezed(&String::from_utf8(out.stdout).unwrap())
}

pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect()
}

#[test]
fn every_form_of_part_comes_out_whole_and_in_order() {
    let document = document(vec![
        Block::Addressee { text: "致：海川消费金融有限公司".to_owned() },
        Block::Heading { text: "一、借款情况".to_owned() },
        Block::Fields {
            fields: vec![field("合同编号", "HC-2025-000123"), field("本金", "¥12,000.00")]
        },
        paragraph("本人因收入下降，自 2026 年 10 月起难以按期足额还款。\n现申请变更还款安排。"),
        Block::Item { text: "（1）分 24 期偿还，每期 500.00 元；".to_owned() },
        table(
            &[("期数", Align::Center, 0), ("到期日", Align::Left, 1), ("金额", Align::Right, 1)],
            vec![vec!["1".into(), "2026-12-15".into(), "-500.00".into()]],
        ),
        Block::Note { text: "数据截至 2026-11-22。".to_owned() },
        Block::Signature {
            lines: vec!["申请人（签名）：＿＿＿＿".to_owned(), "2026 年 11 月 22 日".to_owned()],
        },
    ]);
    let found = text_of(&document.pdf(fonts()).unwrap());
    let mut rest = found.as_str();
    for text in document.texts() {
        let text = squeezed(text);
        let at = rest.find(&text).unwrap_or_else(|| panic!("{text:?} is not next in {rest:?}"));
        rest = &rest[at + text.len()..];
    }
    assert!(rest.contains("第1页，共1页"), "{rest}");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = document(vec![paragraph("同一份数据，同一份文件。")]);
    assert_eq!(document.pdf(fonts()).unwrap(), document.pdf(fonts()).unwrap());
}

#[test]
fn it_is_a_tagged_accessible_file_with_its_title() {
    let pdf = document(vec![paragraph("正文")]).pdf(fonts()).unwrap();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&pdf).unwrap();
    let out = Command::new("pdfinfo").arg(file.path()).output().unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    assert!(said.contains("Tagged:          yes"), "{said}");
    assert!(said.contains("协商还款申请书"), "{said}");
    assert!(said.contains("2026"), "{said}");
    assert!(!said.contains("JavaScript:      yes"), "{said}");
    let raw = String::from_utf8_lossy(&pdf);
    assert!(raw.contains("pdfuaid"), "the file says that it is PDF/UA");
}

#[test]
fn neither_a_signature_nor_a_closing_note_stands_alone_on_a_page() {
    let closings = [
        Block::Signature {
            lines: vec!["申请人（签名）：".to_owned(), "日期：2026 年 11 月 22 日".to_owned()],
        },
        Block::Note { text: "由借款人按自己的记录算出。".to_owned() },
    ];
    for closing in closings {
        let mut breaks = 0;
        // Somewhere among these lengths the closing would be the first thing of a page.
        for lines in 24..48 {
            let mut blocks: Vec<Block> = (1..=lines).map(|n| paragraph(&format!("第{n}段"))).collect();
            blocks.push(closing.clone());
            let pages = pages_of(&document(blocks).pdf(fonts()).unwrap());
            let last = pages.last().unwrap();
            breaks += usize::from(pages.len() > 1);
            assert!(last.contains(&format!("第{lines}段")), "{lines} lines: {last}");
        }
        assert!(breaks > 0, "some of them are longer than a page");
    }
}

/// What `pdftotext` finds on each page.
fn pages_of(pdf: &[u8]) -> Vec<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let out = Command::new("pdftotext").args(["-enc", "UTF-8"]).arg(file.path()).arg("-").output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    text.split('\u{c}').map(squeezed).filter(|page| !page.is_empty()).collect()
}
