use ashore_domain::ReminderStage;
use ashore_engine::rules::{
    AfterExpiry, Alarms, CapLimit, CapRole, ConductRule, CostCap, EvidenceGrade, Interruption, LegalAct,
    LprDay, PeriodRule, PeriodUnit, Rule, Span,
};
use ashore_vault::OwnRuleState;
use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use super::own;
use super::table::{Fault, confidence, day};
use super::{Channel, Citation, ReminderRule};
use crate::wire::read;
use crate::words::{LenderKind, LetterKind, ProductKind, ReminderKind};

/// A row as it is written. Which fields a row needs depends on its table; none is ignored.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) id: String,
    title: String,
    #[serde(default)]
    title_en: String,
    value: Option<String>,
    unit: Option<String>,
    effective_from: Option<String>,
    effective_to: Option<String>,
    contracts_from: Option<String>,
    contracts_to: Option<String>,
    accrues_from: Option<String>,
    accrues_to: Option<String>,
    #[serde(default)]
    lenders: Vec<LenderKind>,
    source: String,
    evidence: Grade,
    confidence: String,
    as_of: String,
    note: Option<String>,
    role: Option<Role>,
    lpr_on: Option<Quoted>,
    event: Option<String>,
    by: Option<By>,
    after_expiry: Option<After>,
    alarms: Option<AlarmsWord>,
    contents: Option<String>,
    #[serde(default)]
    limits: Vec<String>,
    reminds_of: Option<ReminderKind>,
    leads: Option<Vec<i16>>,
    at: Option<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    letters: Vec<LetterKind>,
    #[serde(default)]
    products: Vec<ProductKind>,
    only: Option<Only>,
    file_bytes: Option<u32>,
    text_chars: Option<u32>,
    a_day: Option<u8>,
    can: Option<String>,
    cannot: Option<String>,
}

/// When a citation fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Only {
    BeforeDue,
}

macro_rules! words {
    ($($name:ident { $($word:ident => $typed:expr),+ $(,)? } -> $target:ty;)+) => {$(
        #[derive(Debug, Clone, Copy, Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum $name { $($word),+ }

        impl From<$name> for $target {
            fn from(word: $name) -> Self {
                match word { $($name::$word => $typed),+ }
            }
        }
    )+};
}

words! {
    Grade {
        Sourced => EvidenceGrade::Sourced, Unverified => EvidenceGrade::Unverified, User => EvidenceGrade::User,
    } -> EvidenceGrade;
    Role {
        Line => CapRole::Line, Information => CapRole::Information, Exemption => CapRole::Exemption,
        Disclosure => CapRole::Disclosure,
    } -> CapRole;
    Quoted { ContractDate => LprDay::Contract, AsOf => LprDay::AsOf } -> LprDay;
    By { Creditor => LegalAct::Creditor, Debtor => LegalAct::Debtor } -> LegalAct;
    After {
        Revives => AfterExpiry::Revives, Unclear => AfterExpiry::Unclear, None => AfterExpiry::Nothing,
    } -> AfterExpiry;
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum AlarmsWord {
    Word(String),
    Days(Vec<u16>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Row>,
}

/// The rows of a table.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, Fault> {
    toml::from_str::<File>(text)
        .map(|file| file.rule)
        .map_err(|why| Fault::new("", why.to_string().trim_end()))
}

impl Row {
    pub(super) fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    pub(super) fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// The row as the borrower knows it better.
    pub(super) fn replace(&mut self, state: &OwnRuleState) {
        self.value.clone_from(&state.own.value);
        self.evidence = Grade::User;
        self.confidence = "mid".to_owned();
        self.as_of = state.recorded_at.date_naive().format("%Y-%m-%d").to_string();
        self.note = Some(state.own.note.clone());
        self.source = own::source(state);
    }

    fn rule(&self) -> Result<Rule, Fault> {
        Ok(Rule {
            id: self.id.clone(),
            title: self.title.clone(),
            title_en: self.title_en.clone(),
            effective: self.span("effective", &self.effective_from, &self.effective_to)?,
            contracts: self.span("contracts", &self.contracts_from, &self.contracts_to)?,
            lenders: self.lenders.iter().map(|kind| (*kind).into()).collect(),
            source: self.source.clone(),
            evidence: self.evidence.into(),
            confidence: confidence(&self.confidence)
                .ok_or_else(|| self.fault("confidence: high, mid or low"))?,
            as_of: self.day("as_of", &self.as_of)?,
            note: self.note.clone(),
        })
    }

    fn day(&self, field: &str, text: &str) -> Result<NaiveDate, Fault> {
        day(field, text, &self.place())
    }

    fn span(&self, name: &str, from: &Option<String>, to: &Option<String>) -> Result<Span, Fault> {
        let end = |suffix: &str, text: &Option<String>| {
            text.as_deref().map(|text| self.day(&format!("{name}_{suffix}"), text)).transpose()
        };
        Ok(Span { from: end("from", from)?, to: end("to", to)? })
    }

    fn place(&self) -> String {
        format!("rule {}", self.id)
    }

    fn fault(&self, why: impl ToString) -> Fault {
        Fault::new(self.place(), why)
    }

    fn need<'a, T>(&self, name: &str, field: &'a Option<T>) -> Result<&'a T, Fault> {
        field.as_ref().ok_or_else(|| self.fault(format!("{name} is needed")))
    }

    fn fraction(&self) -> Result<rust_decimal::Decimal, Fault> {
        let value =
            read::fraction("value", self.need("value", &self.value)?).map_err(|why| self.fault(why))?;
        if value.is_sign_negative() || value > rust_decimal::Decimal::ONE_HUNDRED {
            return Err(self.fault("value: between 0 and 100"));
        }
        Ok(value)
    }

    pub(super) fn cost_cap(&self) -> Result<CostCap, Fault> {
        let limit = match self.unit.as_deref() {
            None => CapLimit::None,
            Some("per_year") => CapLimit::PerYear(self.fraction()?),
            Some("times_lpr_1y") => CapLimit::TimesLpr {
                times: self.fraction()?,
                day: (*self.need("lpr_on", &self.lpr_on)?).into(),
            },
            Some(_) => return Err(self.fault("unit: per_year or times_lpr_1y")),
        };
        let role = (*self.need("role", &self.role)?).into();
        if role == CapRole::Line && limit == CapLimit::None {
            return Err(self.fault("value: a line needs one"));
        }
        let accrues = self.span("accrues", &self.accrues_from, &self.accrues_to)?;
        Ok(CostCap { rule: self.rule()?, limit, role, accrues })
    }

    pub(super) fn period(&self) -> Result<PeriodRule, Fault> {
        let unit = match self.need("unit", &self.unit)?.as_str() {
            "calendar" => PeriodUnit::Calendar,
            "working" => PeriodUnit::Working,
            "month" => PeriodUnit::Month,
            "year" => PeriodUnit::Year,
            _ => return Err(self.fault("unit: calendar, working, month or year")),
        };
        let most = if unit == PeriodUnit::Year { 100 } else { 3_660 };
        let length = self.need("value", &self.value)?.parse().ok().filter(|n: &u16| *n <= most);
        let alarms = match &self.alarms {
            None => Alarms::Before(Vec::new()),
            Some(AlarmsWord::Days(days)) => Alarms::Before(days.clone()),
            Some(AlarmsWord::Word(word)) if word == "daily" => Alarms::Daily,
            Some(AlarmsWord::Word(_)) => return Err(self.fault("alarms: \"daily\" or days before the last")),
        };
        let length = length.ok_or_else(|| self.fault(format!("value: a whole number up to {most}")))?;
        Ok(PeriodRule { rule: self.rule()?, length, unit, alarms })
    }

    pub(super) fn interruption(&self) -> Result<Interruption, Fault> {
        Ok(Interruption {
            rule: self.rule()?,
            event: self.need("event", &self.event)?.clone(),
            by: (*self.need("by", &self.by)?).into(),
            after_expiry: (*self.need("after_expiry", &self.after_expiry)?).into(),
        })
    }

    pub(super) fn conduct(&self) -> Result<ConductRule, Fault> {
        let (value, unit) = (self.value.clone(), self.unit.clone());
        Ok(ConductRule { rule: self.rule()?, value, unit, words: self.words.clone() })
    }

    pub(super) fn reminder(&self) -> Result<ReminderRule, Fault> {
        let at = self.need("at", &self.at)?;
        let leads = self.need("leads", &self.leads)?.iter().map(|days| ReminderStage::new(*days));
        let mut leads: Vec<ReminderStage> =
            leads.collect::<Option<_>>().ok_or_else(|| self.fault("leads: days within a year"))?;
        leads.sort_unstable();
        leads.dedup();
        Ok(ReminderRule {
            rule: self.rule()?,
            kind: (*self.need("reminds_of", &self.reminds_of)?).into(),
            leads,
            at: NaiveTime::parse_from_str(at, "%H:%M").map_err(|_| self.fault("at: a time such as 09:00"))?,
        })
    }

    pub(super) fn channel(&self) -> Result<Channel, Fault> {
        Ok(Channel {
            rule: self.rule()?,
            address: self.value.clone(),
            address_kind: self.unit.clone(),
            contents: self.contents.clone(),
            limits: self.limits.clone(),
            file_bytes: self.file_bytes,
            text_chars: self.text_chars,
            a_day: self.a_day,
            can: self.can.clone(),
            cannot: self.cannot.clone(),
        })
    }

    pub(super) fn citation(&self) -> Result<Citation, Fault> {
        Ok(Citation {
            rule: self.rule()?,
            text: self.need("contents", &self.contents)?.clone(),
            letters: self.letters.iter().map(|kind| (*kind).into()).collect(),
            products: self.products.iter().map(|kind| (*kind).into()).collect(),
            before_due_only: self.only == Some(Only::BeforeDue),
        })
    }
}
