use super::fold::fold;
use super::gram::{is_sign, phrase, runs};
use super::text::plain_digits;

/// What is typed, understood: every term must stand in a record as it is, side by side or not.
#[derive(Debug)]
pub(super) struct Wanted {
    terms: Vec<Term>,
    /// The whole query, when it is a number written with gaps.
    digits: Option<String>,
}

#[derive(Debug)]
struct Term {
    folded: String,
    /// The index alone answers for it; otherwise the text itself is looked at.
    exact: bool,
}

/// Beyond this the index is not asked for more; the text itself still is.
const TERMS_ASKED: usize = 16;

impl Wanted {
    /// `None` when nothing was typed.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let folded = fold(typed);
        let terms: Vec<Term> = folded
            .split_whitespace()
            .map(|term| Term { folded: term.to_owned(), exact: term.chars().all(is_sign) })
            .collect();
        (!terms.is_empty()).then(|| Self { digits: plain_digits(folded.trim()), terms })
    }

    /// What the index is asked for; `None` when it cannot narrow anything down, as with punctuation alone.
    pub(super) fn expression(&self) -> Option<String> {
        let mut parts = self.terms.iter().flat_map(|term| runs(&term.folded)).take(TERMS_ASKED).peekable();
        parts.peek()?;
        let mut out = String::from("(");
        for (number, part) in parts.enumerate() {
            if number > 0 {
                out.push_str(" AND ");
            }
            phrase(part, &mut out);
        }
        out.push(')');
        if let Some(digits) = &self.digits {
            out.push_str(" OR ");
            phrase(digits, &mut out);
        }
        Some(out)
    }

    /// Whether a record that the index offers must be looked at before it counts.
    pub(super) fn needs_a_look(&self) -> bool {
        self.digits.is_some() || self.terms.len() > TERMS_ASKED || self.terms.iter().any(|term| !term.exact)
    }

    /// A single sign, for which the index has no gram of its own.
    pub(super) fn is_one_sign(&self) -> bool {
        matches!(self.terms.as_slice(), [term] if term.exact && term.folded.chars().count() == 1)
    }

    /// Whether all terms stand in these texts.
    pub(super) fn stands_in(&self, texts: &[String]) -> bool {
        let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        let has = |term: &str| folded.iter().any(|text| text.contains(term));
        self.terms.iter().all(|term| has(&term.folded)) || self.digits.as_deref().is_some_and(has)
    }

    /// What to mark in a text that was found.
    pub(super) fn needles(&self) -> Vec<String> {
        self.terms.iter().map(|term| term.folded.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> (Option<String>, bool) {
        let wanted = Wanted::read(typed).unwrap();
        (wanted.expression(), wanted.needs_a_look())
    }

    #[test]
    fn terms_become_quoted_phrases() {
        assert_eq!(asked("網貸"), (Some("(\"网贷\")".to_owned()), false));
        assert_eq!(asked("张 威胁"), (Some("(\"张\"* AND \"威胁\")".to_owned()), false));
        assert_eq!(asked("\" OR *"), (Some("(\"or\"*)".to_owned()), true));
        assert_eq!(asked("1,234"), (Some("(\"1\"* AND \"234\"*)".to_owned()), true));
        assert_eq!(asked("，。"), (None, true));
        assert!(
            asked("138 0013 8000").0.unwrap().ends_with("OR \"1380 3800 8001 0013 0138 1380 3800 8000\"")
        );
        assert!(Wanted::read(" \u{3000}\n").is_none());
    }
}
