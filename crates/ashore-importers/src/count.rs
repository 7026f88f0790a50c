//! A sink that counts along.

use crate::{Format, Item, LeftOut, Outline, Place, ReadError, Reason, Sink, Summary, Warning};

/// What a format hands over goes through here, so that every format counts alike.
pub(crate) struct Counting<'a> {
    sink: &'a mut dyn Sink,
    pub(crate) summary: Summary,
}

impl<'a> Counting<'a> {
    pub(crate) fn new(sink: &'a mut dyn Sink) -> Self {
        Self { sink, summary: Summary::default() }
    }

    pub(crate) fn item(&mut self, item: Item) -> Result<(), ReadError> {
        self.summary.found += 1;
        self.summary.taken += 1;
        Ok(self.sink.item(item)?)
    }

    /// A record of the file that is not taken.
    pub(crate) fn left_out(&mut self, place: Place, reason: Reason) -> Result<(), ReadError> {
        self.summary.found += 1;
        self.summary.left_out += 1;
        Ok(self.sink.left_out(LeftOut { place, reason })?)
    }

    /// Something beside the records, such as one file of a message that was taken.
    pub(crate) fn missing(&mut self, place: Place, reason: Reason) -> Result<(), ReadError> {
        Ok(self.sink.left_out(LeftOut { place, reason })?)
    }

    pub(crate) fn warning(&mut self, warning: Warning) -> Result<(), ReadError> {
        Ok(self.sink.warning(warning)?)
    }

    pub(crate) fn format(&mut self, format: Format) -> Result<(), ReadError> {
        Ok(self.sink.format(format)?)
    }

    pub(crate) fn outline(&mut self, outline: Outline) -> Result<(), ReadError> {
        Ok(self.sink.outline(outline)?)
    }
}
