//! The list of a pack for people: one page of HTML, complete in itself, without scripts and without anything fetched.

use std::fmt::Write as _;

use ashore_domain::Fact;
use ashore_evidence::pack::Statement;
use ashore_evidence::{Digest, Head};
use serde_json::Value;

/// One entry as the page shows it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) seq: u64,
    pub(super) leaf: Digest,
    pub(super) kind: &'static str,
    pub(super) at: String,
    pub(super) summary: String,
    pub(super) said: Vec<String>,
    pub(super) files: Vec<FileRow>,
}

#[derive(Debug)]
pub(super) struct FileRow {
    pub(super) attachment: String,
    pub(super) name: String,
    pub(super) sha256: String,
    pub(super) path: Option<String>,
}

impl Row {
    /// From the record as it is shown: masked, when it is.
    pub(super) fn of(seq: u64, leaf: Digest, fact: &Fact, shown: &Value) -> Self {
        let text = |path: &str| shown.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let data = shown.get("data").unwrap_or(&Value::Null);
        let kind = kind(fact);
        let at = [
            text("/data/happened/at"),
            text("/data/made_at"),
            text("/data/on"),
            text("/data/agreed_on"),
            text("/recorded_at"),
        ];
        let mut said = Vec::new();
        for person in list(data, "people") {
            let parts = ["organisation", "name", "staff_no", "phone", "email", "handle"];
            let words: Vec<&str> = parts.iter().filter_map(|part| person.get(*part)?.as_str()).collect();
            said.push(words.join(" "));
        }
        for details in [
            data.pointer("/details/body"),
            data.pointer("/details/transcript"),
            data.get("note"),
            data.get("reason"),
        ] {
            said.extend(details.and_then(Value::as_str).map(str::to_owned));
        }
        for promise in list(data, "promises") {
            said.extend(promise.get("what").and_then(Value::as_str).map(|what| format!("承诺：{what}")));
        }
        let files = list(data, "files").map(|file| {
            let text = |name: &str| file.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            FileRow { attachment: text("attachment"), name: text("name"), sha256: text("sha256"), path: None }
        });
        let name = [
            text("/data/summary"),
            text("/data/name"),
            text("/data/loan/name"),
            text("/data/rule"),
            amount(data),
        ];
        Self {
            seq,
            leaf,
            kind,
            at: at.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
            summary: name.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
            said,
            files: files.collect(),
        }
    }
}

fn list<'a>(data: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    data.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn amount(data: &Value) -> String {
    let fen = data.get("amount").and_then(Value::as_i64);
    fen.map_or_else(String::new, |fen| format!("¥{}", ashore_domain::Money::from_fen(fen)))
}

fn kind(fact: &Fact) -> &'static str {
    use ashore_domain::EvidenceKind as E;
    match fact {
        Fact::Party(_) => "机构 · party",
        Fact::LoanOpened(_) => "贷款 · loan",
        Fact::LoanCorrected(_) => "贷款更正 · loan corrected",
        Fact::LoanClosed(_) => "贷款结清 · loan closed",
        Fact::Payment(_) => "还款 · payment",
        Fact::PaymentReturned(_) => "还款退回 · payment returned",
        Fact::EvidenceRemoved(_) => "记录删除 · record removed",
        Fact::PaymentVoided(_) => "还款作废 · payment voided",
        Fact::Waiver(_) => "减免 · waiver",
        Fact::Capacity(_) => "收支 · capacity",
        Fact::Proposal(_) => "方案 · proposal",
        Fact::Agreement(_) => "协议 · agreement",
        Fact::Custody(_) => "导出 · export",
        Fact::Anchor(_) => "外部锚定 · outside anchor",
        Fact::ConductReview(_) => "核对 · review",
        Fact::Evidence(record) => match record.details.kind() {
            E::Call => "电话 · call",
            E::Sms => "短信 · SMS",
            E::Email => "邮件 · e-mail",
            E::ImChat => "聊天 · chat",
            E::InAppChat => "在线客服 · in-app chat",
            E::PaymentReceipt => "付款凭证 · receipt",
            E::Contract => "合同 · contract",
            E::Agreement => "协议文本 · agreement text",
            E::Screenshot => "截图 · screenshot",
            E::ScreenVideo => "录屏 · screen video",
            E::Letter => "信件 · letter",
            E::VisitNote => "上门 · visit",
            E::CourtDoc => "法院文书 · court document",
            E::CreditReport => "征信报告 · credit report",
            E::Note => "笔记 · note",
        },
        _ => "登记 · entry",
    }
}

const STYLE: &str = "body{font:15px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:2rem auto;max-width:62rem;\
padding:0 1rem;color:#17212b;background:#fff}h1{font-size:1.5rem}table{border-collapse:collapse;width:100%}\
td,th{border-top:1px solid #cfd8de;padding:.5rem;text-align:left;vertical-align:top}\
p.said{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}\
code{font:11px/1.4 monospace;overflow-wrap:anywhere;color:#4a5a66}@media print{body{margin:0}tr{break-inside:avoid}}";

/// By the time when it happened, then by entry.
pub(super) fn in_order(rows: &[Row]) -> Vec<&Row> {
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by(|a, b| a.at.cmp(&b.at).then(a.seq.cmp(&b.seq)));
    order
}

/// The page. `paper` says that the same list lies beside it as PDF.
pub(super) fn page(order: &[&Row], statement: &Statement, head: &Head, paper: bool) -> String {
    let mut out = String::new();
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>证据目录 · Evidence index</title>\
         <style>{STYLE}</style></head><body><h1>证据目录 · Evidence index</h1>"
    );
    let scope = if statement.whole { "全部记录 · every entry" } else { "所选贷款 · chosen loans" };
    let masked = if statement.masked { "，第三人已遮盖 · third persons masked" } else { "" };
    let _ = write!(
        out,
        "<p>{} 条 · records（{scope}{masked}），{}。</p><p>链上共 {} 条 · entries in the chain; <code>{}</code></p>\
         <p>如何核对、证明到什么程度，见 VERIFY.md。· How to verify, and how much it proves: VERIFY.md.{}</p>\
         <table><thead><tr><th>序号<br>No.</th><th>时间<br>Time</th><th>内容<br>Content</th></tr></thead><tbody>",
        statement.entries,
        escaped(&statement.made_at.to_rfc3339()),
        head.n,
        head.h,
        if paper { " <a href=\"./index.pdf\">PDF</a>" } else { "" }
    );
    for row in order {
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td><td><strong>{}</strong> {}",
            row.seq,
            escaped(&row.at),
            row.kind,
            escaped(&row.summary)
        );
        for said in row.said.iter().filter(|said| !said.is_empty()) {
            let _ = write!(out, "<p class=\"said\">{}</p>", escaped(said));
        }
        for file in &row.files {
            let name = escaped(&file.name);
            let _ = match &file.path {
                Some(path) if path.starts_with("derived/") => {
                    write!(out, "<p>副本 · derived copy: <a href=\"{}\">{name}</a>", linked(path))
                }
                Some(path) => write!(out, "<p>文件 · file: <a href=\"{}\">{name}</a>", linked(path)),
                None => write!(out, "<p>文件（不在包内）· file, not in the pack: {name}"),
            };
            let _ = write!(out, "<br><code>SHA-256 {}</code></p>", escaped(&file.sha256));
        }
        let _ = write!(out, "<p><code>{}</code></p></td></tr>", row.leaf);
    }
    out.push_str("</tbody></table></body></html>\n");
    out
}

/// Text that is only text in a page; what would turn its direction is taken out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            sign if sign.is_control() && sign != '\n' => {}
            sign => out.push(sign),
        }
    }
    out
}

/// A relative path as a link: everything but letters of ASCII, digits and a few signs as percent escapes.
fn linked(path: &str) -> String {
    let mut out = String::from("./");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_page_is_anything_but_text() {
        assert_eq!(
            escaped("<img src=x onerror='a'>&\u{202e}\0\"换\n行"),
            "&lt;img src=x onerror=&#39;a&#39;&gt;&amp;&quot;换\n行"
        );
        assert_eq!(linked("originals/000001-1-a\"b .html"), "./originals/000001-1-a%22b%20.html");
    }
}
