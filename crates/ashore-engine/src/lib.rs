//! Exact arithmetic on the words of the contract: every function here is pure, returns a value with its findings,
//! and gives the same bytes for the same input on every machine.
//!
//! This crate knows no disk, no clock, no randomness, no database and no wire format. Floats live in `irr.rs` only.

mod capacity;
mod offer;

pub use capacity::{CapacityFinding, CapacityResult, CapacityStatus, MonthCapacity, monthly_capacity};
pub use offer::{offer_rows, pro_rata_months, pro_rata_offers};
