//! Foreign bytes and typed text become our words.
//!
//! This crate knows no disk, no clock and no database: it is handed bytes or text and answers with values of the
//! vocabulary, or says which part it could not read.
//!
//! A file goes through [`read()`]: [`Format`] says what it is by its content, [`Item`]s are what it holds,
//! [`LeftOut`]s what of it could not be taken and why, [`Warning`]s what the borrower should know beside that. The
//! program does this in a process of its own: [`worker::run`] writes what is found as [`frame`]s, and
//! [`frame::Reader`] takes them in again without trusting them.

mod count;
pub mod detect;
mod encoding;
mod format;
mod formats;
pub mod frame;
mod item;
mod mapping;
pub mod pasted;
mod read;
mod report;
mod statement;
#[cfg(test)]
mod taken;
pub mod text;
pub mod view;
mod window;
mod wire;
pub mod worker;

pub use format::{Container, Format, Statement};
pub use item::{
    Address, AddressRole, Call, CallKind, Delivery, Flow, Item, Mail, Mailbox, Message, MessageKind, Part,
    Settlement, Transaction, says_repayment,
};
pub use mapping::{AmountColumns, Mapping, Outline, OutlineSheet};
pub use read::{Request, SHANGHAI, Sink, Source, Stopped, read};
pub use report::{LeftOut, Place, ReadError, Reason, Refusal, Summary, Warning};
