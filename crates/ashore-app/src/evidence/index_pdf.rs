//! The list of a pack for paper: the same rows as the page, set as a document.

use ashore_documents::{Align, Block, Column, Document, Field, FontError, Fonts, Part, RenderError, Table};
use ashore_evidence::Head;
use ashore_evidence::pack::Statement;

use super::index::Row;
use crate::clock::shanghai;
use crate::letters::fonts;

/// Longer lists are for a screen: nobody reads a thousand pages, and setting them takes minutes.
const MOST_ROWS: usize = 1_000;
/// Signs of a text that stand in the list; the whole text is in the page and in the records.
const MOST_SIGNS: usize = 600;
/// Stands for a sign that no font of this machine has.
const UNKNOWN: char = '□';

/// The list as PDF; `None` where no font of this machine can print Chinese, because the pack is whole without it.
pub(super) fn page(rows: &[&Row], statement: &Statement, head: &Head) -> Option<Vec<u8>> {
    let fonts = fonts().ok()?;
    set(rows, statement, head, fonts)
}

fn set(rows: &[&Row], statement: &Statement, head: &Head, fonts: &Fonts) -> Option<Vec<u8>> {
    let document = document(rows, statement, head, "");
    match document.pdf(fonts) {
        Ok(bytes) => Some(bytes),
        Err(RenderError::Font(FontError::Missing(signs))) => {
            // What was said is in the records; here a sign that cannot be printed must not cost the whole list.
            self::document(rows, statement, head, &signs).pdf(fonts).ok()
        }
        Err(_) => None,
    }
}

fn document(rows: &[&Row], statement: &Statement, head: &Head, unprintable: &str) -> Document {
    let printed = |text: &str| -> String {
        text.chars().map(|sign| if unprintable.contains(sign) { UNKNOWN } else { sign }).collect()
    };
    let part = |id: &str, block| Part { id: id.to_owned(), block };
    let field = |label: &str, value: String| Field { label: label.to_owned(), value };
    let scope = if statement.whole { "全部记录" } else { "所选借款的记录" };
    let masked = if statement.masked { "，第三人已遮盖" } else { "" };
    let listed = rows.len().min(MOST_ROWS);
    let mut notes =
        vec!["如何核对、证明到什么程度，见包里的 VERIFY.md。全文见 records.jsonl 和 index.html。".to_owned()];
    if listed < rows.len() {
        notes.push(format!("这里只列前 {listed} 条，全部 {} 条见 index.html。", rows.len()));
    }
    if !unprintable.is_empty() {
        notes.push(format!("这台电脑的字体没有的字，这里以 {UNKNOWN} 代替。"));
    }
    let table = Table {
        columns: vec![
            Column { title: "序号".to_owned(), align: Align::Center, share: 0 },
            Column { title: "时间".to_owned(), align: Align::Left, share: 2 },
            Column { title: "内容".to_owned(), align: Align::Left, share: 6 },
            Column { title: "文件与指纹（SHA-256）".to_owned(), align: Align::Code, share: 4 },
        ],
        rows: rows.iter().take(MOST_ROWS).map(|row| cells(row).map(|text| printed(&text)).to_vec()).collect(),
        total: None,
    };
    Document {
        title: "证据目录".to_owned(),
        date: statement.made_at.with_timezone(&shanghai()).date_naive(),
        parts: vec![
            part(
                "about",
                Block::Fields {
                    fields: vec![
                        field("范围", format!("{scope}{masked}")),
                        field("条数", format!("{} 条；链上共 {} 条登记", statement.entries, head.n)),
                        field("打包时间", time(&statement.made_at.with_timezone(&shanghai()).to_rfc3339())),
                        field("链的末端", head.h.to_string()),
                    ],
                },
            ),
            part("rows", Block::Table { table }),
            part("notes", Block::Note { text: notes.join("\n") }),
        ],
    }
}

fn cells(row: &Row) -> [String; 4] {
    let mut content = format!("{}　{}", row.kind.split(" · ").next().unwrap_or_default(), row.summary);
    for said in row.said.iter().filter(|said| !said.is_empty()) {
        content.push('\n');
        content.push_str(said);
    }
    if content.chars().count() > MOST_SIGNS {
        content = content.chars().take(MOST_SIGNS).chain(['…']).collect();
    }
    let mut files = String::new();
    for file in &row.files {
        let place = file.path.as_deref().unwrap_or("（不在包内）");
        files.push_str(&format!("{}\n{place}\n{}\n", file.name, file.sha256));
    }
    files.push_str(&row.leaf.to_string());
    [row.seq.to_string(), time(&row.at), content, files]
}

/// `2026-11-16T10:42:00+08:00` as people write it.
fn time(at: &str) -> String {
    at.get(..16).map_or_else(|| at.to_owned(), |minutes| minutes.replace('T', " "))
}
