//! Seeds of every format, bent at random: whatever comes, reading ends, counts tie out, and what is said over the pipe
//! is what is heard. The same promises that `make fuzz` holds for longer; the sequence is the same on every run.

#![allow(clippy::unwrap_used)] // in a helper, where the lint does not see that this is a test

use std::io::Cursor;

use ashore_importers::frame::{Event, Reader, Writer};
use ashore_importers::{
    Container, Format, Item, LeftOut, Outline, Request, Sink, Statement, Stopped, Warning, read,
};

#[derive(Default)]
struct Promises {
    taken: u64,
}

impl Sink for Promises {
    fn format(&mut self, _: Format) -> Result<(), Stopped> {
        Ok(())
    }
    fn item(&mut self, item: Item) -> Result<(), Stopped> {
        self.taken += 1;
        if let Item::Transaction(transaction) = &item {
            assert!(!transaction.amount.is_negative());
        }
        let _ = item.identity();
        let mut pipe = Vec::new();
        let event = Event::Item(item);
        Writer::new(&mut pipe).say(&event).unwrap();
        assert_eq!(Reader::new(pipe.as_slice()).hear().unwrap(), Some(event));
        Ok(())
    }
    fn left_out(&mut self, left_out: LeftOut) -> Result<(), Stopped> {
        let _ = left_out.place.to_string();
        Ok(())
    }
    fn warning(&mut self, _: Warning) -> Result<(), Stopped> {
        Ok(())
    }
    fn outline(&mut self, _: Outline) -> Result<(), Stopped> {
        Ok(())
    }
}

/// A sequence that is the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most.max(1)
    }
}

/// Signs on which parsers turn.
const TURNS: [&[u8]; 28] = [
    b"<",
    b">",
    b"\"",
    b"'",
    b"&",
    b"&#55357;",
    b"&#0;",
    b"<sms ",
    b"<mms ",
    b"</mms>",
    b"<!--",
    b"<!DOCTYPE x [",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\",
    b"\n",
    b"\r\n",
    b"\r\n\r\n",
    b"--b",
    b"--b--",
    b"\nFrom ",
    b",",
    b"\t",
    b"\xFF\xFE",
    b"\x00",
    b"\xE4\xBD",
];

fn bent(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..1 + dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        match dice.below(6) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap_or_default(),
            2 => {
                let turn = TURNS[dice.below(TURNS.len())];
                bytes.splice(at..at, turn.iter().copied());
            }
            3 => {
                let end = (at + dice.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + dice.below(80)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            _ => {
                let turn = TURNS[dice.below(TURNS.len())].repeat(1 + dice.below(200));
                bytes.splice(at..at, turn);
            }
        }
    }
    bytes
}

fn hold(format: Option<Format>, seeds: &[&[u8]], rounds: usize) {
    let mut dice = Dice(7);
    for round in 0..rounds {
        let bytes = bent(seeds[round % seeds.len()], &mut dice);
        let mut promises = Promises::default();
        let request = Request { format, mapping: None };
        if let Ok(summary) = read(&request, &mut Cursor::new(&bytes), &mut promises) {
            assert_eq!(summary.taken, promises.taken);
            assert_eq!(summary.found, summary.taken + summary.left_out);
        }
    }
}

const BACKUP: &[u8] = include_bytes!("../../../fuzz/seeds/backup/messages.xml");
const CALLS: &[u8] = include_bytes!("../../../fuzz/seeds/backup/calls.xml");
const LINES: &[u8] = include_bytes!("../../../fuzz/seeds/sms_ie/lines.ndjson");
const MAIL: &[u8] = include_bytes!("../../../fuzz/seeds/mail/mail.eml");
const MBOX: &[u8] = include_bytes!("../../../fuzz/seeds/mbox/two.mbox");
const WECHAT: &[u8] = include_bytes!("../../../fuzz/seeds/csv/wechat.csv");
const CMB: &[u8] = include_bytes!("../../../fuzz/seeds/csv/cmb.csv");
/// Enough for every turn of every parser; `make fuzz` goes on from here.
const ROUNDS: usize = 1_000;

#[test]
fn bent_backups() {
    hold(Some(Format::SmsBackup), &[BACKUP, CALLS], ROUNDS);
}

#[test]
fn bent_lines_of_json() {
    hold(Some(Format::SmsIeNdjson), &[LINES], ROUNDS);
}

#[test]
fn bent_mails() {
    hold(Some(Format::Eml), &[MAIL], ROUNDS);
    hold(Some(Format::Mbox), &[MBOX], ROUNDS);
}

#[test]
fn bent_statements() {
    let csv = Format::Table { container: Container::Csv, statement: Statement::Other };
    hold(Some(csv), &[WECHAT, CMB], ROUNDS);
}

#[test]
fn bent_archives_and_workbooks() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in
        [("messages.ndjson", LINES), ("data/a.png", b"x"), ("xl/workbook.xml", b"<workbook/>")]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let mut book = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    book.create_stream("/Workbook").unwrap().write_all(&[9, 8, 4, 0, 0, 6, 5, 0, 10, 0, 0, 0]).unwrap();
    let book = book.into_inner().into_inner();
    hold(Some(Format::SmsIeZip), &[&zip], ROUNDS / 4);
    for container in [Container::Xlsx, Container::Xls] {
        let seed: &[u8] = if container == Container::Xls { &book } else { &zip };
        hold(Some(Format::Table { container, statement: Statement::Other }), &[seed], ROUNDS / 4);
    }
}

#[test]
fn anything_may_be_anything() {
    hold(None, &[BACKUP, CALLS, LINES, MAIL, MBOX, WECHAT, CMB], ROUNDS);
}
