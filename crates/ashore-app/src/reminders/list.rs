use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::Serialize;
use specta::Type;

use super::text;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::words::{ReminderKind, ReminderSettled};
use crate::{AppError, input};

/// Reminders between two days, in order of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReminderListView {
    /// The reminders.
    pub reminders: Vec<ReminderView>,
}

/// One stage of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReminderView {
    /// Of which kind.
    pub kind: ReminderKind,
    /// Identifier of what it is about.
    pub key: String,
    /// Its place there.
    pub place: u16,
    /// Whom or what it concerns; empty when the kind says it all.
    pub name: String,
    /// The loan it belongs to.
    pub loan_id: Option<String>,
    /// What the borrower calls that loan, when it is still open.
    pub loan_name: Option<String>,
    /// Number of a term.
    pub term: Option<u16>,
    /// The day it is about.
    pub due: String,
    /// Money that falls due, or is missing.
    pub amount: Option<Yuan>,
    /// The due stands in an agreement, not in the contract.
    pub agreed: bool,
    /// Days from the day, negative before it.
    pub stage: i16,
    /// When it stands.
    pub at: String,
    /// All of it in a sentence.
    pub text: String,
    /// When it was shown, or settled otherwise.
    pub shown_at: Option<String>,
    /// How it was settled.
    pub settled: Option<ReminderSettled>,
    /// Until when it is put off.
    pub snoozed_until: Option<String>,
}

const DAYS_SHOWN: i64 = 30;

impl App<Unlocked> {
    /// Reminders between two days; today and thirty days when not given.
    ///
    /// # Errors
    /// An impossible day.
    pub fn list_reminders(&self, from: Option<&str>, to: Option<&str>) -> Result<ReminderListView, AppError> {
        let from = input::date_or_none("from", from)?.unwrap_or(self.clock.today());
        let to = input::date_or_none("to", to)?.unwrap_or(from + TimeDelta::days(DAYS_SHOWN));
        let settled = self.state.vault.settled_reminders()?.into_iter();
        let settled: BTreeMap<_, _> = settled.map(|one| (one.mark, (one.settled_at, one.settled))).collect();
        let snoozed: BTreeMap<_, _> = self.state.vault.snoozed_reminders()?.into_iter().collect();
        let (names, language) = (self.loan_names()?, self.preferences().language);
        let reminders = self.reminders_between(from, to)?.into_iter().map(|one| {
            let mark = one.mark();
            let settled = settled.get(&mark);
            ReminderView {
                kind: mark.subject.kind.into(),
                key: mark.subject.key.clone(),
                place: mark.subject.place,
                name: one.item.name.clone(),
                loan_id: one.item.loan.map(|loan| loan.to_string()),
                loan_name: one.item.loan.and_then(|loan| names.get(&loan).cloned()),
                term: one.item.term,
                due: day(one.item.due),
                amount: one.item.amount.map(Into::into),
                agreed: one.item.agreed,
                stage: one.stage.days(),
                at: one.at.to_rfc3339(),
                text: text::full(&one, language),
                shown_at: settled.map(|(at, _)| at.to_rfc3339()),
                settled: settled.map(|(_, how)| (*how).into()),
                snoozed_until: snoozed.get(&mark).map(chrono::DateTime::to_rfc3339),
            }
        });
        Ok(ReminderListView { reminders: reminders.collect() })
    }
}
