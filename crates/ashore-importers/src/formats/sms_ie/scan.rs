//! Where one JSON object begins and ends in a file that may be huge or broken.

use std::io::{self, Read};

use crate::window::Window;

/// How the object there ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Whole,
    /// Its line ends first, and the next line begins another.
    Broken,
    CutOff,
    /// It is none: text stands where one should begin.
    Stray,
}

/// The next object at the top of the file or of its array, gathered in `window`; `None` at the end of the file.
pub(super) fn next<R: Read>(window: &mut Window<R>) -> io::Result<Option<(End, u64)>> {
    if !between(window)? {
        return Ok(None);
    }
    let offset = window.offset();
    window.begin();
    if window.peek(1)? != b"{" {
        stray(window)?;
        return Ok(Some((End::Stray, offset)));
    }
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    loop {
        let ahead = window.ahead()?;
        if ahead.is_empty() {
            return Ok(Some((End::CutOff, offset)));
        }
        let mut at = 0;
        while let Some(byte) = ahead.get(at) {
            at += 1;
            if quoted {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    b'"' => quoted = false,
                    // No JSON has a bare line break in quotes: the quote was never closed.
                    b'\n' => {
                        window.skip(at);
                        return Ok(Some((End::Broken, offset)));
                    }
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => quoted = true,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        window.skip(at);
                        return Ok(Some((End::Whole, offset)));
                    }
                }
                // A line that begins an object while one is open at its first level: that one was cut.
                b'\n' if ahead.get(at) == Some(&b'{') => {
                    window.skip(at);
                    return Ok(Some((End::Broken, offset)));
                }
                _ => {}
            }
        }
        window.skip(at);
    }
}

/// Goes over what may stand between objects; false at the end of the file.
fn between<R: Read>(window: &mut Window<R>) -> io::Result<bool> {
    loop {
        let ahead = window.ahead()?;
        if ahead.is_empty() {
            return Ok(false);
        }
        let other = |byte: &u8| !byte.is_ascii_whitespace() && !matches!(byte, b',' | b'[' | b']');
        match ahead.iter().position(other) {
            Some(at) => {
                window.skip(at);
                return Ok(true);
            }
            None => {
                let all = ahead.len();
                window.skip(all);
            }
        }
    }
}

/// Goes to the end of the line, or to where an object begins.
fn stray<R: Read>(window: &mut Window<R>) -> io::Result<()> {
    loop {
        let ahead = window.ahead()?;
        if ahead.is_empty() {
            return Ok(());
        }
        match memchr::memchr2(b'\n', b'{', ahead) {
            Some(at) => {
                window.skip(at);
                return Ok(());
            }
            None => {
                let all = ahead.len();
                window.skip(all);
            }
        }
    }
}
