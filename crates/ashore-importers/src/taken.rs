//! For tests: what came of reading some bytes.

use std::io::Cursor;

use crate::{
    Call, Format, Item, LeftOut, Mail, Message, Outline, Place, ReadError, Reason, Refusal, Request, Sink,
    Stopped, Summary, Transaction, Warning, read,
};

/// Everything a reading handed over.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub(crate) format: Option<Format>,
    pub(crate) items: Vec<Item>,
    pub(crate) left_out: Vec<LeftOut>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) outline: Option<Outline>,
}

impl Sink for Taken {
    fn format(&mut self, format: Format) -> Result<(), Stopped> {
        self.format = Some(format);
        Ok(())
    }
    fn item(&mut self, item: Item) -> Result<(), Stopped> {
        self.items.push(item);
        Ok(())
    }
    fn left_out(&mut self, left_out: LeftOut) -> Result<(), Stopped> {
        self.left_out.push(left_out);
        Ok(())
    }
    fn warning(&mut self, warning: Warning) -> Result<(), Stopped> {
        self.warnings.push(warning);
        Ok(())
    }
    fn outline(&mut self, outline: Outline) -> Result<(), Stopped> {
        self.outline = Some(outline);
        Ok(())
    }
}

impl Taken {
    pub(crate) fn messages(&self) -> Vec<&Message> {
        self.items.iter().map(|i| if let Item::Message(m) = i { &**m } else { panic!("{i:?}") }).collect()
    }
    pub(crate) fn calls(&self) -> Vec<&Call> {
        self.items.iter().map(|i| if let Item::Call(c) = i { &**c } else { panic!("{i:?}") }).collect()
    }
    pub(crate) fn mails(&self) -> Vec<&Mail> {
        self.items.iter().map(|i| if let Item::Mail(m) = i { &**m } else { panic!("{i:?}") }).collect()
    }
    pub(crate) fn transactions(&self) -> Vec<&Transaction> {
        self.items.iter().map(|i| if let Item::Transaction(t) = i { &**t } else { panic!("{i:?}") }).collect()
    }
    pub(crate) fn reasons(&self) -> Vec<Reason> {
        self.left_out.iter().map(|left| left.reason).collect()
    }
    pub(crate) fn places(&self) -> Vec<&Place> {
        self.left_out.iter().map(|left| &left.place).collect()
    }
}

pub(crate) fn with(request: &Request, bytes: &[u8]) -> (Taken, Result<Summary, ReadError>) {
    let mut taken = Taken::default();
    let summary = read(request, &mut Cursor::new(bytes), &mut taken);
    if let Ok(summary) = &summary {
        assert_eq!(summary.taken, taken.items.len() as u64);
        assert_eq!(summary.found, summary.taken + summary.left_out);
    }
    (taken, summary)
}

/// What a file holds; it must be read.
pub(crate) fn from(bytes: &[u8]) -> Taken {
    let (taken, summary) = with(&Request::default(), bytes);
    summary.unwrap();
    taken
}

/// Why a file is not read; it must not be.
pub(crate) fn refused(bytes: &[u8]) -> Refusal {
    match with(&Request::default(), bytes).1 {
        Err(ReadError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}
