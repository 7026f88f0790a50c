//! What a person does with the command line, from the first command to the last.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)] // helpers of tests are tests

mod journey;
mod negotiation;
mod program;
mod traced;
