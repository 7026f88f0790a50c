//! The real window on a display and a session bus of its own, driven as a person would.

mod app;
mod axe;
mod desktop;
mod drag;
mod hands;
mod household;
mod keyboard;
mod notifications;
mod page;
mod process;
mod screens;
mod tray;

/// The verifier of BagIt bags that scripts/setup.sh installed beside the build.
pub fn bagit() -> std::path::PathBuf {
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    target.unwrap_or(std::path::Path::new(".")).join("tools/python/bin/bagit.py")
}

pub use app::{App, Home, Plain};
pub use desktop::{Desktop, until};
pub use household::NOW;
pub use page::Role;
pub use tray::{MenuLine, Tray};

/// How long anything may take on two busy cores before a test gives up on it.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(45);

/// Between two looks.
pub const LOOK: std::time::Duration = std::time::Duration::from_millis(80);
