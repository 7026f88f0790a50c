//! Contacts of collectors held against the rules on conduct: counts for each lender, whatever number it calls from, by
//! the civil day in Shanghai. A finding says which contacts may not fit which rule; it is never a judgement.

use std::collections::BTreeMap;

use ashore_domain::LenderKind;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};

use crate::rules::{ConductRule, Confidence, RuleSet};

/// How a contact was made, as far as rules tell ways apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactWay {
    /// By voice, machine voices included.
    Call,
    /// In writing: its time is the time of receipt.
    Written,
    /// In any other way.
    Other,
}

/// Whom a contact addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContactTarget {
    /// The debtor.
    Debtor,
    /// Somebody else.
    ThirdParty,
}

/// One contact, as the detector sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// How.
    pub way: ContactWay,
    /// From the lender's side. Contacts the debtor makes never count.
    pub incoming: bool,
    /// How long it lasted.
    pub duration_s: u32,
    /// Somebody answered.
    pub connected: bool,
    /// The number it came from.
    pub number: Option<String>,
    /// For whom; one name for one lender, whatever number it calls from.
    pub lender: String,
    /// What the lender is, when that is known.
    pub lender_kind: Option<LenderKind>,
    /// To whom.
    pub target: ContactTarget,
    /// About a credit card.
    pub card: bool,
    /// A plan agreed in writing stood on that day, and was kept.
    pub agreed: bool,
    /// What was said or written.
    pub text: Option<String>,
}

/// Times of the day, the first included, the last not; they may run over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// From.
    pub from: NaiveTime,
    /// To.
    pub to: NaiveTime,
}

impl Hours {
    /// Reads `22:00-08:00`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let time = |text: &str| match text.trim() {
            "24:00" => Some(NaiveTime::MIN),
            text => NaiveTime::parse_from_str(text, "%H:%M").ok(),
        };
        Some(Self { from: time(from)?, to: time(to)? })
    }

    fn contain(&self, time: NaiveTime) -> bool {
        if self.from < self.to {
            self.from <= time && time < self.to
        } else {
            time >= self.from || time < self.to
        }
    }

    fn near_an_end(&self, time: NaiveTime, minutes: i64) -> bool {
        let within = |end: NaiveTime| {
            let apart = time.signed_duration_since(end).num_seconds().rem_euclid(86_400);
            let apart = apart.min(86_400 - apart);
            apart <= minutes.saturating_mul(60)
        };
        within(self.from) || within(self.to)
    }
}

/// Some contacts that may not fit a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConductFinding<'a> {
    /// The rule.
    pub rule: &'a ConductRule,
    /// Which contacts, by their place, ascending.
    pub contacts: Vec<usize>,
    /// Whose contacts.
    pub lender: String,
    /// To whom.
    pub target: ContactTarget,
    /// The civil day in Shanghai.
    pub day: NaiveDate,
    /// What was found.
    pub what: ConductFact,
    /// How sure; never above the rule's own.
    pub confidence: Confidence,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConductFact {
    /// Contacts in quiet hours.
    QuietHours {
        /// The hours.
        hours: Hours,
    },
    /// More answered calls than the rule has.
    EffectiveCalls {
        /// Counted.
        count: usize,
        /// The rule's number.
        limit: usize,
        /// From so many numbers.
        numbers: usize,
    },
    /// More unanswered calls than the rule has.
    Attempts {
        /// Counted.
        count: usize,
        /// The rule's number.
        limit: usize,
        /// From so many numbers.
        numbers: usize,
    },
    /// Somebody other than the debtor was contacted.
    ThirdParty {
        /// So many calls to the debtor had failed in a row before.
        failed_before: usize,
    },
    /// Collection went on while an agreed plan was kept.
    AfterAgreement,
    /// Words that suggest the matter of the rule. Only a person can say whether they mean it.
    Words {
        /// The row of the lexicon.
        lexicon: String,
        /// The words found.
        words: Vec<String>,
    },
}

const HOURS: &str = "local_time";
const CALLS: &str = "calls_a_day";
const ATTEMPTS: &str = "attempts_a_day";
const FAILURES: &str = "failures_in_a_row";
const THIRD: &str = "third_party";
const CARD_THIRD: &str = "card_third_party";
const AGREED: &str = "after_agreement";
const LEXICON: &str = "lexicon";

/// Everything that may not fit a rule in force on the contact's day, by rule, then by day and lender. Contacts within
/// `consented` hours are no finding of hours.
#[must_use]
pub fn conduct<'a>(contacts: &[Contact], consented: &[Hours], rules: &'a RuleSet) -> Vec<ConductFinding<'a>> {
    let mut days: Groups = BTreeMap::new();
    for (place, contact) in contacts.iter().enumerate().filter(|(_, contact)| contact.incoming) {
        let day = shanghai(contact.at).date();
        days.entry((day, contact.lender.as_str(), contact.target)).or_default().push(place);
    }
    let check = Check { contacts, consented, rules, days, failures: failures(contacts) };
    let mut found = Vec::new();
    for rule in rules.conduct() {
        match rule.unit.as_deref() {
            Some(HOURS) => check.hours(rule, &mut found),
            Some(CALLS) => check.counted(rule, true, &mut found),
            Some(ATTEMPTS) => check.counted(rule, false, &mut found),
            Some(FAILURES | THIRD) => check.third_persons(rule, false, &mut found),
            Some(CARD_THIRD) => check.third_persons(rule, true, &mut found),
            Some(AGREED) => check.after_agreement(rule, &mut found),
            Some(LEXICON) => check.words(rule, &mut found),
            _ => {}
        }
    }
    found
}

type Groups<'c> = BTreeMap<(NaiveDate, &'c str, ContactTarget), Vec<usize>>;

/// When each lender called the debtor, ascending, and how many of its calls had failed in a row then.
type Failures<'c> = BTreeMap<&'c str, Vec<(DateTime<FixedOffset>, usize)>>;

fn failures(contacts: &[Contact]) -> Failures<'_> {
    let mut calls: BTreeMap<&str, Vec<(DateTime<FixedOffset>, bool)>> = BTreeMap::new();
    for contact in contacts {
        let to_debtor = contact.way == ContactWay::Call && contact.target == ContactTarget::Debtor;
        if contact.incoming && to_debtor {
            calls.entry(contact.lender.as_str()).or_default().push((contact.at, contact.connected));
        }
    }
    let in_a_row = |mut calls: Vec<(DateTime<FixedOffset>, bool)>| {
        calls.sort_unstable();
        let mut failed = 0;
        calls
            .into_iter()
            .map(|(at, connected)| {
                failed = if connected { 0 } else { failed + 1 };
                (at, failed)
            })
            .collect()
    };
    calls.into_iter().map(|(lender, calls)| (lender, in_a_row(calls))).collect()
}

struct Check<'c, 'a> {
    contacts: &'c [Contact],
    consented: &'c [Hours],
    rules: &'a RuleSet,
    days: Groups<'c>,
    failures: Failures<'c>,
}

impl<'a> Check<'_, 'a> {
    /// Groups on whose day the rule is in force, without contacts of lenders it does not speak of.
    fn groups(
        &self,
        rule: &ConductRule,
    ) -> impl Iterator<Item = (NaiveDate, &str, ContactTarget, Vec<usize>)> {
        let lenders = rule.rule.lenders.clone();
        let effective = rule.rule.effective;
        self.days.iter().filter(move |((day, ..), _)| effective.contains(*day)).filter_map(
            move |((day, lender, target), places)| {
                let fits = |place: &usize| {
                    let kind = self.contacts.get(*place).and_then(|contact| contact.lender_kind);
                    lenders.is_empty() || kind.is_none_or(|kind| lenders.contains(&kind))
                };
                let places: Vec<usize> = places.iter().copied().filter(fits).collect();
                (!places.is_empty()).then_some((*day, *lender, *target, places))
            },
        )
    }

    fn among<'p>(&'p self, places: &'p [usize]) -> impl Iterator<Item = (usize, &'p Contact)> {
        places.iter().filter_map(|place| Some((*place, self.contacts.get(*place)?)))
    }

    fn parameter(&self, id: &str) -> Option<i64> {
        self.rules.conduct().iter().find(|row| row.rule.id == id)?.value.as_deref()?.parse().ok()
    }

    fn hours(&self, rule: &'a ConductRule, found: &mut Vec<ConductFinding<'a>>) {
        let Some(hours) = rule.value.as_deref().and_then(Hours::read) else { return };
        let tolerance = self.parameter("PARAM-BOUNDARY").unwrap_or(0);
        for (day, lender, target, places) in self.groups(rule) {
            let at_night = self.among(&places).filter(|(_, contact)| {
                let time = shanghai(contact.at).time();
                hours.contain(time) && !self.consented.iter().any(|agreed| agreed.contain(time))
            });
            let at_night: Vec<_> = at_night.collect();
            let sure = |contact: &Contact| {
                contact.way != ContactWay::Written
                    || !hours.near_an_end(shanghai(contact.at).time(), tolerance)
            };
            let confidence = if at_night.iter().any(|(_, contact)| sure(contact)) {
                rule.rule.confidence
            } else {
                lower(rule.rule.confidence)
            };
            let contacts: Vec<usize> = at_night.iter().map(|(place, _)| *place).collect();
            if !contacts.is_empty() {
                let (lender, what) = (lender.to_owned(), ConductFact::QuietHours { hours });
                found.push(ConductFinding { rule, contacts, lender, target, day, what, confidence });
            }
        }
    }

    /// Calls of one lender to one person on one day: the answered ones, or those that nobody answered.
    fn counted(&self, rule: &'a ConductRule, answered: bool, found: &mut Vec<ConductFinding<'a>>) {
        let Some(limit) = rule.value.as_deref().and_then(|text| text.parse::<usize>().ok()) else { return };
        let shortest = self.parameter("PARAM-EFFECTIVE-CALL").unwrap_or(0);
        for (day, lender, target, places) in self.groups(rule) {
            // The number of answered calls is one of calls to the debtor.
            if answered && target != ContactTarget::Debtor {
                continue;
            }
            let counts = |contact: &Contact| {
                let effective = contact.connected && i64::from(contact.duration_s) >= shortest;
                contact.way == ContactWay::Call && if answered { effective } else { !contact.connected }
            };
            let calls: Vec<_> = self.among(&places).filter(|(_, contact)| counts(contact)).collect();
            let count = calls.len();
            if count <= limit {
                continue;
            }
            let mut numbers: Vec<_> =
                calls.iter().filter_map(|(_, contact)| contact.number.as_deref()).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let numbers = numbers.len();
            found.push(ConductFinding {
                rule,
                contacts: calls.iter().map(|(place, _)| *place).collect(),
                lender: lender.to_owned(),
                target,
                day,
                what: if answered {
                    ConductFact::EffectiveCalls { count, limit, numbers }
                } else {
                    ConductFact::Attempts { count, limit, numbers }
                },
                confidence: rule.rule.confidence,
            });
        }
    }

    /// The rule on credit cards speaks only of contacts that are known to be about one.
    fn third_persons(&self, rule: &'a ConductRule, only_cards: bool, found: &mut Vec<ConductFinding<'a>>) {
        let allowed_after = rule.value.as_deref().and_then(|text| text.parse::<usize>().ok());
        for (day, lender, target, places) in self.groups(rule) {
            if target != ContactTarget::ThirdParty {
                continue;
            }
            let failed = |contact: &Contact| self.failed_before(lender, contact.at);
            // After so many failures in a row the rule itself lets others be asked for an address.
            let cited: Vec<_> = self
                .among(&places)
                .filter(|(_, contact)| contact.card || !only_cards)
                .filter(|(_, contact)| allowed_after.is_none_or(|limit| failed(contact) < limit))
                .collect();
            let Some(failed_before) = cited.iter().map(|(_, contact)| failed(contact)).min() else {
                continue;
            };
            let lost = self.lost_after().is_some_and(|limit| failed_before >= limit);
            found.push(ConductFinding {
                rule,
                contacts: cited.iter().map(|(place, _)| *place).collect(),
                lender: lender.to_owned(),
                target,
                day,
                what: ConductFact::ThirdParty { failed_before },
                confidence: if lost { lower(rule.rule.confidence) } else { rule.rule.confidence },
            });
        }
    }

    /// For credit cards the rule says so itself; for other loans it depends on what the agreement says of it.
    fn after_agreement(&self, rule: &'a ConductRule, found: &mut Vec<ConductFinding<'a>>) {
        for (day, lender, target, places) in self.groups(rule) {
            let cited: Vec<_> = self.among(&places).filter(|(_, contact)| contact.agreed).collect();
            if cited.is_empty() {
                continue;
            }
            let sure = cited.iter().any(|(_, contact)| contact.card);
            found.push(ConductFinding {
                rule,
                contacts: cited.iter().map(|(place, _)| *place).collect(),
                lender: lender.to_owned(),
                target,
                day,
                what: ConductFact::AfterAgreement,
                confidence: if sure { rule.rule.confidence } else { Confidence::Low },
            });
        }
    }

    /// How many failures in a row any rule takes for lost contact.
    fn lost_after(&self) -> Option<usize> {
        let rows = self.rules.conduct().iter().filter(|row| row.unit.as_deref() == Some(FAILURES));
        rows.filter_map(|row| row.value.as_deref()?.parse().ok()).min()
    }

    /// Calls of the lender to the debtor that failed in a row, up to `at`.
    fn failed_before(&self, lender: &str, at: DateTime<FixedOffset>) -> usize {
        let Some(calls) = self.failures.get(lender) else { return 0 };
        let before = calls.partition_point(|(called, _)| *called < at);
        before.checked_sub(1).and_then(|last| calls.get(last)).map_or(0, |(_, failed)| *failed)
    }

    fn words(&self, lexicon: &'a ConductRule, found: &mut Vec<ConductFinding<'a>>) {
        let points_to = lexicon.value.as_deref().unwrap_or_default();
        let Some(rule) = self.rules.conduct().iter().find(|row| row.rule.id == points_to) else { return };
        let sought: Vec<(&String, String)> =
            lexicon.words.iter().map(|word| (word, word.to_lowercase())).collect();
        for (day, lender, target, places) in self.groups(rule) {
            for (place, contact) in self.among(&places) {
                let Some(text) = contact.text.as_deref().map(str::to_lowercase) else { continue };
                let there = sought.iter().filter(|(_, lowered)| text.contains(lowered.as_str()));
                let words: Vec<String> = there.map(|(word, _)| (*word).clone()).collect();
                if words.is_empty() {
                    continue;
                }
                found.push(ConductFinding {
                    rule,
                    contacts: vec![place],
                    lender: lender.to_owned(),
                    target,
                    day,
                    what: ConductFact::Words { lexicon: lexicon.rule.id.clone(), words },
                    confidence: lexicon.rule.confidence,
                });
            }
        }
    }
}

const fn lower(confidence: Confidence) -> Confidence {
    match confidence {
        Confidence::High => Confidence::Mid,
        Confidence::Mid | Confidence::Low => Confidence::Low,
    }
}

/// The wall clock in Shanghai, eight hours ahead of UTC all year.
fn shanghai(at: DateTime<FixedOffset>) -> chrono::NaiveDateTime {
    at.naive_utc() + TimeDelta::hours(8)
}
