//! Many mails in one file, each after a line that begins with `From `.

use std::io::Read;

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeZone};

use super::message;
use crate::count::Counting;
use crate::window::Window;
use crate::{Item, Place, ReadError, Reason, SHANGHAI};

/// Reads one mail after another.
pub(crate) fn read<R: Read>(source: R, out: &mut Counting<'_>) -> Result<(), ReadError> {
    let mut window = Window::new(source);
    let mut number = 0;
    let mut date = None;
    // Until its separator nothing is a mail.
    let mut inside = false;
    let mut offset = window.offset();
    let mut after_empty = true;
    window.begin();
    loop {
        let ahead = window.peek(512)?;
        let ended = ahead.is_empty();
        let separates = !ended && ahead.starts_with(b"From ") && separator(ahead, after_empty);
        if ended || separates {
            if inside {
                number += 1;
                mail(window.gathered(), Place::Record { number, offset }, date, out)?;
            }
            if ended {
                return Ok(());
            }
            date = separator_date(window.peek(512)?);
            next_line(&mut window)?;
            inside = true;
            after_empty = false;
            offset = window.offset();
            window.begin();
            continue;
        }
        after_empty = matches!(ahead, [b'\n', ..] | [b'\r', b'\n', ..]);
        next_line(&mut window)?;
    }
}

fn next_line<R: Read>(window: &mut Window<R>) -> Result<(), ReadError> {
    if window.seek(b'\n')? {
        window.skip(1);
    }
    Ok(())
}

/// Whether a line beginning with `From ` stands between two mails. Programs differ in what they write there and in
/// what they escape in texts, so what follows is asked, too: a separator has a header after it.
fn separator(ahead: &[u8], after_empty: bool) -> bool {
    let mut lines = ahead.split(|byte| *byte == b'\n');
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let timed =
        first.windows(3).any(|w| matches!(w, [a, b':', b] if a.is_ascii_digit() && b.is_ascii_digit()));
    let name = second.split(|byte| *byte == b':').next().unwrap_or_default();
    let header = second.contains(&b':') && !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    (after_empty && (timed || header)) || (timed && header)
}

/// `From x@y Thu Jan  1 00:00:00 2026` or with an offset before the year.
fn separator_date(ahead: &[u8]) -> Option<DateTime<FixedOffset>> {
    let line = String::from_utf8_lossy(ahead.split(|byte| *byte == b'\n').next()?).into_owned();
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.iter().position(|w| ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(w))?;
    match words.get(at..)? {
        [_, month, day, time, offset, year, ..] if offset.starts_with(['+', '-']) => {
            DateTime::parse_from_str(&format!("{month} {day} {time} {offset} {year}"), "%b %d %H:%M:%S %z %Y")
                .ok()
        }
        [_, month, day, time, year, ..] => {
            NaiveDateTime::parse_from_str(&format!("{month} {day} {time} {year}"), "%b %d %H:%M:%S %Y")
                .ok()
                .map(|utc| SHANGHAI.from_utc_datetime(&utc))
        }
        _ => None,
    }
}

fn mail(
    gathered: Option<&[u8]>,
    place: Place,
    date: Option<DateTime<FixedOffset>>,
    out: &mut Counting<'_>,
) -> Result<(), ReadError> {
    let Some(bytes) = gathered else { return out.left_out(place, Reason::TooLarge) };
    match message::parsed(unquoted(bytes), date) {
        Ok(Some(mail)) => out.item(Item::Mail(Box::new(mail))),
        Ok(None) => out.left_out(place, Reason::Malformed),
        Err(reason) => out.left_out(place, reason),
    }
}

/// The mail as it was before it was put into the file: `>From ` was `From `, and the empty line after it is the
/// file's own.
fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes
        .strip_suffix(b"\r\n\r\n")
        .map_or_else(
            || if bytes.ends_with(b"\n\n") { bytes.get(..bytes.len() - 1) } else { None },
            |_| bytes.get(..bytes.len() - 2),
        )
        .unwrap_or(bytes);
    let mut mail = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let quotes = line.iter().take_while(|byte| **byte == b'>').count();
        let quoted = quotes > 0 && line.get(quotes..).is_some_and(|rest| rest.starts_with(b"From "));
        mail.extend_from_slice(line.get(usize::from(quoted)..).unwrap_or_default());
    }
    mail
}
