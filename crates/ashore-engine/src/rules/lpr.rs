use ashore_domain::Month;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Confidence, EvidenceGrade};

/// One monthly quote of the loan prime rate, in force until the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LprQuote {
    /// The day of the quote.
    pub on: NaiveDate,
    /// One year, as a fraction.
    pub one_year: Decimal,
    /// Five years and longer, as a fraction.
    pub five_year: Decimal,
    /// Where it was read.
    pub source: String,
    /// How it is known.
    pub evidence: EvidenceGrade,
    /// How far it can be trusted.
    pub confidence: Confidence,
}

/// All known quotes, oldest first, no two of one day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LprTable {
    quotes: Vec<LprQuote>,
}

/// The one-year LPR on a day and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LprAt {
    /// As a fraction.
    pub one_year: Decimal,
    /// The quote it comes from.
    pub quoted_on: NaiveDate,
    /// How that quote is known.
    pub evidence: EvidenceGrade,
    /// A newer quote must exist by that day but is not known: the figure is only carried forward.
    pub provisional: bool,
}

impl LprTable {
    /// A table of quotes in any order; a later entry for the same day replaces an earlier one.
    #[must_use]
    pub fn new(quotes: impl IntoIterator<Item = LprQuote>) -> Self {
        let mut table: Vec<LprQuote> = Vec::new();
        for quote in quotes {
            match table.binary_search_by_key(&quote.on, |known| known.on) {
                Ok(same) => {
                    if let Some(known) = table.get_mut(same) {
                        *known = quote;
                    }
                }
                Err(place) => table.insert(place, quote),
            }
        }
        Self { quotes: table }
    }

    /// The quotes, oldest first.
    #[must_use]
    pub fn quotes(&self) -> &[LprQuote] {
        &self.quotes
    }

    /// The last day the table knows for certain.
    #[must_use]
    pub fn known_to(&self) -> Option<NaiveDate> {
        self.quotes.last().map(|quote| quote.on)
    }

    /// The quote in force on `day`; `None` before the first.
    #[must_use]
    pub fn at(&self, day: NaiveDate) -> Option<LprAt> {
        let next = self.quotes.partition_point(|quote| quote.on <= day);
        let quote = self.quotes.get(next.checked_sub(1)?)?;
        // Quotes come on the 20th or the next working day of every month.
        let month = Month::of(quote.on).plus(1);
        let followed = self.quotes.get(next).is_some_and(|later| Month::of(later.on) <= month);
        let provisional = !followed && day >= month.day_clamped(20);
        Some(LprAt { one_year: quote.one_year, quoted_on: quote.on, evidence: quote.evidence, provisional })
    }

    /// Months without a quote between the first and the last.
    pub fn gaps(&self) -> impl Iterator<Item = Month> + '_ {
        self.quotes.windows(2).flat_map(|pair| match pair {
            [before, after] => {
                let (from, to) = (Month::of(before.on), Month::of(after.on));
                (1..to.since(from)).map(|n| from.plus(n)).collect()
            }
            _ => Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn table(days: &[(&str, i64)]) -> LprTable {
        LprTable::new(days.iter().map(|(on, bp)| LprQuote {
            on: day(on),
            one_year: Decimal::new(*bp, 4),
            five_year: Decimal::new(*bp + 50, 4),
            source: String::new(),
            evidence: EvidenceGrade::Sourced,
            confidence: Confidence::High,
        }))
    }

    #[test]
    fn a_quote_holds_until_the_next_and_is_provisional_after_its_month() {
        let lpr = table(&[("2026-02-24", 300), ("2026-01-20", 310)]);
        assert_eq!(lpr.at(day("2026-01-19")), None);
        let january = lpr.at(day("2026-02-23")).unwrap();
        assert_eq!((january.one_year, january.provisional), (Decimal::new(310, 4), false));
        assert!(!lpr.at(day("2026-03-19")).unwrap().provisional);
        let later = lpr.at(day("2026-11-22")).unwrap();
        assert_eq!((later.quoted_on, later.provisional), (day("2026-02-24"), true));
    }

    #[test]
    fn a_gap_is_provisional_too_and_named() {
        let lpr = table(&[("2026-01-20", 300), ("2026-04-20", 290)]);
        assert!(lpr.at(day("2026-03-25")).unwrap().provisional);
        assert!(!lpr.at(day("2026-04-20")).unwrap().provisional);
        let gaps: Vec<_> = lpr.gaps().map(|month| month.to_string()).collect();
        assert_eq!(gaps, ["2026-02", "2026-03"]);
    }

    #[test]
    fn a_later_entry_corrects_a_day() {
        let lpr = table(&[("2026-01-20", 300), ("2026-01-20", 295)]);
        assert_eq!(lpr.quotes().len(), 1);
        assert_eq!(lpr.at(day("2026-01-21")).unwrap().one_year, Decimal::new(295, 4));
    }
}
