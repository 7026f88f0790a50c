#![no_main]

mod sink;

libfuzzer_sys::fuzz_target!(|data: &[u8]| sink::hold(None, data));
