//! One row of a statement in our words.

use std::collections::BTreeMap;

use ashore_domain::Money;

use super::cell::{self, said, trimmed};
use super::columns::{AmountPlaces, Columns};
use crate::{Flow, Reason, Settlement, Statement, Transaction};

/// Why a row is no payment.
pub(super) enum Outside {
    /// Words before or after the table.
    Note,
    /// The header again, as printed on each page.
    Header,
    /// Sums of other rows.
    Total,
    /// A payment that could not be read.
    Unreadable(Reason),
}

/// The rows below a header.
pub(super) struct Body {
    statement: Statement,
    columns: Columns,
    header: Vec<String>,
    title: Option<(i32, u32)>,
    /// How often a payment of this identity was seen.
    seen: BTreeMap<Vec<String>, u32>,
}

impl Body {
    pub(super) fn new(
        statement: Statement,
        columns: Columns,
        header: Vec<String>,
        title: Option<(i32, u32)>,
    ) -> Self {
        let header = header.iter().map(|name| trimmed(name).to_owned()).collect();
        Self { statement, columns, header, title, seen: BTreeMap::new() }
    }

    /// Reads one row.
    pub(super) fn row(&mut self, cells: &[String]) -> Result<Transaction, Outside> {
        if cells.iter().map(|cell| trimmed(cell)).eq(self.header.iter().map(String::as_str)) {
            return Err(Outside::Header);
        }
        let row = Cells(cells);
        let columns = &self.columns;
        let day = [Some(columns.date), columns.date_else]
            .into_iter()
            .flatten()
            .map(|at| row.text(at))
            .find(|text| said(text).is_some())
            .unwrap_or_default();
        let happened = cell::moment(day, columns.time.map(|at| row.text(at)).unwrap_or_default(), self.title);
        let amount = self.amount(&row);
        let happened = match (happened, &amount) {
            (Ok(happened), _) => happened,
            (Err(_), _) if row.sums_up() => return Err(Outside::Total),
            (Err(_), Err(Reason::AmountMissing | Reason::AmountUnreadable)) => return Err(Outside::Note),
            (Err(reason), _) => return Err(Outside::Unreadable(reason)),
        };
        if let Some(currency) = columns.currency.and_then(|at| said(row.text(at)))
            && !yuan(&currency)
        {
            return Err(Outside::Unreadable(Reason::OtherCurrency));
        }
        let (amount, flow, refunded) = amount.map_err(Outside::Unreadable)?;
        let get = |at: Option<usize>| at.and_then(|at| said(row.text(at)));
        let status = get(columns.status);
        let note = get(columns.note);
        let (counterparty, tail) = self.counterparty(get(columns.counterparty));
        let transaction = Transaction {
            statement: self.statement,
            happened,
            amount,
            flow,
            fee: note.as_deref().and_then(cell::fee),
            refunded: refunded.or_else(|| status.as_deref().and_then(cell::refund)),
            balance: get(columns.balance).and_then(|text| cell::amount(&text).ok()).map(|read| read.amount),
            counterparty,
            counterparty_account: get(columns.counterparty_account).or(tail),
            own_account: get(columns.own_account),
            category: get(columns.category),
            description: get(columns.description),
            // A bank books what has happened; the others say what became of it.
            settlement: if columns.status.is_some() {
                cell::settlement(status.as_deref())
            } else {
                Settlement::Done
            },
            status,
            order_no: get(columns.order_no).filter(|number| number.chars().any(|sign| sign != '0')),
            merchant_no: get(columns.merchant_no),
            note,
            equal_before: 0,
            raw: self.raw(cells),
        };
        Ok(self.counted(transaction))
    }

    fn counted(&mut self, mut transaction: Transaction) -> Transaction {
        let seen = self.seen.entry(transaction.identity()).or_default();
        transaction.equal_before = *seen;
        *seen += 1;
        transaction
    }

    fn amount(&self, row: &Cells<'_>) -> Result<(Money, Flow, Option<Money>), Reason> {
        let by_sign = |amount: Money, negative_is_in: bool| {
            let flow = if amount.is_zero() {
                Flow::Neutral
            } else if amount.is_negative() == negative_is_in {
                Flow::In
            } else {
                Flow::Out
            };
            (magnitude(amount), flow)
        };
        match self.columns.amount {
            AmountPlaces::Signed(at, negative_is_in) => {
                let read = known(cell::amount(row.text(at))?)?;
                let (amount, flow) = by_sign(read.amount, negative_is_in);
                Ok((amount, flow, read.refunded))
            }
            AmountPlaces::Directed(at, direction) => {
                let read = known(cell::amount(row.text(at))?)?;
                Ok((magnitude(read.amount), cell::flow(row.text(direction))?, read.refunded))
            }
            AmountPlaces::Described(at) => {
                let read = known(cell::amount(row.text(at))?)?;
                let words = self.columns.description.map(|at| row.text(at)).unwrap_or_default();
                Ok((magnitude(read.amount), cell::described_flow(words)?, read.refunded))
            }
            AmountPlaces::Split(income, expense) => {
                let nonzero = |at: usize| match cell::amount(row.text(at)) {
                    Ok(read) if read.amount.is_zero() => Ok(None),
                    Ok(read) => known(read).map(|read| Some(read.amount)),
                    Err(Reason::AmountMissing) => Ok(None),
                    Err(reason) => Err(reason),
                };
                match (nonzero(income)?, nonzero(expense)?) {
                    // A minus in one of the two takes back what the other would say.
                    (Some(amount), None) => {
                        let (amount, flow) = by_sign(amount, false);
                        Ok((amount, flow, None))
                    }
                    (None, Some(amount)) => {
                        let (amount, flow) = by_sign(amount, true);
                        Ok((amount, flow, None))
                    }
                    (Some(_), Some(_)) => Err(Reason::FlowUnreadable),
                    (None, None) if said(row.text(income)).or(said(row.text(expense))).is_some() => {
                        Ok((Money::ZERO, Flow::Neutral, None))
                    }
                    (None, None) => Err(Reason::AmountMissing),
                }
            }
        }
    }

    /// 招商银行 writes name and account into one cell.
    fn counterparty(&self, cell: Option<String>) -> (Option<String>, Option<String>) {
        let Some(text) = cell else { return (None, None) };
        if self.statement != Statement::CmbDebit {
            return (Some(text), None);
        }
        let name = text.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '*');
        let account = text.get(name.len()..).unwrap_or_default();
        if account.len() < 5 {
            return (Some(text), None);
        }
        let name = trimmed(name);
        ((!name.is_empty()).then(|| name.to_owned()), Some(account.to_owned()))
    }

    fn raw(&self, cells: &[String]) -> Vec<(String, String)> {
        let name = |at: usize| self.header.get(at).cloned().unwrap_or_default();
        cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !trimmed(cell).is_empty())
            .map(|(at, cell)| (name(at), trimmed(cell).to_owned()))
            .collect()
    }
}

fn magnitude(amount: Money) -> Money {
    if amount.is_negative() { -amount } else { amount }
}

fn known(read: cell::Amount) -> Result<cell::Amount, Reason> {
    match &read.currency {
        Some(currency) if !yuan(currency) => Err(Reason::OtherCurrency),
        _ => Ok(read),
    }
}

fn yuan(currency: &str) -> bool {
    ["人民币", "CNY", "RMB", "元", "156"].iter().any(|name| currency.to_uppercase().contains(name))
        && !["美元", "港元", "日元", "欧元", "澳元", "加元", "韩元"]
            .iter()
            .any(|other| currency.contains(other))
}

struct Cells<'a>(&'a [String]);

impl Cells<'_> {
    fn text(&self, at: usize) -> &str {
        self.0.get(at).map(|cell| trimmed(cell)).unwrap_or_default()
    }

    fn sums_up(&self) -> bool {
        self.0.iter().take(3).map(|cell| trimmed(cell)).any(|text| {
            ["合计", "总计", "小计"].iter().any(|word| text.contains(word))
                || text.eq_ignore_ascii_case("total")
        })
    }
}
