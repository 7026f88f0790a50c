//! Foreign bytes and typed text become our words.
//!
//! This crate knows no disk, no clock and no database: it is handed bytes or text and answers with values of the
//! vocabulary, or says which part it could not read.

pub mod detect;
pub mod text;
