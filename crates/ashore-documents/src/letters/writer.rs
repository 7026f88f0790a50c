use ashore_domain::{Buckets, Money};
use chrono::{Datelike as _, NaiveDate};

use super::{Draft, Missing};
use crate::document::{Align, Block, Column, Document, Field, Part, Table};

/// A line to be filled in by hand.
pub(super) const BLANK: &str = "＿＿＿＿＿＿＿＿";

/// Puts a letter together and notes what was not known.
pub(super) struct Writer {
    document: Document,
    missing: Vec<Missing>,
}

impl Writer {
    pub(super) fn new(title: &str, date: NaiveDate) -> Self {
        Self { document: Document { title: title.to_owned(), date, parts: Vec::new() }, missing: Vec::new() }
    }

    pub(super) fn finish(self) -> Draft {
        Draft { document: self.document, missing: self.missing }
    }

    fn push(&mut self, id: &str, block: Block) {
        self.document.parts.push(Part { id: id.to_owned(), block });
    }

    pub(super) fn addressee(&mut self, text: impl Into<String>) {
        self.push("addressee", Block::Addressee { text: text.into() });
    }

    pub(super) fn heading(&mut self, id: &str, text: impl Into<String>) {
        self.push(&format!("{id}.heading"), Block::Heading { text: text.into() });
    }

    pub(super) fn paragraph(&mut self, id: &str, text: impl Into<String>) {
        self.push(id, Block::Paragraph { text: text.into() });
    }

    /// Points, numbered （1）, （2）, …
    pub(super) fn items(&mut self, id: &str, texts: impl IntoIterator<Item = String>) {
        for (n, text) in (1..).zip(texts) {
            self.push(&format!("{id}.{n}"), Block::Item { text: format!("（{n}）{text}") });
        }
    }

    pub(super) fn fields(&mut self, id: &str, fields: Vec<Field>) {
        if !fields.is_empty() {
            self.push(id, Block::Fields { fields });
        }
    }

    pub(super) fn table(
        &mut self,
        id: &str,
        columns: &[(&str, Align, u8)],
        rows: Vec<Vec<String>>,
        total: Option<Vec<String>>,
    ) {
        let columns = columns.iter().map(|(title, align, share)| Column {
            title: (*title).to_owned(),
            align: *align,
            share: *share,
        });
        self.push(id, Block::Table { table: Table { columns: columns.collect(), rows, total } });
    }

    pub(super) fn note(&mut self, id: &str, text: impl Into<String>) {
        self.push(id, Block::Note { text: text.into() });
    }

    pub(super) fn signature(&mut self, role: &str) {
        let day = format!("日期：{}", date(self.document.date));
        self.push("signature", Block::Signature { lines: vec![format!("{role}（签名）：{BLANK}"), day] });
    }

    /// A place for the other side to sign.
    pub(super) fn signature_of(&mut self, role: &str) {
        let lines = vec![format!("{role}：{BLANK}"), format!("日期：{BLANK}")];
        self.push("signature.other", Block::Signature { lines });
    }

    /// The value, or a line to fill in by hand, noted as needed.
    pub(super) fn need(&mut self, field: &'static str, value: Option<&str>) -> String {
        value.map_or_else(
            || {
                self.lacks(field, true);
                BLANK.to_owned()
            },
            str::to_owned,
        )
    }

    /// Notes that something is not known; `needed` means that a blank stands for it in the text.
    pub(super) fn lacks(&mut self, field: &'static str, needed: bool) {
        match self.missing.iter_mut().find(|known| known.field == field) {
            Some(known) => known.needed |= needed,
            None => self.missing.push(Missing { field, needed }),
        }
    }
}

pub(super) fn field(label: &str, value: impl Into<String>) -> Field {
    Field { label: label.to_owned(), value: value.into() }
}

/// `2026 年 11 月 22 日`.
pub(super) fn date(day: NaiveDate) -> String {
    format!("{} 年 {} 月 {} 日", day.year(), day.month(), day.day())
}

/// `1,234.50 元`.
pub(super) fn yuan(amount: Money) -> String {
    format!("{} 元", figures(amount))
}

/// `1,234.50`, a hyphen-minus in front of what is below zero.
pub(super) fn figures(amount: Money) -> String {
    let fen = amount.fen().unsigned_abs();
    let digits: Vec<char> = (fen / 100).to_string().chars().collect();
    let mut text = String::from(if amount.is_negative() { "-" } else { "" });
    for (at, digit) in digits.iter().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(*digit);
    }
    text.push_str(&format!(".{:02}", fen % 100));
    text
}

/// Names and amounts of the buckets that hold something, principal first.
pub(super) fn parts(buckets: &Buckets) -> Vec<(&'static str, Money)> {
    let all = [
        ("剩余本金", buckets.principal),
        ("利息", buckets.interest),
        ("罚息", buckets.penalty),
        ("复利", buckets.compound),
        ("违约金", buckets.late_fee),
        ("服务费、担保费等费用", buckets.fees),
        ("实现债权的费用", buckets.enforcement_cost),
    ];
    all.into_iter().filter(|(_, amount)| !amount.is_zero()).collect()
}

#[cfg(test)]
mod tests {
    use ashore_domain::Money;

    use super::figures;

    #[test]
    fn amounts_are_grouped_by_thousands() {
        let table = [
            (0, "0.00"),
            (5, "0.05"),
            (99_999, "999.99"),
            (100_000, "1,000.00"),
            (123_456_789, "1,234,567.89"),
            (-50_000, "-500.00"),
        ];
        for (fen, text) in table {
            assert_eq!(figures(Money::from_fen(fen)), text);
        }
    }
}
