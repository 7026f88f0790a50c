#![no_main]

use ashore_importers::frame::{Event, Reader, Writer};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut reader = Reader::new(data);
    while let Ok(Some(event)) = reader.hear() {
        // Whatever is believed can be said again.
        let mut pipe = Vec::new();
        if Writer::new(&mut pipe).say(&event).is_ok() {
            let again: Option<Event> = Reader::new(pipe.as_slice()).hear().expect("a frame");
            assert_eq!(again, Some(event));
        }
    }
});
