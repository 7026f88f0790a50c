#![no_main]

mod sink;

use ashore_importers::{Container, Format, Statement};

libfuzzer_sys::fuzz_target!(init: sink::let_the_library_panic(), |data: &[u8]| sink::hold(Some(Format::Table { container: Container::Xls, statement: Statement::Other }), data));
