//! A text made plain for looking for patterns, with the way back to where each sign of it stands.

use regex::Regex;

/// A text without spaces, with full-width figures and marks made plain.
pub(super) struct PlainText {
    plain: String,
    /// For each byte of `plain` where a sign begins: that sign's place in the original, counted in characters.
    places: Vec<(usize, usize)>,
    original: Vec<char>,
}

/// Signs in a line that was probably wrapped.
const WRAPPED: usize = 24;

/// Where something stands in the original, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl PlainText {
    pub(super) fn new(text: &str) -> Self {
        let original: Vec<char> = text.chars().collect();
        let (mut plain, mut places) = (String::new(), Vec::new());
        let mut in_line = 0usize;
        for (place, &sign) in original.iter().enumerate() {
            // A short line, or one that ends in a mark, is a clause of its own; a long one was only wrapped.
            let ends = sign == '\n'
                && (in_line < WRAPPED || !plain.chars().next_back().is_some_and(char::is_alphanumeric));
            in_line = if sign == '\n' { 0 } else { in_line + 1 };
            if let Some(sign) = if ends { Some('\n') } else { made_plain(sign) } {
                places.push((plain.len(), place));
                plain.push(sign);
            }
        }
        Self { plain, places, original }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.plain.trim().is_empty()
    }

    /// The first place a pattern fits.
    pub(super) fn find(&self, pattern: &Regex) -> Option<Found> {
        let found = pattern.find(&self.plain)?;
        Some(self.back(found.start(), found.end()))
    }

    /// The first place a text stands, itself made plain.
    pub(super) fn find_text(&self, text: &str) -> Option<Found> {
        let wanted: String = text.chars().filter_map(made_plain).collect();
        if wanted.is_empty() {
            return None;
        }
        let start = self.plain.find(&wanted)?;
        Some(self.back(start, start + wanted.len()))
    }

    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    fn back(&self, start: usize, end: usize) -> Found {
        let at = |byte: usize| {
            let k = self.places.partition_point(|(b, _)| *b < byte);
            self.places.get(k).map(|(_, place)| *place)
        };
        let start = at(start).unwrap_or(0);
        let k = self.places.partition_point(|(b, _)| *b < end);
        let last = k.checked_sub(1).and_then(|k| self.places.get(k)).map_or(start, |(_, place)| *place);
        Found { start, end: last + 1 }
    }

    /// The original words.
    pub(super) fn quote(&self, found: Found) -> String {
        self.original.get(found.start..found.end).unwrap_or_default().iter().collect()
    }

    /// The line they stand in, from 1.
    pub(super) fn line(&self, found: Found) -> usize {
        self.original.iter().take(found.start).filter(|sign| **sign == '\n').count() + 1
    }
}

/// None for what is left out.
fn made_plain(sign: char) -> Option<char> {
    match sign {
        ' ' | '\t' | '\r' | '\n' | '\u{3000}' | '\u{a0}' | '\u{200b}' | '\u{feff}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0),
        _ => Some(sign),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_quoted_as_it_was_written() {
        let text = PlainText::new("第一条\n借款 本金 １０，０００ 元。\n第二条");
        let found = text.find(&Regex::new(r"本金\d[\d,]*元").unwrap()).unwrap();
        assert_eq!(text.quote(found), "本金 １０，０００ 元");
        assert_eq!(text.line(found), 2);
        assert_eq!(text.find_text("本金１０，０００元"), Some(found));
        assert!(PlainText::new(" \n\t").is_empty());
    }
}
