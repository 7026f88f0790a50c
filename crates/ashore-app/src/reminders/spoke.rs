use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, RandomState};

use ashore_domain::ReminderMark;
use chrono::{DateTime, FixedOffset};

use super::tick::come_again;

/// Which stage stands at an instant, told by a number that says nothing to anybody else and nothing after this run: many
/// stages share an instant, and one of them may have spoken before the lock.
pub(super) type Tag = u64;

/// Instants, each with the stage that stands there.
pub(super) type Instants = BTreeSet<(DateTime<FixedOffset>, Tag)>;

/// What neutral notices stood for while the vault was locked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spoke {
    pub(super) tags: RandomState,
    pub(super) stages: Instants,
    pub(super) put_off: Instants,
    /// What was put off while locked, and until when.
    pub(super) later: BTreeMap<Tag, DateTime<FixedOffset>>,
    /// After a restart the instants are gone. All that waited then had come by the last notice was in it.
    pub(super) until: Option<DateTime<FixedOffset>>,
}

impl Spoke {
    pub(super) fn tag(&self, mark: &ReminderMark) -> Tag {
        self.tags.hash_one(mark)
    }

    pub(super) fn is_silent(&self) -> bool {
        self.stages.is_empty() && self.put_off.is_empty() && self.later.is_empty() && self.until.is_none()
    }

    /// A stage that stood then was in a notice.
    pub(super) fn of_stage(&self, at: DateTime<FixedOffset>, tag: Tag) -> bool {
        self.stages.contains(&(at, tag)) || self.until.is_some_and(|spoke| at <= spoke)
    }

    /// What was put off until then was in a notice.
    pub(super) fn of_put_off(&self, until: DateTime<FixedOffset>, tag: Tag) -> bool {
        self.put_off.contains(&(until, tag)) || self.until.is_some_and(|spoke| come_again(until, spoke))
    }

    /// Until when it was put off while locked.
    pub(super) fn later(&self, tag: Tag) -> Option<DateTime<FixedOffset>> {
        self.later.get(&tag).copied()
    }
}
