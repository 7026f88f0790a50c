//! The only floats of Ashore: the rate at which money received equals money paid.
//!
//! Everything happens in `x = ln(1 + r)` with `g(x) = ln(received) − ln(paid)`, the two being present values. `g`
//! changes sign where the present value does, is nearly a straight line for a loan (exactly one for two flows) and
//! cannot overflow. Its slope is the mean time of what is paid less that of what is received; each falls as `x`
//! grows, which bounds the slope over any interval: rates are counted, not guessed.
#![allow(clippy::float_arithmetic, clippy::float_cmp)] // this file is where floats live; see the architecture

use ashore_domain::Money;
use libm::{exp, expm1, floor, log};

use crate::SolvedRate;

/// Distinct distances between flows that are worth a table; a loan with dues by the month has four.
const GAPS: usize = 16;
/// Evaluations a count of rates may cost. Beyond it what is left is judged by its ends, so that no input is slow.
const BUDGET: u32 = 400;
const ROUNDOFF: f64 = f64::EPSILON;

/// What a search for rates found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Roots {
    /// All money goes one way.
    NoSignChange,
    /// Money goes both ways, yet no rate makes the two equal.
    NoRoot,
    /// So many rates; the one nearest zero is given.
    Found { log: LogRate, count: u32 },
}

/// `ln(1 + r)` of a solved rate; never NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LogRate(f64);

/// All rates of `flows`, each at a whole number of units, `units_a_year` of them to the unit of the rate.
pub(crate) fn roots(flows: &[(i64, Money)], units_a_year: u16) -> Roots {
    let both_ways =
        [Money::is_positive, Money::is_negative].iter().all(|way| flows.iter().any(|flow| way(flow.1)));
    let Some(flows) = Flows::new(flows, f64::from(units_a_year)) else {
        // Where money goes both ways on one day alone, what is left of it goes one way, and no rate evens that out.
        return if both_ways { Roots::NoRoot } else { Roots::NoSignChange };
    };
    if flows.sign_changes == 1 {
        let (low, high) = flows.bounds();
        return Roots::Found { log: LogRate(flows.refine(low, high, 0.0)), count: 1 };
    }
    let mut found: Option<f64> = None;
    let mut count = 0;
    flows.scan(|low, high| {
        let x = flows.refine(low, high, 0.5 * (low.x + high.x));
        count += 1;
        if found.is_none_or(|best| expm1(x).abs() < expm1(best).abs()) {
            found = Some(x);
        }
    });
    found.map_or(Roots::NoRoot, |x| Roots::Found { log: LogRate(x), count })
}

impl LogRate {
    /// The rate of one unit.
    pub(crate) fn rate(self) -> SolvedRate {
        times_power(self.0, 1.0)
    }

    /// The rate of one unit × `units.0 / units.1`.
    pub(crate) fn nominal(self, units: (u16, u16)) -> SolvedRate {
        times_power(self.0, f64::from(units.0) / f64::from(units.1))
    }

    /// The rate compounded over `units.0 / units.1` units.
    pub(crate) fn effective(self, units: (u16, u16)) -> SolvedRate {
        times_power(self.0 * f64::from(units.0) / f64::from(units.1), 1.0)
    }
}

/// `(e^x − 1) × factor` with sixteen digits, at least twelve of them decimals where that many are known.
fn times_power(x: f64, factor: f64) -> SolvedRate {
    if x < 34.0 {
        let value = expm1(x) * factor;
        let size = floor(log(value.abs().max(1e-14)) * std::f64::consts::LOG10_E);
        // 12 decimals below one, more for tiny rates, fewer where a float has no more to say.
        let decimals = if size >= 3.0 { 15.0 - size } else { 12.0 + (-1.0 - size).max(0.0) };
        return SolvedRate::from_text(&format!("{value:.*}", decimals.clamp(0.0, 26.0) as usize), 0);
    }
    let size = (x + log(factor)) * std::f64::consts::LOG10_E;
    let whole = floor(size);
    let digits = exp((size - whole) * std::f64::consts::LN_10);
    SolvedRate::from_text(&format!("{digits:.14}"), whole as u32)
}

/// One flow: how much, when, and which distance it stands from the one before on its side.
#[derive(Debug, Clone, Copy)]
struct Flow {
    amount: f64,
    time: f64,
    gap: u8,
}

/// Flows netted by time, received and paid apart, both sides with something in them.
struct Flows {
    received: Vec<Flow>,
    paid: Vec<Flow>,
    gaps: [f64; GAPS],
    gap_count: Option<usize>,
    sign_changes: u32,
    noise: f64,
}

/// `g` at one place, with the mean times that bound its slope.
#[derive(Debug, Clone, Copy)]
struct Point {
    x: f64,
    g: f64,
    received_time: f64,
    paid_time: f64,
}

impl Flows {
    fn new(flows: &[(i64, Money)], units_a_year: f64) -> Option<Self> {
        let mut sorted;
        let flows = if flows.is_sorted_by(|a, b| a.0 < b.0) {
            flows
        } else {
            sorted = flows.to_vec();
            sorted.sort_by_key(|flow| flow.0);
            sorted.dedup_by(|later, kept| {
                let same = later.0 == kept.0;
                if same {
                    kept.1 += later.1;
                }
                same
            });
            &sorted
        };
        let mut built = Self {
            received: Vec::with_capacity(flows.len()),
            paid: Vec::with_capacity(flows.len()),
            gaps: [0.0; GAPS],
            gap_count: Some(0),
            sign_changes: 0,
            noise: 0.0,
        };
        let start = flows.first()?.0;
        let mut last_sign = None;
        let mut last_units = [None; 2];
        for &(units, amount) in flows.iter().filter(|(_, amount)| !amount.is_zero()) {
            let out = amount.is_negative();
            built.sign_changes += u32::from(last_sign.replace(out).is_some_and(|before| before != out));
            let gap = last_units[usize::from(out)].replace(units).map_or(0, |before| units - before);
            let flow = Flow {
                amount: (amount.fen() as f64).abs(),
                time: (units - start) as f64 / units_a_year,
                gap: built.gap_index(gap as f64 / units_a_year),
            };
            if out { built.paid.push(flow) } else { built.received.push(flow) }
        }
        let (last_in, last_out) = (built.received.last()?.time, built.paid.last()?.time);
        let count = (built.received.len() + built.paid.len()) as f64;
        built.noise = ROUNDOFF * (count + 64.0 + last_in.max(last_out));
        Some(built)
    }

    fn gap_index(&mut self, gap: f64) -> u8 {
        let Some(count) = self.gap_count else { return 0 };
        let known = self.gaps.iter().take(count).position(|g| *g == gap);
        let index = known.unwrap_or(count);
        match self.gaps.get_mut(index) {
            Some(place) => *place = gap,
            None => self.gap_count = None,
        }
        if known.is_none() && self.gap_count.is_some() {
            self.gap_count = Some(count + 1);
        }
        index as u8
    }

    fn at(&self, x: f64) -> Point {
        let mut powers = [0.0; GAPS];
        if let Some(count) = self.gap_count {
            for (power, gap) in powers.iter_mut().zip(&self.gaps).take(count) {
                *power = exp(-x.abs() * gap);
            }
        }
        let table = self.gap_count.map(|_| &powers);
        let (received, received_time) = present_value(&self.received, x, table);
        let (paid, paid_time) = present_value(&self.paid, x, table);
        Point { x, g: received - paid, received_time, paid_time }
    }

    /// Points beyond which nothing can change sign: there the outermost flow outweighs all that oppose it.
    fn bounds(&self) -> (Point, Point) {
        let reach = |outermost: Option<&Flow>, opposite: &[Flow], next: Option<&Flow>| {
            let (Some(outer), Some(next)) = (outermost, next) else { return 1.0 };
            let weight: f64 = opposite.iter().map(|flow| flow.amount).sum();
            1.0 + (log(weight / outer.amount) / (next.time - outer.time).abs()).max(0.0)
        };
        let (first_in, first_out) = (self.received.first(), self.paid.first());
        let (last_in, last_out) = (self.received.last(), self.paid.last());
        let starts_in = first_in.map(|f| f.time) < first_out.map(|f| f.time);
        let ends_in = last_in.map(|f| f.time) > last_out.map(|f| f.time);
        let high = if starts_in {
            reach(first_in, &self.paid, first_out)
        } else {
            reach(first_out, &self.received, first_in)
        };
        let low = if ends_in {
            reach(last_in, &self.paid, last_out)
        } else {
            reach(last_out, &self.received, last_in)
        };
        (self.at(-low), self.at(high))
    }

    /// Newton's step where it stays inside the bracket and makes way, halving where it does not.
    fn refine(&self, mut low: Point, mut high: Point, start: f64) -> f64 {
        let rising = high.g > low.g;
        let mut x = start.clamp(low.x, high.x);
        let mut last_step = high.x - low.x;
        for _ in 0..200 {
            let here = self.at(x);
            if here.g == 0.0 {
                return x;
            }
            if (here.g > 0.0) == rising {
                high = here
            } else {
                low = here
            }
            let newton = x - here.g / (here.paid_time - here.received_time);
            // So short a step leaves an error of its square; it may end on the bracket itself.
            if (newton - x).abs() <= 1e-9 * (x.abs() + 1e-3) {
                return newton.clamp(low.x, high.x);
            }
            let inside = newton > low.x && newton < high.x;
            let next =
                if inside && (newton - x).abs() < 0.9 * last_step { newton } else { 0.5 * (low.x + high.x) };
            last_step = (next - x).abs();
            x = next;
            if high.x - low.x <= 4.0 * ROUNDOFF * x.abs() {
                return x;
            }
        }
        x
    }

    /// Hands over every interval at whose ends `g` certainly has different signs, from left to right, none twice.
    fn scan(&self, mut found: impl FnMut(Point, Point)) {
        let (low, high) = self.bounds();
        let mut budget = BUDGET;
        let mut last_certain = low;
        // Right halves wait while left ones are cut, so the waiting list stays as short as the cuts are deep.
        let mut waiting = vec![high];
        let mut from = low;
        while let Some(&to) = waiting.last() {
            if budget > 0 && !self.settled(from, to) {
                budget -= 1;
                waiting.push(self.at(0.5 * (from.x + to.x)));
                continue;
            }
            if self.certain(to) {
                if (to.g > 0.0) != (last_certain.g > 0.0) {
                    found(last_certain, to);
                }
                last_certain = to;
            }
            from = to;
            waiting.pop();
        }
    }

    /// True when between these points `g` is known to change sign once at most and only if its ends differ, or when
    /// it cannot be told from zero.
    fn settled(&self, a: Point, b: Point) -> bool {
        let width = b.x - a.x;
        let steepest_fall = b.paid_time - a.received_time;
        let steepest_rise = a.paid_time - b.received_time;
        if steepest_fall >= 0.0 || steepest_rise <= 0.0 {
            return true;
        }
        if !self.certain(a) && !self.certain(b) && width * (steepest_rise - steepest_fall) < self.noise {
            return true;
        }
        if (a.g > 0.0) == (b.g > 0.0) && self.certain(a) && self.certain(b) {
            // Two lines of the extreme slopes from the ends meet between `g` and zero, or they do not.
            let (away, back) =
                if a.g > 0.0 { (steepest_fall, steepest_rise) } else { (steepest_rise, steepest_fall) };
            let meet = (a.g - b.g + back * width) / (back - away);
            let nearest = a.g + away * meet;
            if (nearest > 0.0) == (a.g > 0.0) && nearest.abs() > self.noise {
                return true;
            }
        }
        width <= 1e-13 * (1.0 + a.x.abs())
    }

    /// True when the sign of `g` is no rounding error.
    fn certain(&self, point: Point) -> bool {
        point.g.abs() > self.noise * (1.0 + point.x.abs())
    }
}

/// The logarithm of a side's present value and its mean time, measured from the flow that weighs most, so that
/// nothing overflows and nothing vanishes.
fn present_value(side: &[Flow], x: f64, powers: Option<&[f64; GAPS]>) -> (f64, f64) {
    let (Some(first), Some(last)) = (side.first(), side.last()) else { return (f64::NEG_INFINITY, 0.0) };
    let anchor = if x >= 0.0 { first } else { last };
    let (mut sum, mut weighted) = (anchor.amount, anchor.amount * anchor.time);
    let mut add = |flow: &Flow, weight: f64| {
        sum += flow.amount * weight;
        weighted += flow.amount * weight * flow.time;
    };
    match powers {
        Some(powers) if x >= 0.0 => {
            let mut weight = 1.0;
            for flow in side.iter().skip(1) {
                weight *= powers[usize::from(flow.gap) % GAPS];
                add(flow, weight);
            }
        }
        Some(powers) => {
            let mut weight = 1.0;
            for pair in side.windows(2).rev() {
                if let [flow, later] = pair {
                    weight *= powers[usize::from(later.gap) % GAPS];
                    add(flow, weight);
                }
            }
        }
        None => {
            let others = if x >= 0.0 { side.get(1..) } else { side.get(..side.len() - 1) };
            for flow in others.unwrap_or_default() {
                add(flow, exp(-x * (flow.time - anchor.time)));
            }
        }
    }
    (log(sum) - x * anchor.time, weighted / sum)
}
