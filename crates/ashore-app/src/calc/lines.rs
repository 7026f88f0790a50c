use std::io::{self, BufRead, Read};

use crate::{AppError, ErrorCode};

/// The longest line that is read: far more than 600 rows or 5,000 payments take.
const LONGEST: u64 = 8 * 1024 * 1024;

/// Lines of a stream, blank ones left out, none kept longer than until the next.
pub(super) struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
}

/// One line.
pub(super) enum Line<'a> {
    /// To be answered.
    Text(&'a str),
    /// Not even text, or too long to hold.
    Refused(AppError),
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(input: R) -> Self {
        Self { input, buffer: Vec::new() }
    }

    /// The next line that is not blank.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            self.buffer.clear();
            let read = (&mut self.input).take(LONGEST).read_until(b'\n', &mut self.buffer)?;
            if read == 0 {
                return Ok(None);
            }
            if read as u64 == LONGEST && self.buffer.last() != Some(&b'\n') {
                self.buffer = Vec::new();
                self.skip_line()?;
                let message = format!("a line has at most {LONGEST} bytes");
                return Ok(Some(Line::Refused(AppError::new(ErrorCode::FieldTooLong, message))));
            }
            if !self.buffer.trim_ascii().is_empty() {
                break;
            }
        }
        Ok(Some(match std::str::from_utf8(&self.buffer) {
            Ok(text) => Line::Text(text),
            Err(_) => Line::Refused(AppError::new(ErrorCode::BadRequest, "not UTF-8 text")),
        }))
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.input.fill_buf()?;
            if ahead.is_empty() {
                return Ok(());
            }
            match ahead.iter().position(|byte| *byte == b'\n') {
                Some(end) => {
                    self.input.consume(end + 1);
                    return Ok(());
                }
                None => {
                    let all = ahead.len();
                    self.input.consume(all);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_vanish_and_a_monstrous_one_is_refused_alone() {
        let mut input = b"\n  \n{\"a\":1}\r\n".to_vec();
        input.extend(vec![b'x'; usize::try_from(LONGEST).unwrap() + 10]);
        input.extend(b"\n\xff\nlast");
        let mut lines = Lines::new(io::Cursor::new(input));
        assert!(matches!(lines.next().unwrap(), Some(Line::Text(t)) if t.trim() == "{\"a\":1}"));
        assert!(matches!(lines.next().unwrap(), Some(Line::Refused(e)) if e.code == ErrorCode::FieldTooLong));
        assert!(matches!(lines.next().unwrap(), Some(Line::Refused(e)) if e.code == ErrorCode::BadRequest));
        assert!(matches!(lines.next().unwrap(), Some(Line::Text("last"))));
        assert!(lines.next().unwrap().is_none());
    }
}
