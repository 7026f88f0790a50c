//! One module for each source.

mod android;
pub(crate) mod backup;
