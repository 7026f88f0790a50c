//! Everything the product can do, for any shell: use cases over the engine and the vault.
//!
//! One folder per feature, one file per use case, each with its request, its view and its function. Requests are
//! what a person typed; views are ready to show. Nothing here prints, draws or knows a window.

pub mod calc;
pub mod clock;
mod code;
mod error;
mod view;
pub mod wire;
pub mod words;

pub use code::ErrorCode;
pub use error::AppError;
