//! Flows that trouble solvers: short loans with much kept back, rollovers, near-total losses, refunds.

use ashore_domain::Money;
use chrono::{Days, NaiveDate};

type Flows = Vec<(NaiveDate, Money)>;

/// A small generator with fixed seed: the same corpus on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most - least + 1)
    }
}

fn dated(flows: &[(u64, i64)]) -> Flows {
    let start = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    flows.iter().map(|&(day, fen)| (start + Days::new(day), Money::from_fen(fen))).collect()
}

/// Some three thousand sets of flows in ten families.
pub(crate) fn hard() -> Vec<Flows> {
    let mut draw = Draw(20_261_122);
    let mut corpus = Vec::new();
    for _ in 0..300 {
        let lent = draw.between(50_000, 5_000_000) as i64;
        let kept = |percent: u64| lent - lent * percent as i64 / 100;
        let days = [7, 14][draw.below(2) as usize];
        corpus.push(dated(&[(0, kept(draw.between(15, 40))), (days, -lent)]));
        corpus.push(dated(&[(0, kept(draw.between(5, 70))), (draw.between(1, 3), -lent)]));
        let upfront = draw.between(10, 50);
        corpus.push(dated(
            &std::iter::once((0, kept(upfront)))
                .chain((1..=5).map(|k| (5 * k, -lent / 5)))
                .collect::<Vec<_>>(),
        ));
        corpus.push(rollover(&mut draw, 20, 60));
        corpus.push(rollover(&mut draw, 40, 400));
        corpus.push(dated(&[(0, -lent), (draw.between(30, 4_000), draw.between(1, 100) as i64)]));
        let terms = draw.between(3, 36);
        let refund = draw.between(1, lent as u64) as i64;
        corpus.push(dated(
            &std::iter::once((0, lent))
                .chain((1..=terms).map(|k| (30 * k, -lent * 12 / 10 / terms as i64)))
                .chain([(30 * terms + 20, refund)])
                .collect::<Vec<_>>(),
        ));
        // Two rates that fall together: the present value touches zero.
        let (a, b) = (draw.between(100, 999) as i64, draw.between(100, 999) as i64);
        corpus.push(dated(&[(0, a * a), (90, -2 * a * b), (180, b * b)]));
        let many = draw.between(10, 480);
        corpus.push(dated(
            &(0..many).map(|k| (30 * k, if k == 0 { lent } else { -lent / 12 })).collect::<Vec<_>>(),
        ));
        corpus.push(dated(&(0..draw.between(1, 5)).map(|k| (9 * k, lent)).collect::<Vec<_>>()));
    }
    corpus
}

/// New loans that pay old ones: money goes to and fro.
fn rollover(draw: &mut Draw, most: u64, gap: u64) -> Flows {
    let mut day = 0;
    let flows: Vec<(u64, i64)> = (0..draw.between(2, most))
        .map(|k| {
            let amount = draw.between(10_000, 1_000_000) as i64;
            day += draw.between(1, gap);
            (day, if k % 2 == 0 { amount } else { -amount })
        })
        .collect();
    dated(&flows)
}
