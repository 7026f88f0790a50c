use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

/// The text as it is compared: compatibility forms and widths (NFKC), case, and traditional characters are folded away,
/// and signs that show nothing are left out. Folding twice changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each(text, |sign, _| folded.push(sign));
    folded
}

/// Where in `text` the folded `needle` stands: ranges of bytes of the text as it was written, in order, none overlapping.
#[must_use]
pub fn marks(text: &str, needle: &str) -> Vec<Range<usize>> {
    if needle.is_empty() {
        return Vec::new();
    }
    let mut folded = String::with_capacity(text.len());
    // For every folded byte, the place of the sign it came from.
    let mut origins: Vec<(usize, usize)> = Vec::with_capacity(text.len());
    each(text, |sign, origin| {
        folded.push(sign);
        origins.resize(folded.len(), (origin.start, origin.end));
    });
    let found = folded.match_indices(needle).filter_map(|(begin, hit)| {
        let (start, _) = *origins.get(begin)?;
        let (_, end) = *origins.get(begin + hit.len() - 1)?;
        Some(start..end)
    });
    found.collect()
}

/// Hands out every sign of the folded text with the place in the original that it came from.
fn each(text: &str, mut out: impl FnMut(char, Range<usize>)) {
    let mut signs = text.char_indices().peekable();
    while let Some((start, sign)) = signs.next() {
        let alone = !signs.peek().is_some_and(|(_, next)| joins(*next));
        if alone && (sign.is_ascii() || is_plain_han(sign)) {
            out(simplified(sign.to_ascii_lowercase()), start..start + sign.len_utf8());
            continue;
        }
        // What composes with the sign before it is folded together with it.
        let mut end = start + sign.len_utf8();
        while let Some((at, next)) = signs.next_if(|(_, next)| joins(*next)) {
            end = at + next.len_utf8();
        }
        let cluster = text.get(start..end).unwrap_or_default();
        for sign in cluster.nfkc().flat_map(char::to_lowercase).nfkc() {
            if !shows_nothing(sign) {
                out(simplified(sign), start..end);
            }
        }
    }
}

/// Characters that no normalisation changes: nearly all of a Chinese text.
fn is_plain_han(sign: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&sign)
}

/// Whether a sign may become one with the sign before it.
fn joins(sign: char) -> bool {
    sign >= '\u{300}'
        && !is_plain_han(sign)
        && (canonical_combining_class(sign) != 0
            || matches!(sign, '\u{FF9E}' | '\u{FF9F}')
            || is_nfkc_quick(std::iter::once(sign)) == IsNormalized::Maybe)
}

/// Zero-width spaces, joiners, soft hyphens and variation selectors: senders put them into words to escape filters.
fn shows_nothing(sign: char) -> bool {
    matches!(sign, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn simplified(sign: char) -> char {
    if sign < '\u{3400}' {
        return sign;
    }
    let table = &*SIMPLIFIED;
    let place = table.binary_search_by_key(&sign, |(traditional, _)| *traditional);
    place.ok().and_then(|place| table.get(place)).map_or(sign, |(_, simple)| *simple)
}

/// Traditional character and simplified one, by code point.
static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let lines = include_str!("simplified.txt").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.flat_map(str::split_whitespace).filter_map(|pair| {
        let mut signs = pair.chars();
        signs.next().zip(signs.next())
    });
    pairs.collect()
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn scripts_widths_and_cases_meet() {
        for (one, other) in [
            ("網貸協商還款", "网贷协商还款"),
            ("ＡＢＣ１２３", "abc123"),
            ("Überweisung", "überweisung"),
            ("u\u{308}ber", "über"),
            ("ｶﾞ", "ガ"),
            ("㈱", "(株)"),
            ("催\u{200B}收", "催收"),
            ("裏裡", "里里"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
    }

    #[test]
    fn every_pair_of_the_table_is_one_and_in_order() {
        assert_eq!(SIMPLIFIED.len(), 4117);
        assert!(SIMPLIFIED.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(SIMPLIFIED.iter().all(|(from, to)| from != to && simplified(*to) == *to));
    }

    #[test]
    fn marks_lie_on_the_text_as_written() {
        let text = "這是網貸，ＡＢ網貸e\u{301}";
        let shown = |needle: &str| -> Vec<&str> {
            marks(text, &fold(needle)).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(shown("网贷"), ["網貸", "網貸"]);
        assert_eq!(shown("ab"), ["ＡＢ"]);
        assert_eq!(shown("é"), ["e\u{301}"]);
        assert_eq!(shown(""), Vec::<&str>::new());
        assert_eq!(shown("没有"), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in ".{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn a_part_of_a_text_is_marked_in_it(text in "[一-龥a-zA-Z0-9，网網貸]{1,30}", from in 0usize..30, length in 1usize..6) {
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assume!(!part.is_empty());
            let needle = fold(&part);
            let found = marks(&text, &needle);
            prop_assert!(!found.is_empty());
            for range in found {
                prop_assert_eq!(fold(&text[range]), needle.clone());
            }
        }
    }
}
