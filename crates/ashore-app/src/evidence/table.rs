//! Facts as CSV: one table per kind, one row per fact, lists in tables of their own.
//!
//! Amounts are yuan. A text that a spreadsheet might take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
//! line break) gets an apostrophe in front, and so does one that begins with an apostrophe: taking one apostrophe away
//! gives every text back.

use std::collections::{BTreeMap, BTreeSet};

use ashore_domain::Money;
use serde_json::Value;

use crate::{AppError, ErrorCode};

/// Fields that hold fen.
const AMOUNTS: &[&str] = &[
    "amount",
    "buffer",
    "compound",
    "contract_payments",
    "enforcement_cost",
    "expense",
    "fees",
    "fixed",
    "income",
    "income_before",
    "income_now",
    "interest",
    "late_fee",
    "paid_out",
    "payment",
    "penalty",
    "principal",
    "value",
];

/// Tables by name, each with its rows by column.
#[derive(Debug, Default)]
pub(super) struct Tables {
    tables: BTreeMap<String, Vec<BTreeMap<String, String>>>,
}

impl Tables {
    /// Adds a fact.
    pub(super) fn add(&mut self, seq: u64, kind: &str, body: &Value) {
        let mut row = BTreeMap::from([
            ("0 seq".to_owned(), seq.to_string()),
            (
                "1 recorded_at".to_owned(),
                safe(body.get("recorded_at").and_then(Value::as_str).unwrap_or_default()),
            ),
        ]);
        if let Some(data) = body.get("data") {
            self.flatten(seq, kind, "", data, &mut row);
        }
        self.tables.entry(kind.to_owned()).or_default().push(row);
    }

    fn flatten(
        &mut self,
        seq: u64,
        table: &str,
        path: &str,
        value: &Value,
        row: &mut BTreeMap<String, String>,
    ) {
        let Value::Object(members) = value else {
            row.insert(format!("2 {}", if path.is_empty() { "value" } else { path }), cell(path, value));
            return;
        };
        for (name, member) in members {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            match member {
                Value::Object(_) => self.flatten(seq, table, &path, member, row),
                Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
                    let child = format!("{table}_{}", path.replace('.', "_"));
                    for (place, item) in items.iter().enumerate() {
                        let mut inner = BTreeMap::from([
                            ("0 seq".to_owned(), seq.to_string()),
                            ("1 place".to_owned(), (place + 1).to_string()),
                        ]);
                        match item {
                            Value::Array(parts) => {
                                for (part, value) in parts.iter().enumerate() {
                                    self.flatten(
                                        seq,
                                        &child,
                                        &format!("part_{}", part + 1),
                                        value,
                                        &mut inner,
                                    );
                                }
                            }
                            item => self.flatten(seq, &child, "", item, &mut inner),
                        }
                        self.tables.entry(child.clone()).or_default().push(inner);
                    }
                }
                member => {
                    row.insert(format!("2 {path}"), cell(&path, member));
                }
            }
        }
    }

    /// Every table as a file's name and bytes.
    pub(super) fn files(&self) -> Result<Vec<(String, Vec<u8>)>, AppError> {
        let odd = |why: csv::Error| AppError::new(ErrorCode::Io, why.to_string());
        self.tables
            .iter()
            .map(|(name, rows)| {
                let columns: BTreeSet<&String> = rows.iter().flat_map(BTreeMap::keys).collect();
                // A mark at the beginning, for without it spreadsheets take Chinese for something else.
                let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
                writer
                    .write_record(columns.iter().map(|column| column.get(2..).unwrap_or_default()))
                    .map_err(odd)?;
                for row in rows {
                    let cells = columns.iter().map(|column| row.get(*column).map_or("", String::as_str));
                    writer.write_record(cells).map_err(odd)?;
                }
                let bytes =
                    writer.into_inner().map_err(|why| AppError::new(ErrorCode::Io, why.to_string()))?;
                Ok((format!("{name}.csv"), bytes))
            })
            .collect()
    }
}

fn cell(path: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => {
            let name = path.rsplit('.').next().unwrap_or(path);
            match number.as_i64() {
                Some(fen) if AMOUNTS.contains(&name) => Money::from_fen(fen).to_string(),
                _ => number.to_string(),
            }
        }
        Value::String(text) => safe(text),
        Value::Array(items) => {
            let words: Vec<String> = items
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
                .collect();
            safe(&words.join("; "))
        }
        Value::Object(_) => safe(&value.to_string()),
    }
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn no_cell_is_a_formula_and_every_text_comes_back() {
        for text in ["=1+1", "+86 138", "-2", "@SUM", "\tx", "'quoted", "＝1", "平常", ""] {
            let written = safe(text);
            assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r']), "{written}");
            assert_eq!(written.strip_prefix('\'').unwrap_or(&written), text);
        }
    }

    #[test]
    fn facts_are_rows_and_lists_have_tables_of_their_own() {
        let mut tables = Tables::default();
        let body = json!({"recorded_at": "2026-11-22T10:00:00+08:00", "data": {
            "summary": "=HYPERLINK(1)", "happened": {"at": "x"}, "tags": ["甲", "乙"], "duration_s": 12, "amount": -1250,
            "people": [{"name": "小陈"}, {"phone": "+86"}]}});
        tables.add(7, "evidence", &body);
        let files = tables.files().unwrap();
        let text = |at: usize| String::from_utf8(files[at].1.clone()).unwrap();
        assert_eq!(files[0].0, "evidence.csv");
        assert_eq!(
            text(0),
            "\u{feff}seq,recorded_at,amount,duration_s,happened.at,summary,tags\n7,2026-11-22T10:00:00+08:00,-12.50,12,x,'=HYPERLINK(1),甲; 乙\n"
        );
        assert_eq!(text(1), "\u{feff}seq,place,name,phone\n7,1,小陈,\n7,2,,'+86\n");
    }
}
