//! One module for each source.

mod android;
pub(crate) mod backup;
pub(crate) mod mail;
pub(crate) mod sms_ie;
pub(crate) mod table;
