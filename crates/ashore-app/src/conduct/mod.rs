//! Contacts of collectors held against the rules on conduct: suggestions that a person confirms or dismisses.

mod agreed;
mod check;
mod consent;
mod review;

pub use check::{CheckConductRequest, ConductCard, ConductContact, ConductView};
pub use review::ReviewConductRequest;
