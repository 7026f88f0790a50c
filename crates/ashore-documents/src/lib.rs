//! Letters, statements and annexes as PDF and plain text: data in, bytes out.
//!
//! What enters is text and figures; nothing of it is ever read as markup. The same document and the same fonts give
//! the same bytes. This crate opens no file but the fonts, knows no vault, no clock and no network.

pub mod capital;
mod document;
mod font;
mod letter_text;
pub mod letters;
pub mod mask;
mod plain;
mod render;
mod world;

pub use document::{Align, Block, Column, Document, Field, Part, Table};
pub use font::{FontError, Fonts};
pub use render::RenderError;
