//! 抵充: which yuan of a payment pays for what.

use ashore_domain::{Bucket, Buckets, Money};

/// Takes from `money` what is unpaid, bucket by bucket in `order`, until one of them runs out.
///
/// What comes back sums exactly to what `money` lost; no part is zero or more than its bucket.
pub fn allocate<'a>(
    money: &'a mut Money,
    unpaid: Buckets,
    order: &'a [Bucket],
) -> impl Iterator<Item = (Bucket, Money)> + 'a {
    order.iter().filter_map(move |bucket| {
        let part = unpaid.get(*bucket).min(*money);
        *money -= part.max(Money::ZERO);
        part.is_positive().then_some((*bucket, part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_statutory_order_reaches_principal_last() {
        let unpaid = Buckets {
            principal: Money::from_yuan(100),
            interest: Money::from_yuan(10),
            penalty: Money::from_yuan(3),
            ..Buckets::default()
        };
        let mut money = Money::from_yuan(20);
        let parts: Vec<_> = allocate(&mut money, unpaid, &Bucket::STATUTORY_ORDER).collect();
        assert_eq!(
            parts,
            [
                (Bucket::Interest, Money::from_yuan(10)),
                (Bucket::Penalty, Money::from_yuan(3)),
                (Bucket::Principal, Money::from_yuan(7)),
            ]
        );
        assert_eq!(money, Money::ZERO);
    }

    proptest! {
        #[test]
        fn parts_and_rest_sum_to_the_payment(paid in 0_i64..100_000, owed in prop::array::uniform7(0_i64..30_000)) {
            let mut unpaid = Buckets::default();
            for (bucket, fen) in Bucket::STATUTORY_ORDER.iter().zip(owed) {
                *unpaid.get_mut(*bucket) = Money::from_fen(fen);
            }
            let mut rest = Money::from_fen(paid);
            let parts: Vec<_> = allocate(&mut rest, unpaid, &Bucket::STATUTORY_ORDER).collect();
            let taken: Money = parts.iter().map(|(_, m)| *m).sum();
            prop_assert_eq!(taken + rest, Money::from_fen(paid));
            prop_assert!(!rest.is_negative());
            prop_assert!(parts.iter().all(|(b, m)| m.is_positive() && *m <= unpaid.get(*b)));
        }
    }
}
