//! Tables as workbooks, within bounds that are measured before they are opened.

use std::io::{Cursor, Read, Seek};
use std::panic::AssertUnwindSafe;

use calamine::{Data, DataRef, ExcelDateTime, Reader, Xls, Xlsx};
use zip::ZipArchive;

use super::Table;
use crate::count::Counting;
use crate::formats::sms_ie::Bounded;
use crate::{Container, ReadError, Refusal};

/// The largest workbook file.
const MOST_FILE: u64 = 32 << 20;
/// The most its parts may unfold to together.
const MOST_UNFOLDED: u64 = 128 << 20;
const MOST_CELLS: usize = 2_000_000;
const MOST_COLUMNS: u32 = 1_024;
const MOST_TEXT: usize = 64 << 20;

/// Reads every sheet.
pub(super) fn read<S: Read + Seek>(
    source: &mut S,
    table: &mut Table<'_>,
    out: &mut Counting<'_>,
) -> Result<(), ReadError> {
    let mut bytes = Vec::new();
    source.rewind()?;
    source.take(MOST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_FILE {
        return Err(Refusal::TooLarge { limit: MOST_FILE }.into());
    }
    match table.container {
        Container::Xlsx => xlsx(&bytes, table, out),
        _ => xls(&bytes, table, out),
    }
}

/// The library panics on some broken workbooks: one more way to be broken. It is handed nothing that could be left
/// half-changed.
fn guarded<T, E>(part: impl FnOnce() -> Result<T, E>) -> Result<T, Refusal> {
    match std::panic::catch_unwind(AssertUnwindSafe(part)) {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(_)) | Err(_) => Err(Refusal::Broken),
    }
}

fn xlsx(bytes: &[u8], table: &mut Table<'_>, out: &mut Counting<'_>) -> Result<(), ReadError> {
    measured(bytes)?;
    let mut book = guarded(|| Xlsx::new(Cursor::new(bytes)))?;
    let mut room = Room { cells: MOST_CELLS, text: MOST_TEXT };
    for name in book.sheet_names() {
        let Ok(mut cells) = guarded(|| book.worksheet_cells_reader(&name)) else { continue };
        let mut sheet = table.sheet(Some(name));
        let mut row: Option<(u32, Vec<String>)> = None;
        // Cells come in the order of the file, which is that of rows; no dense table is ever built.
        while let Some(cell) = guarded(|| cells.next_cell())? {
            let (at, column) = cell.get_position();
            let text = shown_ref(cell.get_value());
            room.take(&text)?;
            if text.is_empty() || column >= MOST_COLUMNS {
                continue;
            }
            if row.as_ref().is_some_and(|(number, _)| *number != at)
                && let Some((number, cells)) = row.take()
            {
                sheet.row(u64::from(number) + 1, cells, table, out)?;
            }
            let (_, cells) = row.get_or_insert_with(|| (at, Vec::new()));
            place(cells, column, text);
        }
        if let Some((number, cells)) = row {
            sheet.row(u64::from(number) + 1, cells, table, out)?;
        }
        sheet.end(table, out)?;
    }
    Ok(())
}

fn xls(bytes: &[u8], table: &mut Table<'_>, out: &mut Counting<'_>) -> Result<(), ReadError> {
    super::biff::check(bytes, MOST_CELLS as u64)?;
    let mut book = guarded(|| Xls::new(Cursor::new(bytes)))?;
    let mut room = Room { cells: MOST_CELLS, text: MOST_TEXT };
    for name in book.sheet_names() {
        let Ok(range) = guarded(|| book.worksheet_range(&name)) else { continue };
        let mut sheet = table.sheet(Some(name));
        let first = range.start().map_or(0, |(row, _)| u64::from(row));
        let margin = range.start().map_or(0, |(_, column)| column);
        for (number, cells) in (first + 1..).zip(range.rows()) {
            let mut row = Vec::new();
            for (column, cell) in (margin..).zip(cells) {
                let text = shown(cell);
                room.take(&text)?;
                if !text.is_empty() && column < MOST_COLUMNS {
                    place(&mut row, column, text);
                }
            }
            sheet.row(number, row, table, out)?;
        }
        sheet.end(table, out)?;
    }
    Ok(())
}

struct Room {
    cells: usize,
    text: usize,
}

impl Room {
    fn take(&mut self, text: &str) -> Result<(), Refusal> {
        let left = self.cells.checked_sub(1).zip(self.text.checked_sub(text.len()));
        (self.cells, self.text) = left.ok_or(Refusal::TooLarge { limit: MOST_CELLS as u64 })?;
        Ok(())
    }
}

fn place(cells: &mut Vec<String>, column: u32, text: String) {
    let column = column as usize;
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    if let Some(cell) = cells.get_mut(column) {
        *cell = text;
    }
}

/// A workbook's parts are unfolded once to nowhere, so that what they claim of their size need not be believed.
fn measured(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
    let mut whole = 0;
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index(index) else { continue };
        let left = MOST_UNFOLDED.saturating_sub(whole) + 1;
        let size =
            std::io::copy(&mut Bounded::new(entry).take(left), &mut std::io::sink()).map_err(|error| {
                if error.kind() == std::io::ErrorKind::FileTooLarge { Refusal::Bomb } else { Refusal::Broken }
            })?;
        whole += size;
        if whole > MOST_UNFOLDED {
            return Err(Refusal::TooLarge { limit: MOST_UNFOLDED });
        }
    }
    Ok(())
}

fn shown_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => shown_moment(moment),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn shown(value: &Data) -> String {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(flag) => flag.to_string(),
        Data::DateTime(moment) => shown_moment(moment),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

fn shown_moment(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if year < 1990 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date} {hour:02}:{minute:02}:{second:02}")
    }
}
