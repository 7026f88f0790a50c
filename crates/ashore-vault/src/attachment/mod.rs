//! Attached files: encrypted objects beside the database, each under its own random key kept in the database.

pub(crate) mod chunk;
mod read;
mod seal;
mod stage;
mod sweep;

pub(crate) use chunk::FORMAT;
pub use read::AttachmentReader;
pub use stage::Staged;
pub(crate) use stage::stage;
pub(crate) use sweep::{object_bytes, sweep};
