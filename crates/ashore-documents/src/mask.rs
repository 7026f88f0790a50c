//! Numbers that identify a person, with their middle covered.

/// An identity number with all but the first six and the last four characters covered; a short one shows its last two
/// only. What is covered cannot be found out from the text.
#[must_use]
pub fn identity(number: &str) -> String {
    let characters: Vec<char> = number.trim().chars().collect();
    let (front, back) = if characters.len() >= 15 { (6, 4) } else { (0, 2) };
    covered(&characters, front, back)
}

/// A telephone number with its middle covered.
#[must_use]
pub fn phone(number: &str) -> String {
    let characters: Vec<char> = number.trim().chars().collect();
    let (front, back) = if characters.len() >= 11 { (3, 4) } else { (0, 2) };
    covered(&characters, front, back)
}

fn covered(characters: &[char], front: usize, back: usize) -> String {
    let last = characters.len().saturating_sub(back);
    let shown = |index: usize| index < front || index >= last;
    characters.iter().enumerate().map(|(index, c)| if shown(index) { *c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::{identity, phone};

    #[test]
    fn the_middle_is_covered_and_the_length_stays() {
        assert_eq!(identity("110101199003077854"), "110101********7854");
        assert_eq!(identity("11010119900307785X"), "110101********785X");
        assert_eq!(identity("E12345678"), "*******78");
        assert_eq!(identity("110101********7854"), "110101********7854", "what is covered stays so");
        assert_eq!(identity(""), "");
        assert_eq!(phone("13800138000"), "138****8000");
        assert_eq!(phone("12378"), "***78");
    }
}
