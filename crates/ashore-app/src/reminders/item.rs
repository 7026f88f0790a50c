use ashore_domain::{LoanId, Money, ReminderKind, ReminderStage, ReminderSubject};
use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::loans::LoanFile;
use crate::session::Language;
use crate::{AppError, ErrorCode};

/// Something with a day, as a source tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// What it is.
    pub(crate) subject: ReminderSubject,
    /// The civil day it is about.
    pub(crate) due: NaiveDate,
    /// When it became known: a stage that was over by then reminds of nothing.
    pub(crate) known_from: DateTime<FixedOffset>,
    /// Whom or what it concerns, in the window's language; empty when the kind says it all.
    pub(crate) name: String,
    /// The loan it belongs to.
    pub(crate) loan: Option<LoanId>,
    /// Number of a term.
    pub(crate) term: Option<u16>,
    /// Money that falls due.
    pub(crate) amount: Option<Money>,
    /// Paid by this day it still counts as on time by the contract.
    pub(crate) grace_until: Option<NaiveDate>,
    /// It stands in an agreement.
    pub(crate) agreed: bool,
    /// Its own stages, when a rule gives it some.
    pub(crate) stages: Option<Vec<ReminderStage>>,
}

impl Item {
    /// An item with nothing but what every item has.
    pub(crate) fn new(
        kind: ReminderKind,
        key: impl ToString,
        due: NaiveDate,
        known_from: DateTime<FixedOffset>,
    ) -> Self {
        Self {
            subject: ReminderSubject { kind, key: key.to_string(), place: 0 },
            due,
            known_from,
            name: String::new(),
            loan: None,
            term: None,
            amount: None,
            grace_until: None,
            agreed: false,
            stages: None,
        }
    }
}

/// Something with a day that could not be told: it is named in the check-up, and silences nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unread {
    /// Of which kind.
    pub(crate) kind: ReminderKind,
    /// Whom or what it concerns; empty when all of its kind are meant.
    pub(crate) name: String,
    /// Why.
    pub(crate) why: ErrorCode,
}

/// What a source tells, and what it could not.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) items: Vec<Item>,
    pub(crate) unread: Vec<Unread>,
}

impl From<Vec<Item>> for Told {
    fn from(items: Vec<Item>) -> Self {
        Self { items, unread: Vec::new() }
    }
}

impl Told {
    /// Goes on without this one.
    pub(crate) fn cannot(&mut self, kind: ReminderKind, name: &str, why: &AppError) {
        self.unread.push(Unread { kind, name: name.to_owned(), why: why.code });
    }
}

/// What sources are asked for.
pub(crate) struct Wanted<'a> {
    /// The civil day in Shanghai.
    pub(crate) today: NaiveDate,
    /// First day items may be about.
    pub(crate) from: NaiveDate,
    /// Last day items may be about.
    pub(crate) to: NaiveDate,
    /// Every loan that is not closed.
    pub(crate) files: &'a [LoanFile],
    /// Language of names.
    pub(crate) language: Language,
}

impl Wanted<'_> {
    /// True when an item about this day is asked for.
    pub(crate) fn covers(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// What the borrower calls a loan that is not closed.
    pub(crate) fn name_of(&self, loan: LoanId) -> Option<&str> {
        self.files.iter().find(|file| file.id() == loan).map(LoanFile::name)
    }

    /// The one of two texts that the window speaks.
    pub(crate) fn words<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        match self.language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}
