use ashore_domain::{DayCount, Instalment, LoanDraft, LoanTerms, Method, Money, Rate};
use chrono::NaiveDate;

use super::convention::{Convention, Known, all};
use super::rows::rows;
use super::{Difference, Figure, Identified, IdentifyError, Match, as_understood, ranked};
use crate::amortise;

/// A row of the lender's own table, as far as it was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintedRow {
    /// When it falls due.
    pub due: NaiveDate,
    /// The whole payment.
    pub payment: Option<Money>,
    /// Its principal.
    pub principal: Option<Money>,
    /// Its interest.
    pub interest: Option<Money>,
    /// Its fees.
    pub fees: Option<Money>,
    /// What is owed after it.
    pub balance: Option<Money>,
}

/// Every known way of counting against the lender's printed rows, best first. `method` and `day_count` say what the
/// borrower knows: known ways are tried first, the others all the same. Rows may be fewer than the loan's terms.
///
/// Where the loan has no rate, the rate that the first printed payment tells is used.
///
/// # Errors
/// Nothing printed, more rows than terms, or a loan that no method can compute.
pub fn identify_printed(
    loan: &LoanDraft,
    method: Option<Method>,
    day_count: Option<DayCount>,
    printed: &[PrintedRow],
) -> Result<Identified, IdentifyError> {
    let has_amount = |row: &PrintedRow| {
        [row.payment, row.principal, row.interest, row.fees, row.balance].iter().any(Option::is_some)
    };
    if !printed.iter().any(has_amount) {
        return Err(IdentifyError::NothingPrinted);
    }
    if printed.len() > usize::from(loan.terms) {
        return Err(IdentifyError::TooManyRows);
    }
    let mut seen: Vec<Vec<Instalment>> = Vec::new();
    let mut matches: Vec<Match> = Vec::new();
    let mut rates: Vec<((Method, DayCount), Option<Rate>)> = Vec::new();
    let stated = with_payment(loan, printed);
    for convention in all(loan, Known { method, day_count }) {
        let Some(terms) = as_understood(&stated, &convention) else { continue };
        let key = (convention.method, convention.day_count);
        let rate = match rates.iter().find(|known| known.0 == key) {
            Some(known) => known.1,
            None => {
                let found = loan.rate.or_else(|| amortise(&terms).ok()?.rate_found.map(|found| found.rate));
                rates.push((key, found));
                found
            }
        };
        let Some(mut counted) = rate.and_then(|rate| rows(&terms, rate, &convention)) else { continue };
        counted.truncate(printed.len());
        // Two ways that give the same figures here cannot be told apart; the simpler one speaks for both.
        if seen.contains(&counted) {
            continue;
        }
        matches.push(Match { convention, penalty: None, differences: differences(&counted, printed) });
        seen.push(counted);
    }
    if matches.is_empty() { Err(IdentifyError::NothingToTry) } else { Ok(ranked(matches)) }
}

/// Where no rate is known, the first payment tells it.
fn with_payment(loan: &LoanDraft, printed: &[PrintedRow]) -> LoanDraft {
    let mut stated = loan.clone();
    if stated.rate.is_none() {
        stated.payment = stated.payment.or_else(|| first_payment(printed));
    }
    stated
}

/// The whole table under one convention, and what it was counted from.
pub(crate) struct Counted {
    pub(crate) terms: LoanTerms,
    pub(crate) rate: Rate,
    pub(crate) rows: Vec<Instalment>,
}

/// The table that a match was held against the printed rows with.
pub(crate) fn counted(loan: &LoanDraft, printed: &[PrintedRow], convention: &Convention) -> Option<Counted> {
    let terms = as_understood(&with_payment(loan, printed), convention)?;
    let rate = loan.rate.or_else(|| amortise(&terms).ok()?.rate_found.map(|found| found.rate))?;
    let rows = rows(&terms, rate, convention)?;
    Some(Counted { terms, rate, rows })
}

fn first_payment(printed: &[PrintedRow]) -> Option<Money> {
    let row = printed.first()?;
    let parts = || Some(row.principal? + row.interest? + row.fees.unwrap_or(Money::ZERO));
    row.payment.or_else(parts).filter(|payment| payment.is_positive())
}

fn differences(counted: &[Instalment], printed: &[PrintedRow]) -> Vec<Difference> {
    let mut found = Vec::new();
    for (index, theirs) in printed.iter().enumerate() {
        let term = u16::try_from(index + 1).ok();
        let ours = counted.get(index);
        if let Some(row) = ours.filter(|row| row.due != theirs.due) {
            let (ours, theirs) = (Figure::Day(row.due), Figure::Day(theirs.due));
            found.push(Difference { term, field: "due", ours, theirs });
        }
        let amount = |of: fn(&Instalment) -> Money| ours.map_or(Money::ZERO, of);
        for (field, ours, theirs) in [
            ("payment", amount(Instalment::payment), theirs.payment),
            ("principal", amount(|row| row.principal), theirs.principal),
            ("interest", amount(|row| row.interest), theirs.interest),
            ("fees", amount(|row| row.fees), theirs.fees),
            ("balance", amount(|row| row.balance), theirs.balance),
        ] {
            if let Some(theirs) = theirs.filter(|theirs| *theirs != ours) {
                let (ours, theirs) = (Figure::Amount(ours), Figure::Amount(theirs));
                found.push(Difference { term, field, ours, theirs });
            }
        }
    }
    found
}
