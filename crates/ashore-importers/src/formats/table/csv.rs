//! Tables as text: encoding and separator are found out, rows come one by one.

use std::io::{Read, Seek, SeekFrom};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{Sheet, Table};
use crate::count::Counting;
use crate::detect::HEAD;
use crate::encoding::{decode_head, encoding_of, recoded};
use crate::statement::by_header;
use crate::window::Window;
use crate::{Place, ReadError, Reason, Warning};

/// The longest row: cells of statements are short.
const MOST_ROW: usize = 1 << 20;
/// A quoted cell over more lines than this is a quote that was never closed.
const MOST_LINES: usize = 64;
const MOST_CELLS: usize = 1024;

/// Reads the whole text.
pub(super) fn read<S: Read + Seek>(
    source: &mut S,
    table: &mut Table<'_>,
    out: &mut Counting<'_>,
) -> Result<(), ReadError> {
    let (encoding, mark, lossy) = encoding(source)?;
    let head = head(source)?;
    if lossy {
        out.warning(Warning::CharactersLost(Place::File))?;
    }
    let separator = separator(&decode_head(&head).replace('\r', "\n"));
    source.seek(SeekFrom::Start(mark))?;
    // Programs of an older kind end their lines with a carriage return alone.
    let returns = !head.contains(&b'\n') && head.contains(&b'\r');
    let mut window = Window::new(Lines { text: recoded(source, encoding), returns });
    let mut sheet = table.sheet(None);
    let mut line = 1;
    loop {
        if window.ahead()?.is_empty() {
            return sheet.end(table, out);
        }
        line += next(&mut window, separator, line, &mut sheet, table, out)?;
    }
}

/// A text whose lines end as rows do.
struct Lines<R> {
    text: R,
    returns: bool,
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.text.read(into)?;
        if self.returns {
            into.iter_mut().take(read).filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        Ok(read)
    }
}

fn head<S: Read + Seek>(source: &mut S) -> Result<Vec<u8>, ReadError> {
    let mut head = Vec::new();
    source.rewind()?;
    source.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The encoding that explains the whole text, the length of its mark, and whether some of it stays unexplained.
fn encoding<S: Read + Seek>(source: &mut S) -> Result<(&'static Encoding, u64, bool), ReadError> {
    let (by_head, mark) = encoding_of(&head(source)?, false);
    if by_head != UTF_8 && by_head != GB18030 {
        return Ok((by_head, mark as u64, false));
    }
    // A mark is a claim like any other: programs put that of UTF-8 before what they leave in GBK.
    let (utf8, gb) = (faults(source, mark as u64, UTF_8)?, faults(source, mark as u64, GB18030)?);
    // A text in UTF-8 with a damaged byte is still one.
    Ok(if utf8 <= gb { (UTF_8, mark as u64, utf8 > 0) } else { (GB18030, mark as u64, gb > 0) })
}

/// How many places of the text behind its mark this encoding does not explain.
fn faults<S: Read + Seek>(source: &mut S, from: u64, encoding: &'static Encoding) -> Result<u64, ReadError> {
    source.seek(SeekFrom::Start(from))?;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut raw, mut text) = (vec![0; 64 << 10], vec![0; 256 << 10]);
    let mut faults = 0;
    loop {
        let read = source.read(&mut raw)?;
        let mut rest = raw.get(..read).unwrap_or_default();
        loop {
            let (result, used, _) = decoder.decode_to_utf8_without_replacement(rest, &mut text, read == 0);
            rest = rest.get(used..).unwrap_or_default();
            match result {
                encoding_rs::DecoderResult::InputEmpty => break,
                encoding_rs::DecoderResult::OutputFull => {}
                encoding_rs::DecoderResult::Malformed(..) => faults += 1,
            }
        }
        if read == 0 {
            return Ok(faults);
        }
    }
}

/// What stands between the cells: what gives a header that is known, else what is most frequent.
pub(crate) fn separator(head: &str) -> u8 {
    let candidates = [b',', b'\t', b';', b'|'];
    let known = |separator: &u8| {
        head.lines().any(|line| {
            let bare = |cell: &str| cell.trim().trim_matches('"').to_owned();
            let cells: Vec<String> = line.split(char::from(*separator)).map(bare).collect();
            by_header(&cells).is_some()
        })
    };
    candidates.iter().copied().find(known).unwrap_or_else(|| {
        // Rows of one table have equally many: the separator that most lines agree on.
        let agreed = |separator: u8| {
            let mut counts: Vec<usize> = head
                .lines()
                .take(200)
                .map(|line| outside_quotes(line, separator))
                .filter(|n| *n > 0)
                .collect();
            counts.sort_unstable();
            let middle = counts.get(counts.len() / 2).copied().unwrap_or_default();
            counts.iter().filter(|n| **n == middle).count() * middle.min(8)
        };
        candidates.into_iter().rev().max_by_key(|separator| agreed(*separator)).unwrap_or(b',')
    })
}

/// How often the separator stands where it separates.
fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        count += usize::from(!quoted && byte == separator);
    }
    count
}

fn csv_reader(separator: u8, quoting: bool) -> Reader {
    ReaderBuilder::new().delimiter(separator).quoting(quoting).build()
}

/// Takes one row and says how many lines it had.
fn next<R: Read>(
    window: &mut Window<R>,
    separator: u8,
    line: u64,
    sheet: &mut Sheet,
    table: &mut Table<'_>,
    out: &mut Counting<'_>,
) -> Result<u64, ReadError> {
    window.begin();
    let mut lines = 0_u64;
    // As many lines as its quotes ask for.
    loop {
        let more = window.seek(b'\n')?;
        window.skip(usize::from(more));
        lines += 1;
        let Some(row) = window.so_far(MOST_ROW) else {
            let _ = window.gathered();
            out.left_out(Place::Row { sheet: None, row: line }, Reason::TooLarge)?;
            return Ok(lines);
        };
        let quoted_on = more && open_quote(row, separator);
        if !quoted_on {
            let cells = cells(row, separator, true);
            let _ = window.gathered();
            sheet.row(line, cells, table, out)?;
            return Ok(lines);
        }
        if lines as usize >= MOST_LINES || window.ahead()?.is_empty() {
            // The quote was never closed: its line stands for itself, and reading goes on after it.
            let first = row_end(window.so_far(MOST_ROW).unwrap_or_default());
            window.back_to(first);
            let cells = cells(window.so_far(MOST_ROW).unwrap_or_default(), separator, false);
            let _ = window.gathered();
            sheet.row(line, cells, table, out)?;
            return Ok(1);
        }
    }
}

fn row_end(bytes: &[u8]) -> usize {
    memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1)
}

/// Whether a quoted cell is still open where the row ends.
fn open_quote(row: &[u8], separator: u8) -> bool {
    let (mut open, mut begins) = (false, true);
    let mut bytes = row.iter().peekable();
    while let Some(byte) = bytes.next() {
        if open {
            if *byte == b'"' && bytes.next_if(|next| **next == b'"').is_none() {
                open = false;
            }
        } else {
            open = begins && *byte == b'"';
        }
        begins = !open && *byte == separator;
    }
    open
}

fn cells(row: &[u8], separator: u8, quoting: bool) -> Vec<String> {
    let mut reader = csv_reader(separator, quoting);
    let (mut text, mut ends) = (vec![0; row.len() + 1], vec![0; MOST_CELLS]);
    let (result, used, written, mut count) = reader.read_record(row, &mut text, &mut ends);
    if matches!(result, ReadRecordResult::InputEmpty) {
        let rest = text.get_mut(written..).unwrap_or_default();
        let (_, _, _, more) = reader.read_record(
            row.get(used..).unwrap_or_default(),
            rest,
            ends.get_mut(count..).unwrap_or_default(),
        );
        count += more;
    }
    let mut start = 0;
    ends.iter()
        .take(count)
        .map(|end| {
            let cell = text.get(start..*end).unwrap_or_default();
            start = *end;
            String::from_utf8_lossy(cell).into_owned()
        })
        .collect()
}
