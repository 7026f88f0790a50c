use ashore_domain::{OwnRule, days_between};
use ashore_engine::rules::EvidenceGrade;
use ashore_vault::OwnRuleState;
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use super::own::{OwnRuleView, changeable, standing};
use super::{RuleTable, read};
use crate::session::{App, Unlocked};
use crate::view::{Fraction, day};
use crate::words::LenderKind;
use crate::{AppError, ErrorCode};

/// Every rule the program uses, with what the borrower said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RulesView {
    /// Tables of rows, as they are listed.
    pub tables: Vec<RuleTableView>,
    /// The loan prime rate.
    pub lpr: LprView,
    /// Public holidays.
    pub holidays: HolidaysView,
    /// Rows whose last look lies too long back.
    pub stale: u32,
    /// Rows that hold as the borrower said.
    pub own: u32,
    /// What the borrower said no longer fits the rows of this program, so the program's rows hold.
    pub own_set_aside: bool,
    /// Days after which a row is stale.
    pub keeps_days: u32,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RuleTableView {
    /// Which.
    pub table: RuleTable,
    /// Its rows.
    pub rows: Vec<RuleRowView>,
}

/// One row in force or past, as it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RuleRowView {
    /// Its stable name.
    pub id: String,
    /// In Chinese.
    pub title: String,
    /// In English; empty where nobody wrote one.
    pub title_en: String,
    /// The number it turns on: a fraction for `per_year`, otherwise in its unit.
    pub value: Option<String>,
    /// What the number counts.
    pub unit: Option<String>,
    /// More of what it says.
    pub text: Option<String>,
    /// First and last day on which it is in force.
    pub effective: RuleSpanView,
    /// First and last day of the contracts it speaks of.
    pub contracts: RuleSpanView,
    /// To whom it applies; empty means to all.
    pub lenders: Vec<LenderKind>,
    /// Where it is written.
    pub source: String,
    /// `sourced`, `unverified` or `user`.
    pub evidence: String,
    /// `high`, `mid` or `low`.
    pub confidence: String,
    /// The day it was last looked at.
    pub as_of: String,
    /// That lies too long back.
    pub stale: bool,
    /// It is over, or has not begun.
    pub past: bool,
    /// In words.
    pub note: Option<String>,
    /// Its number may be changed.
    pub changeable: bool,
    /// What the borrower said of it.
    pub own: Option<OwnRuleView>,
    /// The program's number, where the borrower's holds.
    pub built_in: Option<String>,
}

/// Both ends included; an absent end is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct RuleSpanView {
    pub from: Option<String>,
    pub to: Option<String>,
}

/// The loan prime rate as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LprView {
    /// The latest quotes, newest first, and all of the borrower's own.
    pub quotes: Vec<QuoteView>,
    /// How many are known in all.
    pub count: u32,
    /// A newer quote must exist by now: figures carry the last one forward.
    pub provisional: bool,
    /// Months without a quote.
    pub missing: Vec<String>,
}

/// One quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct QuoteView {
    /// Its day.
    pub on: String,
    /// One year.
    pub one_year: Fraction,
    /// Five years and longer.
    pub five_year: Fraction,
    /// Where it was read.
    pub source: String,
    /// What the borrower said, when it is the borrower's own.
    pub own: Option<OwnRuleView>,
}

/// Public holidays as far as they are announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct HolidaysView {
    /// The last announced year.
    pub known_to: Option<i32>,
    /// Years before it that are missing.
    pub missing: Vec<i32>,
    /// Days the borrower told, in order.
    pub own: Vec<OwnRuleView>,
}

const QUOTES_SHOWN: usize = 6;

impl App<Unlocked> {
    /// Every rule, with what the borrower said of it.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn rules_view(&self) -> Result<RulesView, AppError> {
        let (said, today) = (self.state.vault.own_rules()?, self.clock.today());
        let own = standing(&said);
        let own_set_aside = !own.is_empty() && read(None, &own).is_err();
        let own = if own_set_aside { Vec::new() } else { own };
        let rules = self.rules()?;
        let keeps = rules.set.keeps(today);
        let mut tables = Vec::new();
        for table in RuleTable::ALL {
            if matches!(table, RuleTable::Lpr | RuleTable::Holidays) {
                continue;
            }
            tables.push(RuleTableView { table, rows: rows_of(table, &own, today, keeps)? });
        }
        let rows = || tables.iter().flat_map(|table| &table.rows);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(RulesView {
            stale: count(rows().filter(|row| row.stale).count()),
            own: count(own.len()),
            own_set_aside,
            keeps_days: u32::try_from(keeps).unwrap_or(0),
            lpr: self.lpr_view(&own, today)?,
            holidays: HolidaysView {
                known_to: rules.set.holidays().known_to(),
                missing: rules.set.holidays().missing_years().collect(),
                own: days_told(&own),
            },
            tables,
        })
    }

    fn lpr_view(&self, own: &[&OwnRuleState], today: NaiveDate) -> Result<LprView, AppError> {
        let rules = self.rules()?;
        let lpr = rules.set.lpr();
        let newest = lpr.quotes().iter().rev().enumerate();
        let shown =
            newest.filter(|(place, quote)| *place < QUOTES_SHOWN || quote.evidence == EvidenceGrade::User);
        let quotes = shown.map(|(_, quote)| {
            let said =
                own.iter().find(|state| state.own.rule == OwnRule::LPR && state.own.on == Some(quote.on));
            QuoteView {
                on: day(quote.on),
                one_year: quote.one_year.into(),
                five_year: quote.five_year.into(),
                source: quote.source.clone(),
                own: said.map(|state| OwnRuleView::of(state)),
            }
        });
        Ok(LprView {
            quotes: quotes.collect(),
            count: u32::try_from(lpr.quotes().len()).unwrap_or(u32::MAX),
            provisional: lpr.at(today).is_some_and(|at| at.provisional),
            missing: lpr.gaps().map(|month| month.to_string()).collect(),
        })
    }
}

fn days_told(own: &[&OwnRuleState]) -> Vec<OwnRuleView> {
    let mut days: Vec<_> = own.iter().filter(|state| state.own.rule == OwnRule::HOLIDAY).copied().collect();
    days.sort_by_key(|state| state.own.on);
    days.into_iter().map(OwnRuleView::of).collect()
}

/// The rows of a table as they are written, whatever form the table has.
fn rows_of(
    table: RuleTable,
    own: &[&OwnRuleState],
    today: NaiveDate,
    keeps: i64,
) -> Result<Vec<RuleRowView>, AppError> {
    let unreadable =
        |why: toml::de::Error| AppError::field(ErrorCode::RulesUnreadable, table.name(), why.to_string());
    let file: toml::Table = toml::from_str(table.built_in()).map_err(unreadable)?;
    let rows = file.values().filter_map(toml::Value::as_array).flatten().filter_map(toml::Value::as_table);
    Ok(rows.map(|row| row_of(table, row, own, today, keeps)).collect())
}

fn row_of(
    table: RuleTable,
    row: &toml::Table,
    own: &[&OwnRuleState],
    today: NaiveDate,
    keeps: i64,
) -> RuleRowView {
    let text = |key: &str| row.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let span =
        |name: &str| RuleSpanView { from: text(&format!("{name}_from")), to: text(&format!("{name}_to")) };
    let (id, value, unit) = (text("id").unwrap_or_default(), text("value"), text("unit"));
    let said = own.iter().find(|state| state.own.rule == id);
    let effective = span("effective");
    let read = |end: &Option<String>| end.as_deref().and_then(|text| text.parse::<NaiveDate>().ok());
    let past = read(&effective.from).is_some_and(|from| today < from)
        || read(&effective.to).is_some_and(|to| to < today);
    let as_of =
        said.map_or_else(|| text("as_of").unwrap_or_default(), |state| day(state.recorded_at.date_naive()));
    let age = as_of.parse().map_or(0, |as_of| days_between(as_of, today));
    let lenders = row.get("lenders").and_then(toml::Value::as_array).into_iter().flatten();
    let kind = |word: &toml::Value| word.clone().try_into::<LenderKind>().ok();
    RuleRowView {
        title: text("title").unwrap_or_default(),
        title_en: text("title_en").unwrap_or_default(),
        changeable: changeable(table, value.as_deref(), unit.as_deref()),
        built_in: value.clone().filter(|_| said.is_some()),
        value: said.and_then(|state| state.own.value.clone()).or(value),
        unit,
        text: ["contents", "why", "text"].into_iter().find_map(text),
        contracts: span("contracts"),
        lenders: lenders.filter_map(kind).collect(),
        source: said.map_or_else(|| text("source").unwrap_or_default(), |state| super::own::source(state)),
        evidence: if said.is_some() { "user".to_owned() } else { text("evidence").unwrap_or_default() },
        confidence: text("confidence").unwrap_or_default(),
        stale: age > keeps,
        past,
        note: said.map(|state| state.own.note.clone()).or_else(|| text("note")),
        own: said.map(|state| OwnRuleView::of(state)),
        as_of,
        effective,
        id,
    }
}
