//! What a vault promises, through its public surface.

mod facts;
mod frozen;
mod whole;
