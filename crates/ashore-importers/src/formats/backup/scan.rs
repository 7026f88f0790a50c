//! Where one record of a backup begins and ends, in a file that may be huge or broken.
//!
//! A whole-file XML parser gives up at the first mistake and gathers an attribute of any length. Here a record ends
//! where it must: at its own end, or at the first sign that another begins. Entities and declarations mean nothing.

use std::io::{self, Read};

use crate::window::{MOST_RECORD, Window};

/// What stands at a place of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Root,
    RootEnd,
    Sms,
    Mms,
    Call,
}

/// How the record there ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// At its own end.
    Whole,
    /// Another begins before it ends.
    Broken,
    /// The file ends first.
    CutOff,
}

/// Tags we know, by how they begin.
const TAGS: [(&[u8], Kind); 9] = [
    (b"<smses", Kind::Root),
    (b"<allsms", Kind::Root),
    (b"<calls", Kind::Root),
    (b"</smses", Kind::RootEnd),
    (b"</allsms", Kind::RootEnd),
    (b"</calls", Kind::RootEnd),
    (b"<sms", Kind::Sms),
    (b"<mms", Kind::Mms),
    (b"<call", Kind::Call),
];

/// What `bytes` begin with, as far as we know it.
fn known(bytes: &[u8]) -> Option<Kind> {
    TAGS.iter().find_map(|(tag, kind)| {
        let rest = bytes.strip_prefix(*tag)?;
        // The name ends here: `<smsc` is another's.
        rest.first()
            .is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
            .then_some(*kind)
    })
}

/// The next thing we know, which is being gathered in `window` from its `<`; `None` at the end of the file.
/// The window stands behind its end.
pub(crate) fn next<R: Read>(window: &mut Window<R>) -> io::Result<Option<(Kind, End, u64)>> {
    while window.seek(b'<')? {
        let ahead = window.peek(10)?;
        if ahead.starts_with(b"<!--") {
            window.skip(4);
            window.seek_behind(b"-->")?;
            continue;
        }
        if ahead.starts_with(b"<!DOCTYPE") {
            declarations(window)?;
            continue;
        }
        let Some(kind) = known(ahead) else {
            window.skip(1);
            continue;
        };
        let offset = window.offset();
        window.begin();
        window.skip(1);
        if kind != Kind::Mms && well_formed(window)? {
            return Ok(Some((kind, End::Whole, offset)));
        }
        let end = match tag(window)? {
            Tag::Whole => End::Whole,
            Tag::Open if kind == Kind::Mms => children(window)?,
            Tag::Open => End::Whole,
            Tag::Broken => End::Broken,
            Tag::CutOff => End::CutOff,
        };
        return Ok(Some((kind, end, offset)));
    }
    Ok(None)
}

/// Almost always no `<` stands in a record and the last sign before the next one is its `>`: then nothing needs to be
/// looked at closely. Otherwise the window stands where it stood.
fn well_formed<R: Read>(window: &mut Window<R>) -> io::Result<bool> {
    window.seek(b'<')?;
    // Behind a value or a slash: a `>` within a value may stand before a bare `<` too.
    let ends = |record: &[u8]| {
        let inner = record.trim_ascii_end().strip_suffix(b">").unwrap_or_default().trim_ascii_end();
        matches!(inner, [.., b'"' | b'\'' | b'/'])
    };
    let whole = window.so_far(MOST_RECORD).is_some_and(ends);
    if !whole {
        window.back_to(1);
    }
    Ok(whole)
}

enum Tag {
    /// `/>`
    Whole,
    /// `>`
    Open,
    Broken,
    CutOff,
}

/// Goes behind the tag that has begun.
fn tag<R: Read>(window: &mut Window<R>) -> io::Result<Tag> {
    let mut last = 0;
    let mut quote = None;
    loop {
        let ahead = window.ahead()?;
        if ahead.is_empty() {
            return Ok(Tag::CutOff);
        }
        if let Some(sign) = quote {
            match memchr::memchr2(sign, b'<', ahead) {
                None => {
                    let all = ahead.len();
                    window.skip(all);
                }
                Some(at) if ahead.get(at) == Some(&sign) => {
                    window.skip(at + 1);
                    quote = None;
                    last = sign;
                }
                Some(at) => {
                    window.skip(at);
                    // No program writes this inside quotes: the quote was never closed.
                    if belongs_elsewhere(window.peek(10)?) {
                        return Ok(Tag::Broken);
                    }
                    window.skip(1);
                }
            }
            continue;
        }
        let Some(at) = ahead.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'>' | b'<')) else {
            last = ahead.last().copied().unwrap_or(last);
            let all = ahead.len();
            window.skip(all);
            continue;
        };
        let (found, before) =
            (ahead.get(at).copied(), at.checked_sub(1).and_then(|at| ahead.get(at)).copied());
        match found {
            Some(b'>') => {
                window.skip(at + 1);
                return Ok(if before.unwrap_or(last) == b'/' { Tag::Whole } else { Tag::Open });
            }
            Some(b'<') => {
                window.skip(at);
                return Ok(Tag::Broken);
            }
            sign => {
                window.skip(at + 1);
                quote = sign;
            }
        }
    }
}

/// A tag of the backup's own language.
fn belongs_elsewhere(bytes: &[u8]) -> bool {
    known(bytes).is_some()
        || [&b"</mms"[..], b"<part", b"</part", b"<addr", b"</addr"].iter().any(|tag| bytes.starts_with(tag))
}

/// Goes behind `</mms>`.
fn children<R: Read>(window: &mut Window<R>) -> io::Result<End> {
    while window.seek(b'<')? {
        let ahead = window.peek(10)?;
        if ahead.starts_with(b"</mms") {
            window.skip(5);
            return Ok(match tag(window)? {
                Tag::CutOff => End::CutOff,
                _ => End::Whole,
            });
        }
        if known(ahead).is_some() {
            return Ok(End::Broken);
        }
        window.skip(1);
        match tag(window)? {
            Tag::CutOff => return Ok(End::CutOff),
            Tag::Broken if !belongs_elsewhere(window.peek(10)?) => return Ok(End::Broken),
            _ => {}
        }
    }
    Ok(End::CutOff)
}

/// Goes behind a document type with all it declares; nothing of it is ever used.
fn declarations<R: Read>(window: &mut Window<R>) -> io::Result<()> {
    let mut inside = false;
    loop {
        let ahead = window.ahead()?;
        if ahead.is_empty() {
            return Ok(());
        }
        let Some(at) = ahead.iter().position(|byte| matches!(byte, b'[' | b']' | b'>' | b'"' | b'\'')) else {
            let all = ahead.len();
            window.skip(all);
            continue;
        };
        let found = ahead.get(at).copied();
        window.skip(at + 1);
        match found {
            Some(b'[') => inside = true,
            Some(b']') => inside = false,
            Some(b'>') if !inside => return Ok(()),
            Some(quote @ (b'"' | b'\'')) => {
                window.seek_behind(&[quote])?;
            }
            _ => {}
        }
    }
}
