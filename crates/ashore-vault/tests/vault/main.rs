//! What a vault promises, through its public surface.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests are tests

mod backup;
mod crash;
mod damage;
mod facts;
mod files;
mod frozen;
mod refused;
mod search;
mod secrets;
mod whole;
