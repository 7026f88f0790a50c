#![no_main]

use std::panic::{catch_unwind, set_hook};

use ashore_importers::view::pages::count;
use ashore_importers::view::words::words;

// A panic of the library ends a process that has nothing to lose and is told as a file that cannot be read: it is a
// refusal like any other. What is looked for is what the process could not end by itself: bytes that are touched where none
// are, a stack that is used up, memory or time without end.
libfuzzer_sys::fuzz_target!(init: set_hook(Box::new(|_| {})), |data: &[u8]| {
    let counted = catch_unwind(|| count(data.to_vec()));
    let read = catch_unwind(|| words(data.to_vec()));
    if let (Ok(Ok(pages)), Ok(Ok(text))) = (&counted, &read) {
        assert!(*pages > 0 || text.is_empty(), "words of no page: {text}");
    }
});
