use super::load::{Load, Toward};
use super::ordered::{Optimum, end_of, last_month};
use super::packing::{Goal, Packing};
use super::situation::Situation;
use super::way::Way;

impl Situation {
    /// Smallest largest month; then ends first. `starts` are plans that fit; without any there is none.
    pub(super) fn lightest(&self, starts: &[&[Way]]) -> Option<Optimum> {
        let mut best: Option<([i64; 2], Vec<Way>)> = None;
        for start in starts {
            let mut load = Load::new(self, start.to_vec());
            keep(&load, &mut best);
            load.settle(Toward::Even, 4, |_, _| true);
            keep(&load, &mut best);
            load.settle(Toward::Peak, 4, |_, _| true);
            self.end_sooner(&mut load);
            keep(&load, &mut best);
        }
        let (mut key, mut plan) = best?;
        let mut proved = [false, false];
        if self.small() || self.ways.len() <= 6 {
            let nodes = if self.small() { u64::MAX } else { 20_000 };
            let (lower, done) = Packing::new(self, Goal::LowerPeak, key[0] - 1, self.last(), nodes).run();
            if let Some(lower) = lower {
                (key, plan) = self.weighed(lower);
            }
            proved[0] = done;
            if let Some(end) = end_of(&plan).checked_sub(1) {
                let (sooner, done) = Packing::new(self, Goal::EarlierEnd, key[0], end, nodes).run();
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
            ways.all().filter(|way| way.end <= end).map(|way| ways.peak(&way)).min().unwrap_or(0)
        });
        let mut least = single.max().unwrap_or(0);
        for (to, must) in must.iter().enumerate() {
            for from in 0..=to {
                let before = if from == 0 { 0 } else { self.limit[from - 1] };
                let months = super::flow::whole(to - from + 1);
                least = least.max((must - before + months - 1).div_euclid(months));
            }
        }
        least
    }

    /// No plan whose largest month is at most `peak` ends sooner.
    fn end_at_least(&self, peak: i64) -> i64 {
        let first = self.no_end_before();
        let end = (first..self.horizon).find(|end| self.peak_at_least(*end) <= peak).unwrap_or(self.last());
        i64::try_from(end).unwrap_or(i64::MAX)
    }

    /// The least that all debts together must have paid by the end of each month if nothing is paid after `end`;
    /// `None` if some debt cannot end by then.
    pub(super) fn least_sums(&self, end: usize) -> Option<Vec<i64>> {
        let mut sums = vec![0i64; self.horizon];
        for ways in &self.ways {
            let mut least: Option<Vec<i64>> = None;
            for candidate in super::choose::candidates(ways, end, self.horizon, false, |_| 0) {
                let way = candidate.way;
                let row = (0..self.horizon).map(|t| ways.cumulative(&way, t));
                match &mut least {
                    None => least = Some(row.collect()),
                    Some(least) => least.iter_mut().zip(row).for_each(|(a, b)| *a = (*a).min(b)),
                }
            }
            sums.iter_mut().zip(least?).for_each(|(sum, least)| *sum += least);
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
