use std::collections::BTreeMap;

use ashore_domain as d;
use ashore_domain::{ReminderSettled, ReminderStage};
use ashore_vault::SettledReminder;
use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::item::Item;
use crate::rules::{ReminderRule, built_in};
use crate::session::{App, Unlocked};
use crate::words::ReminderKind;
use crate::{AppError, ErrorCode};

/// When reminders speak. What is not named here follows the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct ReminderSettings {
    /// Whether there are hours in which nothing is shown.
    pub quiet: bool,
    /// Their beginning, by the clock on the wall.
    pub quiet_from: String,
    /// Their end.
    pub quiet_to: String,
    /// How long a notification is put off.
    pub snooze_minutes: u16,
    /// The calendar file names lender and amount.
    pub calendar_full: bool,
    /// Kinds that differ from their rule.
    pub kinds: Vec<KindChoice>,
    /// Single things that differ from their kind.
    pub items: Vec<ItemChoice>,
}

/// When one kind speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct KindChoice {
    /// Which.
    pub kind: ReminderKind,
    /// Days from the day, negative before it; none for silence.
    pub stages: Vec<i16>,
    /// Time of day in Shanghai, `09:00`.
    pub at: String,
}

/// When one loan, agreement, record or time limit speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ItemChoice {
    /// Its kind.
    pub kind: ReminderKind,
    /// Its identifier.
    pub key: String,
    /// Days from the day, negative before it; none for silence.
    pub stages: Vec<i16>,
}

/// The settings, with every kind as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReminderSettingsView {
    /// What was chosen.
    pub settings: ReminderSettings,
    /// Every kind with its rule and what holds.
    pub kinds: Vec<KindDefault>,
}

/// One kind: what its rule says and what holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the choice of the same fields explains them
pub struct KindDefault {
    pub kind: ReminderKind,
    pub title: String,
    pub title_en: String,
    pub stages: Vec<i16>,
    pub at: String,
    pub rule_stages: Vec<i16>,
    pub rule_at: String,
}

impl Default for ReminderSettings {
    fn default() -> Self {
        Self {
            quiet: false,
            quiet_from: "22:00".to_owned(),
            quiet_to: "08:00".to_owned(),
            snooze_minutes: 60,
            calendar_full: false,
            kinds: Vec::new(),
            items: Vec::new(),
        }
    }
}

/// More stages than anybody needs.
const MOST_STAGES: usize = 31;
/// The longest a notification is put off: a day.
const MOST_SNOOZE_MINUTES: u16 = 24 * 60;
const KEY: &str = "reminders";

/// The settings, read once.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    quiet: Option<(NaiveTime, NaiveTime)>,
    pub(super) snooze: TimeDelta,
    kinds: BTreeMap<d::ReminderKind, (Vec<ReminderStage>, NaiveTime)>,
    items: BTreeMap<(d::ReminderKind, String), Vec<ReminderStage>>,
    /// Kinds whose stages the borrower chose: these stand above a rule of the item's own.
    chosen: Vec<d::ReminderKind>,
}

impl Choices {
    pub(super) fn of(settings: &ReminderSettings) -> Result<Self, AppError> {
        let mut kinds: BTreeMap<_, _> =
            built_in()?.reminders.iter().map(|rule| (rule.kind, (rule.leads.clone(), rule.at))).collect();
        let mut chosen = Vec::new();
        for (index, choice) in settings.kinds.iter().enumerate() {
            let kind = choice.kind.into();
            let field = |name: &str| format!("kinds.{index}.{name}");
            kinds.insert(kind, (stages(&field("stages"), &choice.stages)?, time(&field("at"), &choice.at)?));
            chosen.push(kind);
        }
        let mut items = BTreeMap::new();
        for (index, choice) in settings.items.iter().enumerate() {
            let stages = stages(&format!("items.{index}.stages"), &choice.stages)?;
            items.insert((choice.kind.into(), choice.key.clone()), stages);
        }
        let (from, to) = (time("quiet_from", &settings.quiet_from)?, time("quiet_to", &settings.quiet_to)?);
        if !(1..=MOST_SNOOZE_MINUTES).contains(&settings.snooze_minutes) {
            let message = format!("between 1 and {MOST_SNOOZE_MINUTES} minutes");
            return Err(AppError::field(ErrorCode::CountOutOfRange, "snooze_minutes", message));
        }
        let snooze = TimeDelta::minutes(i64::from(settings.snooze_minutes));
        Ok(Self { quiet: (settings.quiet && from != to).then_some((from, to)), snooze, kinds, items, chosen })
    }

    /// When an item speaks: its own choice, its kind's, its own rule's, its kind's rule's.
    pub(super) fn stages(&self, item: &Item) -> Vec<(ReminderStage, NaiveTime)> {
        let kind = item.subject.kind;
        let Some((of_kind, time)) = self.kinds.get(&kind) else { return Vec::new() };
        let own = item.stages.as_ref().filter(|_| !self.chosen.contains(&kind));
        let stages = self.items.get(&(kind, item.subject.key.clone())).or(own).unwrap_or(of_kind);
        stages.iter().map(|stage| (*stage, *time)).collect()
    }

    /// The most days any stage may stand before and after its day.
    pub(super) fn reach(&self) -> (i64, i64) {
        let all = self.kinds.values().flat_map(|(stages, _)| stages).chain(self.items.values().flatten());
        let days = |stage: &ReminderStage| i64::from(stage.days());
        // A rule of an item's own, such as a daily alarm of thirty days, reaches at least this far.
        all.fold((62, 1), |(before, after), stage| (before.max(-days(stage)), after.max(days(stage))))
    }

    /// True when nothing may be shown at this hour of the wall clock.
    pub(super) fn quiet_at(&self, here: DateTime<FixedOffset>) -> bool {
        is_quiet(self.quiet, here)
    }

    /// The hours in which nothing is shown.
    pub(super) const fn quiet(&self) -> Option<(NaiveTime, NaiveTime)> {
        self.quiet
    }
}

/// True when the wall clock stands within quiet hours, which may run over midnight.
pub(super) fn is_quiet(quiet: Option<(NaiveTime, NaiveTime)>, here: DateTime<FixedOffset>) -> bool {
    let now = here.time();
    quiet.is_some_and(
        |(from, to)| {
            if from < to { (from..to).contains(&now) } else { now >= from || now < to }
        },
    )
}

fn stages(field: &str, days: &[i16]) -> Result<Vec<ReminderStage>, AppError> {
    let read: Option<Vec<_>> = days.iter().map(|days| ReminderStage::new(*days)).collect();
    let mut stages = read.filter(|all| all.len() <= MOST_STAGES).ok_or_else(|| {
        let message = format!("at most {MOST_STAGES} stages, each within a year of the day");
        AppError::field(ErrorCode::CountOutOfRange, field, message)
    })?;
    stages.sort_unstable();
    stages.dedup();
    Ok(stages)
}

fn time(field: &str, text: &str) -> Result<NaiveTime, AppError> {
    NaiveTime::parse_from_str(text, "%H:%M")
        .map_err(|_| AppError::field(ErrorCode::DateImpossible, field, "write times as 09:00"))
}

impl App<Unlocked> {
    /// When reminders speak, with what the rules say beside it.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn reminder_settings_view(&self) -> Result<ReminderSettingsView, AppError> {
        let settings = self.reminder_settings()?;
        let choices = Choices::of(&settings)?;
        let days = |stages: &[ReminderStage]| stages.iter().map(|stage| stage.days()).collect();
        let kinds = built_in()?.reminders.iter().map(|rule: &ReminderRule| {
            let (stages, at) = choices.kinds.get(&rule.kind).cloned().unwrap_or_default();
            KindDefault {
                kind: rule.kind.into(),
                title: rule.rule.title.clone(),
                title_en: rule.rule.title_en.clone(),
                stages: days(&stages),
                at: at.format("%H:%M").to_string(),
                rule_stages: days(&rule.leads),
                rule_at: rule.at.format("%H:%M").to_string(),
            }
        });
        Ok(ReminderSettingsView { settings, kinds: kinds.collect() })
    }

    /// Keeps when reminders speak. A stage that is chosen only now but has passed already never speaks.
    ///
    /// # Errors
    /// A stage beyond a year, a time that is none, or the vault cannot be written; nothing is kept then.
    pub fn save_reminder_settings(&mut self, settings: &ReminderSettings) -> Result<(), AppError> {
        let (before, after) = (Choices::of(&self.reminder_settings()?)?, Choices::of(settings)?);
        let (now, began) = (self.clock.now(), super::tick::beginning());
        let waiting = self.standing_between(began, now.date_naive(), &before)?;
        let snoozed: BTreeMap<_, _> = self.state.vault.snoozed_reminders()?.into_iter().collect();
        let passed = self
            .standing_between(began, now.date_naive(), &after)?
            .into_iter()
            .filter(|new| new.at <= now && !waiting.iter().any(|old| old.mark() == new.mark()));
        let passed: Vec<_> = passed
            .map(|one| SettledReminder {
                mark: one.mark(),
                stood_at: one.at,
                settled_at: now,
                settled: ReminderSettled::PastWhenChosen,
                put_off: snoozed.get(&one.mark()).copied(),
            })
            .collect();
        let text =
            serde_json::to_string(settings).map_err(|e| AppError::new(ErrorCode::Io, e.to_string()))?;
        self.state.vault.settle_reminders(&passed)?;
        Ok(self.state.vault.set_setting(KEY, Some(&text))?)
    }

    /// What was chosen; the rules alone when nothing was, or when it cannot be read any more.
    pub(super) fn reminder_settings(&self) -> Result<ReminderSettings, AppError> {
        let text = self.state.vault.setting(KEY)?;
        let read = text.and_then(|text| serde_json::from_str::<ReminderSettings>(&text).ok());
        // A choice that no longer reads must not silence anything.
        Ok(read.filter(|settings| Choices::of(settings).is_ok()).unwrap_or_default())
    }
}
