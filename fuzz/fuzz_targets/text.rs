#![no_main]

use ashore_importers::{SHANGHAI, pasted::pasted, text};

libfuzzer_sys::fuzz_target!(|data: &str| {
    if let Ok(amount) = text::amount(data) {
        assert_eq!(text::amount(&amount.to_string()), Ok(amount));
    }
    if let Ok(date) = text::date(data) {
        assert_eq!(text::date(&date.to_string()), Ok(date));
    }
    if let Ok(today) = text::date("2026-11-22") {
        let told = pasted(data, today);
        assert_eq!(told.body.is_empty(), data.trim().is_empty());
        assert!(told.day.is_none_or(|day| day <= today));
    }
    let _ = (text::percentage(data), text::count(data), text::instant(data, SHANGHAI));
});
