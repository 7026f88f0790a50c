#![no_main]

mod sink;

use ashore_importers::Format;

libfuzzer_sys::fuzz_target!(|data: &[u8]| sink::hold(Some(Format::Mbox), data));
