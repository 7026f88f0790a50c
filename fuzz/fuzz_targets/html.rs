#![no_main]

use ashore_importers::view::harmless;

/// What a mail is shown with; everything else is taken out or becomes text.
const ACTING: [&str; 18] = [
    "a", "area", "audio", "base", "embed", "form", "frame", "iframe", "img", "input", "link", "meta", "object", "picture",
    "script", "style", "svg", "video",
];

libfuzzer_sys::fuzz_target!(|data: &str| {
    let shown = harmless(data).html;
    for tag in shown.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default().trim_start_matches('/').to_ascii_lowercase();
        let mut words = tag.split_ascii_whitespace();
        let name = words.next().unwrap_or_default();
        assert!(!ACTING.contains(&name), "{tag} in {shown}");
        for word in words {
            let attribute = word.split('=').next().unwrap_or_default();
            let acts = ["href", "src", "srcset", "style", "background", "action", "cite"].contains(&attribute);
            assert!(!acts && !(attribute.starts_with("on") && word.contains('=')), "{tag} in {shown}");
        }
    }
});
