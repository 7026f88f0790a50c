/// How a division ends. Every division in Ashore names one of these; none is implied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// Half away from zero, 四舍五入: what Chinese lenders print (domain rule: once per row, at posting).
    HalfUp,
    /// Toward negative infinity.
    Floor,
    /// Toward positive infinity.
    Ceil,
}

impl Rounding {
    /// The integer nearest to `num / den` under this rule.
    ///
    /// `den` is never zero in a value of this crate; a zero denominator is treated as a quotient of zero
    /// rather than a panic, because no caller can build one.
    #[must_use]
    pub fn divide(self, num: i128, den: i128) -> i128 {
        if den == 0 {
            return 0;
        }
        let (num, den) = if den < 0 { (-num, -den) } else { (num, den) };
        let (floor, rest) = (num.div_euclid(den), num.rem_euclid(den));
        match self {
            Self::Floor => floor,
            Self::Ceil => floor + i128::from(rest != 0),
            // `rest >= den - rest` is `2·rest >= den` without the overflow.
            Self::HalfUp if num >= 0 => floor + i128::from(rest >= den - rest),
            Self::HalfUp => floor + i128::from(rest > den - rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rounding::{Ceil, Floor, HalfUp};

    #[test]
    fn halves_go_away_from_zero() {
        for (num, den, half_up, floor, ceil) in [
            (5, 2, 3, 2, 3),
            (-5, 2, -3, -3, -2),
            (7, 3, 2, 2, 3),
            (-7, 3, -2, -3, -2),
            (6, 3, 2, 2, 2),
            (5, -2, -3, -3, -2),
        ] {
            assert_eq!(HalfUp.divide(num, den), half_up, "{num}/{den} half up");
            assert_eq!(Floor.divide(num, den), floor, "{num}/{den} floor");
            assert_eq!(Ceil.divide(num, den), ceil, "{num}/{den} ceil");
        }
    }
}
