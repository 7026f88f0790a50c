//! What is printed is what was given, to the character; what cannot be printed whole is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // tests stop at the first surprise

mod hostile;
mod letters;
mod paper;
mod refused;
mod sizes;
