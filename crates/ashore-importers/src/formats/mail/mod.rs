//! E-mail: one as it was sent, or many in one file.

mod bounds;
mod charset;
mod mbox;
mod message;
mod words;

pub(crate) use mbox::read as read_mbox;

use std::io::Read;

use crate::count::Counting;
use crate::{Item, Mail, ReadError, Reason, Refusal};

/// The largest single mail: more than any provider lets through.
const MOST_MAIL: u64 = 100 << 20;

/// Reads a file that is one mail.
pub(crate) fn read_eml<R: Read>(source: R, out: &mut Counting<'_>) -> Result<(), ReadError> {
    let mut bytes = Vec::new();
    source.take(MOST_MAIL + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_MAIL {
        return Err(Refusal::TooLarge { limit: MOST_MAIL }.into());
    }
    match single(bytes) {
        Ok(mail) => out.item(Item::Mail(Box::new(mail))),
        Err(Reason::Malformed) => Err(Refusal::Broken.into()),
        Err(reason) => Err(Refusal::Hostile(reason).into()),
    }
}

/// One mail, if it is one and within what real mail keeps.
pub(crate) fn single(bytes: Vec<u8>) -> Result<Mail, Reason> {
    message::parsed(bytes, None)?.ok_or(Reason::Malformed)
}

#[cfg(test)]
mod tests;
