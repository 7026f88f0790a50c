//! Opening and closing the vault. `App<Locked>` cannot list loans: the type has no such function.

mod aside;
mod create;
mod drafts;
mod info;
mod passphrase;
mod place;
mod preferences;
mod sample;
mod settings;
mod status;
mod unlock;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use ashore_domain::ReminderMark;
use ashore_vault::{Interrupter, Staged, Vault};
use chrono::{DateTime, FixedOffset};

use crate::clock::Clock;
use crate::letters::Previewed;
use crate::plans::Standing;
use crate::reminders::OpaqueReminders;
use crate::rules::Rules;

pub use create::{CreateVaultRequest, CreatedVault};
pub use drafts::DraftView;
pub use info::{VaultCheckView, VaultInfoView};
pub use passphrase::ChangePassphraseRequest;
pub use place::Place;
pub use preferences::{Language, Preferences, TextSize, Theme};
pub use settings::{AutoLock, NotificationText, Settings};
pub use status::{AppStatus, SessionState};
pub use unlock::{UnlockBy, UnlockRequest};

/// No key is in memory; only opaque due instants are, so that locked is not silent.
#[derive(Debug, Default)]
pub struct Locked {
    pub(crate) reminders: OpaqueReminders,
}

/// The vault is open.
pub struct Unlocked {
    pub(crate) vault: Vault,
    pub(crate) sample: bool,
    /// What the real vault has waiting while the sample is open; of a real vault, what it waited with before.
    pub(crate) waiting: OpaqueReminders,
    /// What spoke and could not be recorded, each with until when it had been put off.
    pub(crate) shown: BTreeMap<ReminderMark, Option<DateTime<FixedOffset>>>,
    pub(crate) staged: BTreeMap<String, Staged>,
    /// The rules with what the borrower said of them, once they were asked for.
    pub(crate) rules: OnceLock<Arc<Rules>>,
    pub(crate) previewed: Option<Previewed>,
    /// How the loans stood when a plan was last asked for.
    pub(crate) standing: Mutex<Option<Arc<Standing>>>,
}

/// The product in one of its two states.
pub struct App<S> {
    pub(crate) place: Place,
    pub(crate) clock: Clock,
    pub(crate) state: S,
}

impl App<Locked> {
    /// The product before anybody opened a vault.
    #[must_use]
    pub fn new(place: Place, clock: Clock) -> Self {
        Self { place, clock, state: Locked::default() }
    }

    fn open(self, vault: Vault, sample: bool) -> App<Unlocked> {
        App {
            place: self.place,
            clock: self.clock,
            state: Unlocked {
                vault,
                sample,
                waiting: self.state.reminders,
                shown: BTreeMap::new(),
                staged: BTreeMap::new(),
                previewed: None,
                rules: OnceLock::new(),
                standing: Mutex::default(),
            },
        }
    }
}

impl App<Unlocked> {
    /// Closes the vault and forgets its key. What stays in memory are bare instants: of the real vault, also when it was
    /// the sample that is closed.
    #[must_use]
    pub fn lock(self) -> App<Locked> {
        if self.state.sample {
            return self.lock_as_before();
        }
        let reminders = self.opaque_reminders();
        App { place: self.place, clock: self.clock, state: Locked { reminders } }
    }

    /// What ends a long piece of work on this vault from another thread; nothing of it is stored then.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        self.state.vault.interrupter()
    }

    /// The same with what was waiting before this vault was opened.
    fn lock_as_before(self) -> App<Locked> {
        App { place: self.place, clock: self.clock, state: Locked { reminders: self.state.waiting } }
    }
}

impl App<Unlocked> {
    /// True while the sample vault is open and the real one is not.
    #[must_use]
    pub const fn is_sample(&self) -> bool {
        self.state.sample
    }
}

impl<S> App<S> {
    /// The clock in use.
    #[must_use]
    pub const fn clock(&self) -> Clock {
        self.clock
    }

    /// Puts another clock in place, for shells that are told the time.
    pub const fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }
}
