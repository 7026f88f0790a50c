#![no_main]

mod sink;

use ashore_importers::{Container, Format, Statement};

libfuzzer_sys::fuzz_target!(|data: &[u8]| sink::hold(Some(Format::Table { container: Container::Xls, statement: Statement::Other }), data));
