//! Text on its way to the page.

/// The text with everything that has no shape made visible: a control or a mark that reverses the order of letters
/// stands as `[U+202E]`, so that what is read is what is there. Line breaks and tabs stay.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            hidden if is_hidden(hidden) => out.push_str(&format!("[U+{:04X}]", u32::from(hidden))),
            shown => out.push(shown),
        }
    }
    out
}

/// Controls, marks of direction, separators, tags and places that Unicode leaves empty.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x061C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF
            | 0xFFF0..=0xFFFC | 0xFFFE | 0xFFFF | 0xE0000..=0xE0FFF)
}

/// Longest run of letters without a place to break a line; a longer one would leave the page.
const LONGEST_RUN: usize = 20;

/// The text with places to break inside runs too long for a line. The added marks have no width and no shape.
pub(crate) fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for character in text.chars() {
        run = if character.is_whitespace() || is_wide(character) { 0 } else { run + 1 };
        if run > LONGEST_RUN {
            out.push('\u{200B}');
            run = 1;
        }
        out.push(character);
    }
    out
}

/// Characters beside which a line may break anyway.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::{breakable, visible};

    #[test]
    fn what_has_no_shape_is_shown_by_its_number() {
        assert_eq!(visible("甲\u{202E}001\u{0}\r\n乙\t丙"), "甲[U+202E]001[U+0000]\n乙 丙");
    }

    #[test]
    fn only_runs_beyond_a_line_are_broken() {
        assert_eq!(breakable("合同编号 AB-2026-000123456"), "合同编号 AB-2026-000123456");
        let long = breakable(&"a".repeat(50));
        assert_eq!(long.replace('\u{200B}', ""), "a".repeat(50));
        assert!(long.split('\u{200B}').all(|piece| piece.len() <= 20), "{long}");
    }
}
