#![no_main]

use ashore_importers::{SHANGHAI, text};

libfuzzer_sys::fuzz_target!(|data: &str| {
    if let Ok(amount) = text::amount(data) {
        assert_eq!(text::amount(&amount.to_string()), Ok(amount));
    }
    if let Ok(date) = text::date(data) {
        assert_eq!(text::date(&date.to_string()), Ok(date));
    }
    let _ = (text::percentage(data), text::count(data), text::instant(data, SHANGHAI));
});
