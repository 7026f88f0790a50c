//! What tests of several crates share: a vault in a temporary folder, opened at a fixed instant, and a loan for it.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)] // a test that cannot start must say so loudly

use std::path::Path;

use ashore_app::KdfCost;
use ashore_app::clock::Clock;
use ashore_app::loans::AddLoanRequest;
use ashore_app::session::{App, CreateVaultRequest, Locked, Place, UnlockBy, UnlockRequest, Unlocked};
use tempfile::TempDir;

/// Opens every vault made here.
pub const PASSPHRASE: &str = "一只很普通的通行短语";

/// A vault that lives as long as this value.
pub struct Home {
    folder: TempDir,
}

impl Home {
    /// An empty home; nothing is in it yet.
    #[must_use]
    pub fn new() -> Self {
        Self { folder: TempDir::new().expect("a temporary folder") }
    }

    /// The home's folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The product at `now` (RFC 3339), before anybody opened a vault.
    #[must_use]
    pub fn locked(&self, now: &str) -> App<Locked> {
        App::new(Place::in_data_folder(self.path()), Clock::fixed(now).expect("an instant"))
    }

    /// A new vault at `now`, open.
    #[must_use]
    pub fn created(&self, now: &str) -> App<Unlocked> {
        let request = CreateVaultRequest { passphrase: PASSPHRASE.to_owned(), shared_computer: false };
        match self.locked(now).create_vault(request, KdfCost::FLOOR) {
            Ok((app, _)) => app,
            Err((_, error)) => panic!("the vault could not be made: {error}"),
        }
    }

    /// The vault made before, opened again at `now`.
    #[must_use]
    pub fn reopened(&self, now: &str) -> App<Unlocked> {
        match self.locked(now).unlock(by_passphrase(PASSPHRASE)) {
            Ok(app) => app,
            Err((_, error)) => panic!("the vault did not open: {error}"),
        }
    }
}

impl Default for Home {
    fn default() -> Self {
        Self::new()
    }
}

/// A request to open by passphrase.
#[must_use]
pub fn by_passphrase(secret: &str) -> UnlockRequest {
    UnlockRequest { secret: secret.to_owned(), by: UnlockBy::Passphrase }
}

/// A loan in mid-course as a borrower knows it: ¥15,000.00 received, twelve terms of ¥1,418.39 from 2026-07-28, two paid.
#[must_use]
pub fn loan_midway() -> AddLoanRequest {
    AddLoanRequest {
        app: "戊借".to_owned(),
        received: Some("15000".to_owned()),
        payment: Some("1418.39".to_owned()),
        terms: Some("12".to_owned()),
        first_due: Some("2026-07-28".to_owned()),
        terms_paid: Some("2".to_owned()),
        ..AddLoanRequest::default()
    }
}
