//! What ought to be shown, computed from the calendar alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, FixedOffset, Months, NaiveDate, TimeDelta};

/// Days from a due at which a reminder stands (domain §11).
const LEADS: [i64; 5] = [-7, -3, -1, 0, 1];
/// More things than this come as one notification.
const MOST_AT_ONCE: usize = 5;

/// One stage of one due of one loan.
pub(crate) type Stage = (String, NaiveDate, i64);

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) looks: u64,
    pub(crate) due: u64,
    pub(crate) shown: u64,
    pub(crate) missed: u64,
    pub(crate) doubled: u64,
    pub(crate) unasked: u64,
    pub(crate) notes: Vec<String>,
}

impl Tally {
    pub(crate) fn is_clean(&self) -> bool {
        self.missed + self.doubled + self.unasked == 0
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.looks += other.looks;
        self.due += other.due;
        self.shown += other.shown;
        self.missed += other.missed;
        self.doubled += other.doubled;
        self.unasked += other.unasked;
        self.notes.extend(other.notes.iter().take(3).cloned());
    }
}

struct Contract {
    dues: Vec<NaiveDate>,
    paid: usize,
    opened: DateTime<FixedOffset>,
}

/// The household as the model knows it.
#[derive(Default)]
pub(crate) struct Model {
    contracts: BTreeMap<String, Contract>,
    settled: BTreeSet<Stage>,
    snoozed: BTreeMap<Stage, DateTime<FixedOffset>>,
    /// What a lock keeps: instants, and those that spoke.
    waiting: BTreeSet<DateTime<FixedOffset>>,
    put_off: BTreeSet<(DateTime<FixedOffset>, Stage)>,
    spoke: BTreeSet<DateTime<FixedOffset>>,
    spoke_again: BTreeSet<(DateTime<FixedOffset>, Stage)>,
    /// Started anew without being unlocked: nothing is known but the day of the last notice that named nothing.
    knows_nothing: bool,
    prompted_on: Option<NaiveDate>,
    pub(crate) quiet: bool,
    pub(crate) tally: Tally,
}

/// Nine in the morning in Shanghai.
fn nine(day: NaiveDate) -> DateTime<FixedOffset> {
    let shanghai = FixedOffset::east_opt(8 * 3600).unwrap();
    day.and_hms_opt(9, 0, 0).unwrap().and_local_timezone(shanghai).unwrap()
}

/// What was put off speaks again then; or at once, if only a clock that was wrong can have put it off so far.
fn again(until: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> bool {
    until <= now || until > now + TimeDelta::hours(24)
}

fn at(stage: &Stage) -> DateTime<FixedOffset> {
    nine(stage.1 + TimeDelta::days(stage.2))
}

impl Model {
    /// A loan due on this day of every month, or the month's last.
    pub(crate) fn open(&mut self, id: String, first: NaiveDate, terms: u32, opened: DateTime<FixedOffset>) {
        let dues = (0..terms).map(|k| {
            let month = first.with_day(1).unwrap() + Months::new(k);
            let days = (28..=31).rev().find(|day| month.with_day(*day).is_some()).unwrap();
            month.with_day(first.day().min(days)).unwrap()
        });
        self.contracts.insert(id, Contract { dues: dues.collect(), paid: 0, opened });
    }

    /// Never one of the last two dues, whose amounts may differ by a few fen.
    pub(crate) fn may_pay(&self, id: &str) -> bool {
        self.contracts.get(id).is_some_and(|contract| contract.paid + 2 < contract.dues.len())
    }

    /// The oldest unpaid due is paid.
    pub(crate) fn pay(&mut self, id: &str) {
        self.contracts.get_mut(id).unwrap().paid += 1;
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.contracts.keys().cloned().collect()
    }

    /// Every stage of an unpaid due that was not over when its loan was entered.
    fn standing(&self) -> Vec<Stage> {
        let mut all = Vec::new();
        for (id, contract) in &self.contracts {
            for due in contract.dues.iter().skip(contract.paid) {
                let stages = LEADS.iter().map(|lead| (id.clone(), *due, *lead));
                all.extend(stages.filter(|stage| at(stage) >= contract.opened));
            }
        }
        all
    }

    /// The next instant after `now` at which something stands.
    pub(crate) fn next_instant(&self, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        self.standing().iter().map(at).filter(|at| *at > now).min()
    }

    fn is_quiet(&self, here: DateTime<FixedOffset>) -> bool {
        let hour = here.time().format("%H").to_string().parse::<u32>().unwrap();
        self.quiet && !(8..22).contains(&hour)
    }

    /// What one look at `here` must show, and holds what was shown against it.
    pub(crate) fn look(&mut self, here: DateTime<FixedOffset>, shown: &[Stage], notices: usize) {
        self.tally.looks += 1;
        let mut expected = BTreeSet::new();
        if !self.is_quiet(here) {
            let mut groups: BTreeMap<(String, NaiveDate), Vec<Stage>> = BTreeMap::new();
            for stage in self.standing() {
                let again = self.snoozed.get(&stage).is_some_and(|until| again(*until, here));
                if again || at(&stage) <= here && !self.settled.contains(&stage) {
                    groups.entry((stage.0.clone(), stage.1)).or_default().push(stage);
                }
            }
            for stages in groups.into_values() {
                self.tally.due += stages.len() as u64;
                expected.extend(stages.iter().max_by_key(|stage| stage.2).cloned());
                for stage in stages {
                    self.snoozed.remove(&stage);
                    self.settled.insert(stage);
                }
            }
        }
        let found: BTreeSet<Stage> = shown.iter().cloned().collect();
        self.tally.shown += found.len() as u64;
        self.tally.doubled += (shown.len() - found.len()) as u64;
        for stage in expected.difference(&found) {
            self.tally.missed += 1;
            self.tally.notes.push(format!("missed at {here}: {stage:?}"));
        }
        for stage in found.difference(&expected) {
            let again = self.settled.contains(stage);
            if again {
                self.tally.doubled += 1
            } else {
                self.tally.unasked += 1
            }
            self.tally
                .notes
                .push(format!("{} at {here}: {stage:?}", if again { "doubled" } else { "not asked for" }));
        }
        let due_as_one = expected.len() > MOST_AT_ONCE;
        if expected == found && notices != if due_as_one { 1 } else { expected.len() } {
            self.tally.unasked += 1;
            self.tally.notes.push(format!("{notices} notices at {here} for {} things", expected.len()));
        }
    }

    /// A look that a lock interrupts: only these are shown, and the rest waits.
    pub(crate) fn look_interrupted(&mut self, here: DateTime<FixedOffset>, shown: &[Stage]) {
        self.tally.looks += 1;
        let standing = self.standing();
        for one in shown {
            let again = self.snoozed.get(one).is_some_and(|until| again(*until, here));
            if !again && self.settled.contains(one) {
                self.tally.doubled += 1;
                self.tally.notes.push(format!("doubled at {here}, before a lock: {one:?}"));
            }
            self.tally.shown += 1;
            let group = standing.iter().filter(|stage| (&stage.0, stage.1) == (&one.0, one.1));
            for stage in group {
                let again = self.snoozed.get(stage).is_some_and(|until| self::again(*until, here));
                if again || at(stage) <= here && !self.settled.contains(stage) {
                    self.tally.due += 1;
                    self.snoozed.remove(stage);
                    self.settled.insert(stage.clone());
                }
            }
        }
    }

    /// Put off after the lock.
    pub(crate) fn snooze_locked(&mut self, stages: &[Stage], until: DateTime<FixedOffset>) {
        self.snooze(stages, until);
        self.put_off.retain(|(_, stage)| !stages.contains(stage));
        self.put_off.extend(stages.iter().map(|stage| (until, stage.clone())));
    }

    pub(crate) fn snooze(&mut self, stages: &[Stage], until: DateTime<FixedOffset>) {
        self.snoozed.extend(stages.iter().map(|stage| (stage.clone(), until)));
    }

    pub(crate) fn lock(&mut self) {
        let standing = self.standing();
        let unsettled = standing.iter().filter(|stage| !self.settled.contains(stage));
        self.waiting = unsettled.map(at).collect();
        let put_off = standing.iter().filter_map(|stage| Some((*self.snoozed.get(stage)?, stage.clone())));
        self.put_off = put_off.collect();
        self.spoke.clear();
        self.spoke_again.clear();
        self.knows_nothing = false;
    }

    /// The program starts anew and nobody unlocks it.
    pub(crate) fn restart_locked(&mut self) {
        self.knows_nothing = true;
        self.waiting.clear();
        self.put_off.clear();
    }

    /// A look while locked: one notice for all that has come; for a program that knows nothing, one a day.
    pub(crate) fn look_locked(&mut self, here: DateTime<FixedOffset>, notices: usize) {
        self.tally.looks += 1;
        let (stages, puts_off) = if self.is_quiet(here) {
            (Vec::new(), Vec::new())
        } else {
            (
                self.waiting.iter().filter(|at| **at <= here).copied().collect(),
                self.put_off.iter().filter(|(until, _)| again(*until, here)).cloned().collect::<Vec<_>>(),
            )
        };
        let come = stages.len() + puts_off.len();
        let today = here.with_timezone(&nine(here.date_naive()).timezone()).date_naive();
        let prompt = self.knows_nothing
            && !self.is_quiet(here)
            && nine(today) <= here
            && self.prompted_on != Some(today);
        let expected = usize::from(come > 0 || prompt);
        if expected == 1 {
            self.prompted_on = Some(today);
        }
        self.tally.due += come as u64;
        self.tally.shown += notices as u64;
        self.tally.missed += expected.saturating_sub(notices) as u64;
        self.tally.doubled += notices.saturating_sub(expected) as u64;
        if notices != expected {
            self.tally.notes.push(format!("locked at {here}: {notices} notices for {come} instants"));
        }
        for instant in stages {
            self.waiting.remove(&instant);
            self.spoke.insert(instant);
        }
        for one in puts_off {
            self.put_off.remove(&one);
            self.spoke_again.insert(one);
        }
    }

    pub(crate) fn unlock(&mut self) {
        for stage in self.standing() {
            let spoke = match self.snoozed.get(&stage) {
                Some(until) => self.spoke_again.contains(&(*until, stage.clone())),
                None => self.spoke.contains(&at(&stage)),
            };
            if spoke {
                self.snoozed.remove(&stage);
                self.settled.insert(stage);
            }
        }
    }
}
