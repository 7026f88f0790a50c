//! One `age` file holds the whole vault. It is verified by reopening before anybody is told that it is there.

mod make;
mod restore;
mod schedule;
mod state;
mod view;

pub use ashore_vault::OnProgress;
pub use make::BackupWork;
pub use restore::verify_backup;
pub use schedule::{BackupEvery, BackupSchedule};
pub use state::{BackupStateView, LastBackup};
pub use view::{BackupLeftOut, BackupView};
