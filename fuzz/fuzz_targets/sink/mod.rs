//! Reads bytes as one format and holds what comes of it against what every reading promises.

use std::io::Cursor;

use ashore_importers::{
    Format, Item, LeftOut, Mapping, Outline, Request, Sink, Stopped, Warning, frame::Event, frame::Reader, frame::Writer, read,
};

/// A panic of the library that is caught is no find; one that reaches the driver still is, because it ends the process.
#[allow(dead_code)]
pub fn let_the_library_panic() {
    std::panic::set_hook(Box::new(|_| {}));
}

#[derive(Default)]
struct Promises {
    taken: u64,
    pipe: Vec<u8>,
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
        // What is said over the pipe is what is heard.
        self.pipe.clear();
        let event = Event::Item(item);
        Writer::new(&mut self.pipe).say(&event).expect("an item fits a frame");
        assert_eq!(Reader::new(self.pipe.as_slice()).hear().expect("a frame"), Some(event));
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

/// Reads `data` as `format`, or as what it is found to be.
#[allow(dead_code)]
pub fn hold(format: Option<Format>, data: &[u8]) {
    held(&Request { format, mapping: None }, data);
}

/// Reads `data` as a table whose columns somebody named.
#[allow(dead_code)]
pub fn hold_mapped(mapping: Mapping, data: &[u8]) {
    held(&Request { format: None, mapping: Some(mapping) }, data);
}

fn held(request: &Request, data: &[u8]) {
    let mut promises = Promises::default();
    if let Ok(summary) = read(request, &mut Cursor::new(data), &mut promises) {
        assert_eq!(summary.taken, promises.taken);
        assert_eq!(summary.found, summary.taken + summary.left_out);
    }
}
