//! The rules of the folder `rules/`, embedded, or overridden row by row from a folder of the borrower's.

mod channel;
mod negotiation;
mod reminder;
mod row;
mod table;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use ashore_engine::rules::{Holidays, LprTable, RuleParts, RuleSet};

pub use channel::Channel;
pub(crate) use negotiation::{CaseRow, TextRow, case_rules};
pub use reminder::ReminderRule;
use row::{Row, rows};

use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode};

/// The tables that make up the rules, each with the text that the program carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    Lpr,
    CostCaps,
    Periods,
    Interruptions,
    Conduct,
    Channels,
    Holidays,
    Reminders,
}

impl Table {
    const fn name(self) -> &'static str {
        match self {
            Self::Lpr => "lpr.csv",
            Self::CostCaps => "cost_caps.toml",
            Self::Periods => "periods.toml",
            Self::Interruptions => "interruptions.toml",
            Self::Conduct => "conduct.toml",
            Self::Channels => "channels.toml",
            Self::Holidays => "holidays.csv",
            Self::Reminders => "reminders.toml",
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
            Self::Holidays => include_str!("../../../../rules/holidays.csv"),
            Self::Reminders => include_str!("../../../../rules/reminders.toml"),
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
}

/// The rules that the program carries.
///
/// # Errors
/// Never in a released program: a test reads them.
pub fn built_in() -> Result<&'static Rules, AppError> {
    static RULES: OnceLock<Result<Rules, AppError>> = OnceLock::new();
    RULES.get_or_init(|| read(None)).as_ref().map_err(Clone::clone)
}

impl App<Unlocked> {
    /// The rules this borrower uses: those the program carries, with the rows the borrower changed.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn rules(&self) -> Result<Cow<'static, Rules>, AppError> {
        built_in().map(Cow::Borrowed)
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
    read(Some(folder))
}

fn read(folder: Option<&Path>) -> Result<Rules, AppError> {
    let texts = |table| texts(folder, table);
    let parts = RuleParts {
        lpr: LprTable::new(all(Table::Lpr, &texts(Table::Lpr)?, table::quotes)?),
        caps: typed(Table::CostCaps, &texts(Table::CostCaps)?, Row::cost_cap)?,
        periods: typed(Table::Periods, &texts(Table::Periods)?, Row::period)?,
        interruptions: typed(Table::Interruptions, &texts(Table::Interruptions)?, Row::interruption)?,
        conduct: typed(Table::Conduct, &texts(Table::Conduct)?, Row::conduct)?,
        holidays: Holidays::new(all(Table::Holidays, &texts(Table::Holidays)?, table::holidays)?),
    };
    let channels = typed(Table::Channels, &texts(Table::Channels)?, Row::channel)?;
    let reminders = typed(Table::Reminders, &texts(Table::Reminders)?, Row::reminder)?;
    let set =
        RuleSet::new(parts).map_err(|why| AppError::new(ErrorCode::RulesUnreadable, why.to_string()))?;
    Ok(Rules { set, channels, reminders })
}

/// The built-in text of a table and, where the folder has one, its own.
fn texts(folder: Option<&Path>, table: Table) -> Result<Vec<String>, AppError> {
    let mut texts = vec![table.built_in().to_owned()];
    let Some(path) = folder.map(|folder| folder.join(table.name())) else { return Ok(texts) };
    match std::fs::read_to_string(&path) {
        Ok(text) => texts.push(text),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => {}
        Err(why) => return Err(unreadable(table, "", &why.to_string())),
    }
    Ok(texts)
}

fn unreadable(table: Table, place: &str, why: &str) -> AppError {
    let message = if place.is_empty() { why.to_owned() } else { format!("{place}: {why}") };
    AppError::field(ErrorCode::RulesUnreadable, table.name(), message)
}

/// All rows of a table of days, the built-in ones first: later rows correct earlier ones of the same day.
fn all<T>(
    table: Table,
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
    table: Table,
    texts: &[String],
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
    kept.iter().map(read).collect::<Result<_, _>>().map_err(fault)
}

#[cfg(test)]
mod tests;
