//! Everything the product can do, for any shell: use cases over the engine and the vault.
//!
//! One folder per feature, one file per use case, each with its request, its view and its function. Requests are
//! what a person typed; views are ready to show. Nothing here prints, draws or knows a window.

pub mod agreements;
pub mod backup;
pub mod calc;
pub mod capacity;
pub mod cases;
pub mod clock;
mod code;
pub mod conduct;
pub mod contacts;
pub mod deadlines;
mod ended;
mod error;
pub mod evidence;
pub mod explain;
pub mod home;
mod id;
pub mod import;
mod input;
pub mod lenders;
pub mod letters;
pub mod loans;
pub mod offers;
pub mod payments;
pub mod plans;
mod refuse;
pub mod reminders;
pub mod reviews;
pub mod rules;
mod sample;
pub mod session;
mod view;
mod whole;
pub mod wire;
pub mod words;

pub use ashore_vault::{Interrupter, KdfCost, Progress};
pub use code::ErrorCode;
pub use ended::OnBytes;
pub use error::AppError;
pub use view::{BucketsView, Fraction, Yuan};
