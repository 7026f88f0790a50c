//! What an older workbook claims to be, told before it is opened.
//!
//! The library builds a dense table from the first to the last cell; one cell in the last corner would ask for more
//! memory than there is. So the records are walked first, and no cell may lie that far out.

use std::io::{Cursor, Read};

use crate::Refusal;

/// The record that says the rest is encrypted.
const FILE_PASS: u16 = 0x002F;
/// Where a sheet or the workbook itself begins.
const BEGIN: u16 = 0x0809;
/// How far a sheet says it reaches; the library sets aside as much memory.
const DIMENSIONS: u16 = 0x0200;
/// No such sheet has more.
const MOST_ROWS: u32 = 1 << 16;
/// Cells: each begins with its row and its column.
const CELLS: [u16; 11] =
    [0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x0406];

/// Why these bytes are not opened.
pub(super) fn check(bytes: &[u8], most_cells: u64) -> Result<(), Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
    if file.is_stream("/EncryptedPackage") {
        return Err(Refusal::Encrypted);
    }
    let name = ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"].into_iter().find(|name| file.is_stream(name));
    let mut stream = Vec::new();
    file.open_stream(name.ok_or(Refusal::Broken)?)
        .and_then(|stream_of| stream_of.take(bytes.len() as u64).read_to_end(&mut stream))
        .map_err(|_| Refusal::Broken)?;
    let (mut rows, mut columns, mut whole) = (0_u64, 0_u64, 0_u64);
    let mut rest = stream.as_slice();
    while let [k0, k1, l0, l1, after @ ..] = rest {
        let kind = u16::from_le_bytes([*k0, *k1]);
        let length = usize::from(u16::from_le_bytes([*l0, *l1]));
        let Some((data, next)) = after.split_at_checked(length) else { break };
        rest = next;
        match (kind, data) {
            (FILE_PASS, _) => return Err(Refusal::Encrypted),
            (BEGIN, _) => {
                whole += rows * columns;
                (rows, columns) = (0, 0);
            }
            (DIMENSIONS, [f0, f1, f2, f3, l0, l1, l2, l3, _, _, c0, c1, ..]) => {
                let (first, last) =
                    (u32::from_le_bytes([*f0, *f1, *f2, *f3]), u32::from_le_bytes([*l0, *l1, *l2, *l3]));
                if last > MOST_ROWS || first > last || u16::from_le_bytes([*c0, *c1]) > 0x100 {
                    return Err(Refusal::Broken);
                }
            }
            (kind, [r0, r1, c0, c1, ..]) if CELLS.contains(&kind) => {
                // Rows of many cells name their first column here and their last at their end.
                let last = match data {
                    [.., e0, e1] if matches!(kind, 0x00BD | 0x00BE) => u16::from_le_bytes([*e0, *e1]),
                    _ => 0,
                };
                rows = rows.max(u64::from(u16::from_le_bytes([*r0, *r1])) + 1);
                columns = columns.max(u64::from(u16::from_le_bytes([*c0, *c1]).max(last)) + 1);
            }
            _ => {}
        }
    }
    whole += rows * columns;
    if whole > most_cells { Err(Refusal::TooLarge { limit: most_cells }) } else { Ok(()) }
}
