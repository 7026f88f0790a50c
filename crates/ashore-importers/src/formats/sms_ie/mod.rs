//! SMS Import/Export: the phone's own tables as JSON, one object a line or in one array, with files beside them.

mod archive;
mod object;
mod scan;

pub(crate) use archive::{Bounded, read as read_zip};

use std::io::Read;

use crate::count::Counting;
use crate::window::Window;
use crate::{Place, ReadError, Reason, Warning};

/// Where files of picture messages are, if anywhere.
pub(crate) trait Files {
    /// The bytes of the file of this name in `data/`; `None` when it is not there.
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError>;
}

/// No files: they are in another archive, or left at home.
pub(crate) struct NoFiles;

impl Files for NoFiles {
    fn bytes(&mut self, _name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(None)
    }
}

/// Reads objects one by one, whether each has its line or all stand in an array.
pub(crate) fn read<R: Read>(
    source: R,
    files: &mut dyn Files,
    out: &mut Counting<'_>,
) -> Result<(), ReadError> {
    let mut window = Window::new(source);
    let mut number = 0;
    let mut broken = false;
    while let Some((end, offset)) = scan::next(&mut window)? {
        // What is left of a record that broke is no record of its own.
        if end == scan::End::Stray && broken {
            continue;
        }
        broken = matches!(end, scan::End::Stray | scan::End::Broken);
        number += 1;
        let place = Place::Record { number, offset };
        let taken = match (window.gathered(), end) {
            (None, _) => Err(Reason::TooLarge),
            (_, scan::End::CutOff) => {
                out.warning(Warning::FileCutOff)?;
                Err(Reason::CutOff)
            }
            (_, scan::End::Broken | scan::End::Stray) => Err(Reason::Malformed),
            (Some(bytes), scan::End::Whole) => object::read(bytes),
        };
        match taken {
            Ok((read, mended)) => {
                if mended {
                    out.warning(Warning::Mended(place))?;
                }
                object::hand_over(read, number, files, out)?;
            }
            Err(reason) => out.left_out(place, reason)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
