//! The rules of the folder `rules/`, embedded; a row is replaced by one of a folder, or by what the borrower said of it.

mod channel;
mod list;
mod negotiation;
mod own;
mod reminder;
mod row;
mod table;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use ashore_engine::rules::{Holidays, LprTable, RuleParts, RuleSet};
use ashore_vault::OwnRuleState;
use serde::Serialize;
use specta::Type;

pub use channel::{Channel, Citation};
pub use list::{HolidaysView, LprView, QuoteView, RuleRowView, RuleTableView, RulesView};
pub(crate) use negotiation::{CaseRow, TextRow, case_rules};
pub use own::{OwnRuleView, SetOwnRuleRequest, WithdrawOwnRuleRequest};
pub use reminder::ReminderRule;
use row::{Row, rows};

use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode};

/// The tables that make up the rules, each with the text that the program carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the files of the same names, explained in `rules/README.md`
pub enum RuleTable {
    Lpr,
    CostCaps,
    Periods,
    Interruptions,
    Conduct,
    Channels,
    Citations,
    Holidays,
    Reminders,
    Case,
    Agreement,
}

impl RuleTable {
    /// All of them, in the order a page lists them.
    pub(super) const ALL: [Self; 11] = [
        Self::CostCaps,
        Self::Periods,
        Self::Interruptions,
        Self::Conduct,
        Self::Channels,
        Self::Citations,
        Self::Case,
        Self::Agreement,
        Self::Reminders,
        Self::Lpr,
        Self::Holidays,
    ];

    /// Its text where it is a table of rows of one form.
    const fn rows_text(self) -> Option<&'static str> {
        match self {
            Self::Lpr | Self::Holidays | Self::Case | Self::Agreement => None,
            _ => Some(self.built_in()),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Lpr => "lpr.csv",
            Self::CostCaps => "cost_caps.toml",
            Self::Periods => "periods.toml",
            Self::Interruptions => "interruptions.toml",
            Self::Conduct => "conduct.toml",
            Self::Channels => "channels.toml",
            Self::Citations => "citations.toml",
            Self::Holidays => "holidays.csv",
            Self::Reminders => "reminders.toml",
            Self::Case => "case.toml",
            Self::Agreement => "agreement.toml",
        }
    }

    const fn built_in(self) -> &'static str {
        match self {
            Self::Lpr => include_str!("../../../../rules/lpr.csv"),
            Self::CostCaps => include_str!("../../../../rules/cost_caps.toml"),
            Self::Periods => include_str!("../../../../rules/periods.toml"),
            Self::Interruptions => include_str!("../../../../rules/interruptions.toml"),
            Self::Conduct => include_str!("../../../../rules/conduct.toml"),
            Self::Channels => include_str!("../../../../rules/channels.toml"),
            Self::Citations => include_str!("../../../../rules/citations.toml"),
            Self::Holidays => include_str!("../../../../rules/holidays.csv"),
            Self::Reminders => include_str!("../../../../rules/reminders.toml"),
            Self::Case => include_str!("../../../../rules/case.toml"),
            Self::Agreement => include_str!("../../../../rules/agreement.toml"),
        }
    }
}

/// Everything the rules say.
#[derive(Debug, Clone)]
pub struct Rules {
    /// What the engine computes with.
    pub set: RuleSet,
    /// Where help and complaints go.
    pub channels: Vec<Channel>,
    /// When each kind of reminder speaks.
    pub reminders: Vec<ReminderRule>,
    /// What letters may cite.
    pub citations: Vec<Citation>,
}

/// The rules that the program carries.
///
/// # Errors
/// Never in a released program: a test reads them.
pub fn built_in() -> Result<&'static Rules, AppError> {
    carried().map(AsRef::as_ref)
}

fn carried() -> Result<&'static Arc<Rules>, AppError> {
    static RULES: OnceLock<Result<Arc<Rules>, AppError>> = OnceLock::new();
    RULES.get_or_init(|| read(None, &[]).map(Arc::new)).as_ref().map_err(Clone::clone)
}

impl App<Unlocked> {
    /// The rules this borrower uses: those the program carries, with the rows the borrower changed.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn rules(&self) -> Result<Arc<Rules>, AppError> {
        if let Some(known) = self.state.rules.get() {
            return Ok(Arc::clone(known));
        }
        let said = self.state.vault.own_rules()?;
        let own = own::standing(&said);
        // What was said was readable when it was said; should the program's own rows have moved on since, these hold,
        // and the page of rules says so.
        let rules = if own.is_empty() { None } else { read(None, &own).ok() };
        let rules = match rules {
            Some(rules) => Arc::new(rules),
            None => Arc::clone(carried()?),
        };
        Ok(Arc::clone(self.state.rules.get_or_init(|| rules)))
    }
}

/// The rules that the program carries, with the rows of `folder` in the place of those of the same id or day.
///
/// # Errors
/// A folder or file that cannot be read, and a row that is no rule, named by file and row.
pub fn with_folder(folder: &Path) -> Result<Rules, AppError> {
    if !folder.is_dir() {
        let message = format!("{} is no folder", folder.display());
        return Err(AppError::field(ErrorCode::RulesUnreadable, "rules", message));
    }
    read(Some(folder), &[])
}

/// The one way in which rows take the place of others: from a folder, or from what the borrower said.
fn read(folder: Option<&Path>, own: &[&OwnRuleState]) -> Result<Rules, AppError> {
    let texts = |table| texts(folder, table);
    let parts = RuleParts {
        lpr: LprTable::new(
            all(RuleTable::Lpr, &texts(RuleTable::Lpr)?, table::quotes)?.into_iter().chain(own::quotes(own)),
        ),
        caps: typed(RuleTable::CostCaps, &texts(RuleTable::CostCaps)?, own, Row::cost_cap)?,
        periods: typed(RuleTable::Periods, &texts(RuleTable::Periods)?, own, Row::period)?,
        interruptions: typed(
            RuleTable::Interruptions,
            &texts(RuleTable::Interruptions)?,
            own,
            Row::interruption,
        )?,
        conduct: typed(RuleTable::Conduct, &texts(RuleTable::Conduct)?, own, Row::conduct)?,
        holidays: Holidays::new(
            all(RuleTable::Holidays, &texts(RuleTable::Holidays)?, table::holidays)?
                .into_iter()
                .chain(own::days(own)),
        ),
    };
    let channels = typed(RuleTable::Channels, &texts(RuleTable::Channels)?, own, Row::channel)?;
    let reminders = typed(RuleTable::Reminders, &texts(RuleTable::Reminders)?, own, Row::reminder)?;
    let citations = typed(RuleTable::Citations, &texts(RuleTable::Citations)?, own, Row::citation)?;
    let set =
        RuleSet::new(parts).map_err(|why| AppError::new(ErrorCode::RulesUnreadable, why.to_string()))?;
    Ok(Rules { set, channels, reminders, citations })
}

/// The built-in text of a table and, where the folder has one, its own.
fn texts(folder: Option<&Path>, table: RuleTable) -> Result<Vec<String>, AppError> {
    let mut texts = vec![table.built_in().to_owned()];
    let Some(path) = folder.map(|folder| folder.join(table.name())) else { return Ok(texts) };
    match std::fs::read_to_string(&path) {
        Ok(text) => texts.push(text),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => {}
        Err(why) => return Err(unreadable(table, "", &why.to_string())),
    }
    Ok(texts)
}

fn unreadable(table: RuleTable, place: &str, why: &str) -> AppError {
    let message = if place.is_empty() { why.to_owned() } else { format!("{place}: {why}") };
    AppError::field(ErrorCode::RulesUnreadable, table.name(), message)
}

/// All rows of a table of days, the built-in ones first: later rows correct earlier ones of the same day.
fn all<T>(
    table: RuleTable,
    texts: &[String],
    read: impl Fn(&str) -> Result<Vec<T>, table::Fault>,
) -> Result<Vec<T>, AppError> {
    let mut rows = Vec::new();
    for text in texts {
        rows.extend(read(text).map_err(|fault| unreadable(table, &fault.place, &fault.why))?);
    }
    Ok(rows)
}

/// All rows of a table of rules; an id of the folder drops the built-in rows of that id.
fn typed<T>(
    table: RuleTable,
    texts: &[String],
    own: &[&OwnRuleState],
    read: impl Fn(&Row) -> Result<T, table::Fault>,
) -> Result<Vec<T>, AppError> {
    let fault = |fault: table::Fault| unreadable(table, &fault.place, &fault.why);
    let mut kept: Vec<Row> = Vec::new();
    for text in texts {
        let rows = rows(text).map_err(fault)?;
        let named: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        kept.retain(|row| !named.contains(row.id.as_str()));
        kept.extend(rows);
    }
    for state in own {
        if let Some(row) = kept.iter_mut().rev().find(|row| row.id == state.own.rule) {
            row.replace(state);
        }
    }
    kept.iter().map(read).collect::<Result<_, _>>().map_err(fault)
}

#[cfg(test)]
mod tests;
