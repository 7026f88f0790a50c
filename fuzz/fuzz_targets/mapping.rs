#![no_main]

mod sink;

use ashore_importers::{AmountColumns, Mapping};

// The first byte chooses how amounts are written; the rest is a table that somebody mapped.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, data)) = data.split_first() else { return };
    let amount = match first % 4 {
        0 => AmountColumns::Signed { amount: "a".into(), negative_is_in: first % 8 > 3 },
        1 => AmountColumns::Directed { amount: "a".into(), direction: "b".into() },
        2 => AmountColumns::Split { income: "a".into(), expense: "b".into() },
        _ => AmountColumns::Described { amount: "a".into() },
    };
    let mapping = Mapping { date: "d".into(), time: Some("t".into()), amount, note: Some("x".into()), ..Mapping::default() };
    sink::hold_mapped(mapping, data);
});
