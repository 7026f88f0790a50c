use super::flow::{Flow, whole};
use super::load::{Load, Toward};
use super::ordered::{Optimum, end_of, last_month};
use super::packing::{Goal, Packing};
use super::situation::Situation;
use super::way::Way;

impl Situation {
    /// Smallest largest month; then ends first. `starts` are plans that fit, without any there is none; `known` are
    /// others, from which the search begins where they are lighter than what it has made of the first.
    pub(super) fn lightest(&self, starts: &[&[Way]], known: &[&[Way]]) -> Option<Optimum> {
        let mut best: Option<([i64; 2], Vec<Way>)> = None;
        let begun = starts.iter().map(|start| Load::new(self, start.to_vec()));
        let mut loads: Vec<Load<'_>> = begun.chain(self.built_flat()).collect();
        for load in &mut loads {
            keep(load, &mut best);
            load.settle(Toward::Flat, 2, |_, _| true);
            load.settle(Toward::Peak, 1, |_, _| true);
            keep(load, &mut best);
        }
        for plan in known {
            let load = Load::new(self, plan.to_vec());
            keep(&load, &mut best);
            if loads.iter().all(|other| load.peak() < other.peak()) {
                loads.push(load);
            }
        }
        // The best beginning is worth most of the work; where there are few ways each is.
        loads.sort_by_key(Load::weight);
        loads.truncate(if self.all_ways() <= 3_000 { loads.len() } else { 1 });
        for load in &mut loads {
            load.settle(Toward::Flat, 4, |_, _| true);
            load.settle(Toward::Peak, 3, |_, _| true);
            load.exchange(self.exchanges());
            self.end_sooner(load);
            keep(load, &mut best);
        }
        let (mut key, mut plan) = best?;
        let mut proved = [false, false];
        if self.small() || self.ways.len() <= 8 {
            let looks = if self.small() { u64::MAX } else { 450_000 };
            let (lower, done) = Packing::new(self, Goal::LowerPeak, key[0] - 1, self.last(), looks).run();
            if let Some(lower) = lower {
                (key, plan) = self.weighed(lower);
            }
            proved[0] = done;
            if let Some(end) = end_of(&plan).checked_sub(1) {
                let (sooner, done) = Packing::new(self, Goal::EarlierEnd, key[0], end, looks).run();
                if let Some(sooner) = sooner {
                    (key, plan) = self.weighed(sooner);
                }
                proved[1] = done;
            } else {
                proved[1] = true;
            }
        }
        let peak = if proved[0] { key[0] } else { self.peak_at_least(self.last()).min(key[0]) };
        let end = if peak == key[0] && proved[1] { key[1] } else { self.end_at_least(peak).min(key[1]) };
        // Under the same key the cheaper plan is the better one.
        let mut load = Load::new(self, plan);
        let last = end_of(&load.plan);
        for debt in 0..self.ways.len() {
            let total = load.plan[debt].total;
            let mut cheaper = load.clone();
            if cheaper.relocate(debt, Toward::Peak, |way| way.total < total && way.end <= last)
                && cheaper.peak() <= key[0]
            {
                load = cheaper;
            }
        }
        Some(Optimum { plan: load.plan, key, bound: [peak, end] })
    }

    /// How many ways there are to pay, over all debts.
    fn all_ways(&self) -> usize {
        self.ways.iter().map(|ways| ways.by_terms.len() * (usize::from(ways.grace_max) + 1) + 2).sum()
    }

    /// Pairs of debts worth trying in a millisecond or two.
    fn exchanges(&self) -> usize {
        (1_500_000 / self.all_ways()).clamp(50, 5_000)
    }

    /// A plan made from nothing, largest debts first: they are the hardest to place.
    fn built_flat(&self) -> Option<Load<'_>> {
        let least: Vec<Vec<i64>> =
            self.ways.iter().map(|ways| ways.least_sums(self.last())).collect::<Option<_>>()?;
        let mut order: Vec<usize> = (0..self.ways.len()).collect();
        order.sort_by_key(|debt| std::cmp::Reverse(self.ways[*debt].balance));
        Load::built(self, &order, &least)
    }

    fn weighed(&self, plan: Vec<Way>) -> ([i64; 2], Vec<Way>) {
        let peak = self.months_of(&plan).into_iter().max().unwrap_or(0);
        ([peak, last_month(&plan)], plan)
    }

    /// Moves the debts that end last to an earlier end for as long as no month rises above the largest.
    fn end_sooner(&self, load: &mut Load<'_>) {
        let peak = load.peak();
        while let Some(end) = end_of(&load.plan).checked_sub(1) {
            let mut sooner = load.clone();
            for debt in 0..self.ways.len() {
                if sooner.plan[debt].end > end {
                    sooner.relocate(debt, Toward::Peak, |way| way.end <= end);
                }
            }
            if end_of(&sooner.plan) > end || sooner.peak() > peak {
                break;
            }
            *load = sooner;
        }
    }

    /// No plan that ends by month `end` has a smaller largest month: what must be paid in any row of months, less
    /// what may have been paid before it, divided among them; and the largest month of each single debt.
    fn peak_at_least(&self, end: usize) -> i64 {
        let Some(must) = self.least_sums(end) else { return i64::MAX };
        let single = self.ways.iter().map(|ways| {
            let plans = ways.by_terms.iter().map(|(_, flow)| flow).filter(|flow| flow.length() <= end + 1);
            let settled = ways.settlement.map(|(amount, _)| amount);
            let kept = ways.contract.as_ref().map(|kept| ways.peak(&kept.way));
            plans.map(Flow::peak).chain(settled).chain(kept).min().unwrap_or(0)
        });
        let mut least = single.max().unwrap_or(0);
        for (to, must) in must.iter().enumerate() {
            for from in 0..=to {
                let before = if from == 0 { 0 } else { self.limit[from - 1] };
                let months = whole(to - from + 1);
                if *must - before > least * months {
                    least = (must - before + months - 1).div_euclid(months);
                }
            }
        }
        least
    }

    /// No plan whose largest month is at most `peak` ends sooner.
    fn end_at_least(&self, peak: i64) -> i64 {
        let (mut low, mut high) = (self.no_end_before(), self.last());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.peak_at_least(middle) <= peak {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        i64::try_from(low).unwrap_or(i64::MAX)
    }

    /// The least that all debts together must have paid by the end of each month if nothing is paid after `end`;
    /// `None` if some debt cannot end by then.
    pub(super) fn least_sums(&self, end: usize) -> Option<Vec<i64>> {
        let mut sums = vec![0i64; self.horizon];
        for ways in &self.ways {
            sums.iter_mut().zip(ways.least_sums(end)?).for_each(|(sum, least)| *sum += least);
        }
        Some(sums)
    }
}

fn keep(load: &Load<'_>, best: &mut Option<([i64; 2], Vec<Way>)>) {
    let key = [load.peak(), last_month(&load.plan)];
    if best.as_ref().is_none_or(|(least, _)| key < *least) {
        *best = Some((key, load.plan.clone()));
    }
}
