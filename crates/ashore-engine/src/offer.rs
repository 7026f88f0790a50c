use ashore_domain::{Money, Rounding};

/// What each lender can be offered a month: the parts sum to what can be paid, never more than is owed in all.
///
/// The offer is `capacity` (or the sum of all balances, if that is less) shared in proportion to the balances, each
/// part rounded down to the fen, the rest to the largest balance. Nothing to pay, or nothing owed: every part is zero.
///
/// ```
/// use ashore_domain::Money;
/// use ashore_engine::pro_rata_offers;
/// let offers = pro_rata_offers(Money::from_yuan(100), &[Money::from_yuan(2000), Money::from_yuan(1000)]);
/// assert_eq!(offers, [Money::from_fen(6667), Money::from_fen(3333)]);
/// ```
#[must_use]
pub fn pro_rata_offers(capacity: Money, balances: &[Money]) -> Vec<Money> {
    offer_total(capacity, balances).split_by(balances)
}

/// How many months the pro-rata offers take: Σ balances / capacity, rounded up. `Some(0)` when nothing is owed,
/// `None` when nothing can be paid or it would take more months than can be counted.
#[must_use]
pub fn pro_rata_months(capacity: Money, balances: &[Money]) -> Option<u32> {
    let owed = owed(balances);
    if owed.is_zero() {
        return Some(0);
    }
    let a_month = offer_total(capacity, balances);
    if a_month.is_zero() {
        return None;
    }
    u32::try_from(Rounding::Ceil.divide(i128::from(owed.fen()), i128::from(a_month.fen()))).ok()
}

/// The months of one lender's offer: they sum to `balance`, `offer` each until it is paid, and the last of at most
/// `months` takes whatever is left. Empty when nothing is owed or no month is given.
#[must_use]
pub fn offer_rows(balance: Money, offer: Money, months: u32) -> Vec<Money> {
    let mut rows = Vec::new();
    let mut left = balance;
    for month in 1..=months {
        if !left.is_positive() {
            break;
        }
        let row = if month == months { left } else { offer.max(Money::ZERO).min(left) };
        left -= row;
        rows.push(row);
    }
    rows
}

fn owed(balances: &[Money]) -> Money {
    balances.iter().copied().filter(|b| b.is_positive()).sum()
}

fn offer_total(capacity: Money, balances: &[Money]) -> Money {
    capacity.max(Money::ZERO).min(owed(balances))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fen(amounts: &[i64]) -> Vec<Money> {
        amounts.iter().copied().map(Money::from_fen).collect()
    }

    #[test]
    fn parts_follow_the_balances_and_the_rest_goes_to_the_largest() {
        for (capacity, balances, offers, months) in [
            (10_000, vec![200_000, 100_000], vec![6667, 3333], Some(30)),
            (100, vec![1, 1, 1], vec![1, 1, 1], Some(1)),
            (2, vec![5, 5, 5], vec![2, 0, 0], Some(8)),
            (0, vec![5, 5], vec![0, 0], None),
            (-7, vec![5, 5], vec![0, 0], None),
            (700, vec![0, 0], vec![0, 0], Some(0)),
            (700, vec![], vec![], Some(0)),
            (10, vec![-5, 20], vec![0, 10], Some(2)),
        ] {
            let balances = fen(&balances);
            let capacity = Money::from_fen(capacity);
            assert_eq!(pro_rata_offers(capacity, &balances), fen(&offers), "{capacity} over {balances:?}");
            assert_eq!(pro_rata_months(capacity, &balances), months, "{capacity} over {balances:?}");
        }
    }

    #[test]
    fn a_lenders_rows_end_when_it_is_paid() {
        let fen = Money::from_fen;
        assert_eq!(offer_rows(fen(10), fen(4), 3), [fen(4), fen(4), fen(2)]);
        assert_eq!(offer_rows(fen(10), fen(3), 3), [fen(3), fen(3), fen(4)], "the last takes the rest");
        assert_eq!(offer_rows(fen(10), fen(5), 3), [fen(5), fen(5)], "no empty month at the end");
        assert!(offer_rows(Money::ZERO, fen(5), 3).is_empty());
        assert!(offer_rows(fen(10), fen(5), 0).is_empty());
    }

    proptest! {
        #[test]
        fn every_fen_of_the_offer_and_of_the_debt_is_placed(
            capacity in 1i64..10_000_000,
            balances in prop::collection::vec(1i64..100_000_000, 1..20),
        ) {
            let balances = fen(&balances);
            let total: Money = balances.iter().copied().sum();
            let capacity = Money::from_fen(capacity);
            let offers = pro_rata_offers(capacity, &balances);
            prop_assert_eq!(offers.iter().copied().sum::<Money>(), capacity.min(total));
            let months = pro_rata_months(capacity, &balances).unwrap();
            if months <= 600 {
                for (balance, offer) in balances.iter().zip(&offers) {
                    prop_assert_eq!(offer_rows(*balance, *offer, months).into_iter().sum::<Money>(), *balance);
                }
            }
        }
    }
}
