//! Cuts folded text into the tokens of the index, so that any part of a text can be found and nothing else is.
//!
//! Signs are letters, digits, ideographs and symbols; spaces and punctuation separate. Each sign of a run begins a gram:
//! from an ideograph two signs, from an ASCII letter or digit four (fewer where the run ends or an ideograph
//! follows, which is the last). A part of a run is then a phrase of grams, the last perhaps cut short; the last gram of
//! a run holds its own place, so no phrase reaches into the next run.

/// Most signs of a gram that begins with an ASCII letter or digit.
const ASCII_GRAM: usize = 4;

/// Whether a sign is looked for; all others separate.
pub(super) fn is_sign(sign: char) -> bool {
    sign.is_alphanumeric()
        || !(sign.is_ascii()
            || sign.is_whitespace()
            || sign.is_control()
            || matches!(sign, '\u{A0}'..='\u{A1}' | '\u{A7}'..='\u{A8}' | '\u{AB}' | '\u{B6}'..='\u{B8}' | '\u{BB}' | '\u{BF}')
            || ('\u{2000}'..='\u{206F}').contains(&sign)
            || ('\u{3000}'..='\u{3004}').contains(&sign)
            || ('\u{3008}'..='\u{3020}').contains(&sign)
            || ('\u{FE10}'..='\u{FE6F}').contains(&sign)
            || ('\u{FF00}'..='\u{FF0F}').contains(&sign))
}

/// The runs of signs of a folded text.
pub(super) fn runs(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|sign| !is_sign(sign)).filter(|run| !run.is_empty())
}

/// The gram that begins a run, and whether more of the text after the run could make it longer.
fn first_gram(run: &str) -> (&str, bool) {
    let mut end = 0;
    for (place, sign) in run.chars().enumerate() {
        end += sign.len_utf8();
        let whole = match sign.is_ascii() {
            true => place + 1 == ASCII_GRAM,
            // An ideograph ends a gram, unless it begins it.
            false => place > 0,
        };
        // A gram of two after an ideograph, whatever follows it.
        let second_of_two = place == 1 && !run.starts_with(|first: char| first.is_ascii());
        if whole || second_of_two {
            return (run.get(..end).unwrap_or(run), false);
        }
    }
    (run, true)
}

/// All grams of a folded text, each followed by a space: what the index is given.
pub(super) fn write(folded: &str, out: &mut String) {
    for run in runs(folded) {
        for (start, _) in run.char_indices() {
            out.push_str(first_gram(run.get(start..).unwrap_or_default()).0);
            out.push(' ');
        }
    }
}

/// A part of a run as the index is asked for it: a phrase of grams, the last a prefix where the part cuts it short.
/// Quoted, so that nothing typed can be taken for an operator.
pub(super) fn phrase(part: &str, out: &mut String) {
    out.push('"');
    for (start, _) in part.char_indices() {
        let rest = part.get(start..).unwrap_or_default();
        let (gram, cut) = first_gram(rest);
        if start > 0 {
            out.push(' ');
        }
        out.push_str(gram);
        // Every later gram would say again what this one says.
        if gram.len() == rest.len() {
            out.push_str(if cut { "\"*" } else { "\"" });
            return;
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        write(text, &mut out);
        out.trim_end().to_owned()
    }

    fn asked(text: &str) -> String {
        let mut out = String::new();
        phrase(text, &mut out);
        out
    }

    #[test]
    fn grams_of_a_text() {
        assert_eq!(written("还款，请"), "还款 款 请");
        assert_eq!(written("工号88231确认"), "工号 号8 8823 8231 231确 31确 1确 确认 认");
        assert_eq!(written("a-b"), "a b");
        assert_eq!(written("，。 "), "");
    }

    #[test]
    fn phrases_of_a_part() {
        assert_eq!(asked("款"), "\"款\"*");
        assert_eq!(asked("还款"), "\"还款\"");
        assert_eq!(asked("还款额"), "\"还款 款额\"");
        assert_eq!(asked("138"), "\"138\"*");
        assert_eq!(asked("13800"), "\"1380 3800\"");
        assert_eq!(asked("号88"), "\"号8 88\"*");
        assert_eq!(asked("31确"), "\"31确\"");
        assert_eq!(asked("31确认"), "\"31确 1确 确认\"");
    }
}
