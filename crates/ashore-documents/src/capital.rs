//! 人民币大写: amounts as they are written where nobody should be able to alter a figure.

use ashore_domain::Money;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const IN_FOUR: [&str; 4] = ["仟", "佰", "拾", ""];
const FOURS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// The amount in capital characters, with 人民币 in front and 整 where no 分 follows; below zero it begins with 负.
///
/// Source: 支付结算办法 附件一 (正确填写票据和结算凭证的基本规定).
#[must_use]
pub fn capital(amount: Money) -> String {
    let fen = amount.fen().unsigned_abs();
    let (yuan, jiao, fen) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut text = String::from(if amount.is_negative() { "人民币负" } else { "人民币" });
    if yuan > 0 || (jiao == 0 && fen == 0) {
        text.push_str(&whole(yuan));
        text.push('元');
    }
    match (jiao, fen) {
        (0, 0) => text.push('整'),
        (0, fen) => {
            if yuan > 0 {
                text.push('零');
            }
            text.push(digit(fen));
            text.push('分');
        }
        (jiao, fen) => {
            text.push(digit(jiao));
            text.push('角');
            if fen > 0 {
                text.push(digit(fen));
                text.push('分');
            } else {
                text.push('整');
            }
        }
    }
    text
}

fn digit(value: u64) -> char {
    usize::try_from(value).ok().and_then(|value| DIGITS.get(value).copied()).unwrap_or('零')
}

/// A whole number, four digits at a time; a gap of zeros is read as one.
fn whole(mut rest: u64) -> String {
    if rest == 0 {
        return "零".to_owned();
    }
    let mut fours = Vec::new();
    while rest > 0 {
        fours.push(rest % 10_000);
        rest /= 10_000;
    }
    let mut text = String::new();
    let mut gap = false;
    for (place, four) in fours.iter().enumerate().rev() {
        if *four == 0 {
            gap = !text.is_empty();
            continue;
        }
        if !text.is_empty() && (gap || *four < 1_000) {
            text.push('零');
        }
        gap = false;
        text.push_str(&four_digits(*four));
        text.push_str(FOURS.get(place).copied().unwrap_or(""));
    }
    text
}

fn four_digits(four: u64) -> String {
    let mut text = String::new();
    let mut gap = false;
    for (power, unit) in [1_000, 100, 10, 1].into_iter().zip(IN_FOUR) {
        let value = four / power % 10;
        if value == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        text.push(digit(value));
        text.push_str(unit);
    }
    text
}

#[cfg(test)]
mod tests {
    use ashore_domain::Money;

    use super::capital;

    #[test]
    fn amounts_are_written_as_the_rules_for_bills_say() {
        let table = [
            (0, "人民币零元整"),
            (1, "人民币壹分"),
            (10, "人民币壹角整"),
            (56, "人民币伍角陆分"),
            (100, "人民币壹元整"),
            (101, "人民币壹元零壹分"),
            (110, "人民币壹元壹角整"),
            (1_000, "人民币壹拾元整"),
            (140_950, "人民币壹仟肆佰零玖元伍角整"),
            (600_714, "人民币陆仟零柒元壹角肆分"),
            (168_032, "人民币壹仟陆佰捌拾元叁角贰分"),
            (10_700_053, "人民币壹拾万柒仟元伍角叁分"),
            (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"),
            (32_500_000, "人民币叁拾贰万伍仟元整"),
            (1_000_000, "人民币壹万元整"),
            (1_000_100, "人民币壹万零壹元整"),
            (10_001_000, "人民币壹拾万零壹拾元整"),
            (10_100_000, "人民币壹拾万壹仟元整"),
            (10_000_000_000, "人民币壹亿元整"),
            (10_000_000_100, "人民币壹亿零壹元整"),
            (10_001_000_000, "人民币壹亿零壹万元整"),
            (10_010_000_000, "人民币壹亿零壹拾万元整"),
            (1_000_000_000_000, "人民币壹佰亿元整"),
            (6_782_562, "人民币陆万柒仟捌佰贰拾伍元陆角贰分"),
            (-50_000, "人民币负伍佰元整"),
        ];
        for (fen, written) in table {
            assert_eq!(capital(Money::from_fen(fen)), written, "{fen} fen");
        }
    }
}
