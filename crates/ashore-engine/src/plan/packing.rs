use super::situation::Situation;
use super::way::Way;

/// Every way of every debt fitted under a ceiling, exhaustively: the exact part of the lightest plan.
pub(super) struct Packing<'a> {
    situation: &'a Situation,
    options: Vec<Vec<Fitting>>,
    goal: Goal,
    /// No month above this.
    peak: i64,
    /// Nothing paid after this month.
    end: usize,
    /// Ways that may still be looked at.
    looks: u64,
    best: Option<Vec<Way>>,
}

/// What a found plan makes stricter for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    /// Smaller largest month.
    LowerPeak,
    /// Earlier end under the same largest month.
    EarlierEnd,
}

struct Fitting {
    way: Way,
    pays: Vec<i64>,
    sums: Vec<i64>,
    first: usize,
}

/// What is paid so far.
#[derive(Clone)]
struct Paid {
    months: Vec<i64>,
    /// How much more may be paid by the end of each month, all later limits heeded.
    room: Vec<i64>,
}

type Left = Vec<(usize, Vec<usize>)>;

impl<'a> Packing<'a> {
    pub(super) fn new(situation: &'a Situation, goal: Goal, peak: i64, end: usize, looks: u64) -> Self {
        let options = situation
            .ways
            .iter()
            .map(|ways| {
                let mut list: Vec<Fitting> = Vec::new();
                for way in ways.all().filter(|way| way.end <= end && ways.peak(way) <= peak) {
                    let pays: Vec<i64> = (0..situation.horizon).map(|t| ways.pay(&way, t)).collect();
                    let no_more = |a: &[i64], b: &[i64]| a.iter().zip(b).all(|(a, b)| a <= b);
                    if list.iter().any(|old| no_more(&old.pays, &pays)) {
                        continue;
                    }
                    list.retain(|old| !no_more(&pays, &old.pays));
                    let sums = (0..situation.horizon).map(|t| ways.cumulative(&way, t)).collect();
                    let first = pays.iter().position(|pay| *pay > 0).unwrap_or(0);
                    list.push(Fitting { way, pays, sums, first });
                }
                // Flat first: the larger its largest month, the less likely a way is part of an even plan.
                list.sort_by_key(|option| (ways.peak(&option.way), option.way.end));
                list
            })
            .collect();
        Self { situation, options, goal, peak, end, looks, best: None }
    }

    /// The best plan under the ceilings, and whether everything was looked at or ruled out.
    pub(super) fn run(mut self) -> (Option<Vec<Way>>, bool) {
        let paid = Paid { months: vec![0; self.situation.horizon], room: self.situation.limit.clone() };
        let all = (0..self.options.len()).map(|debt| (debt, (0..self.options[debt].len()).collect()));
        let left = self.narrowed(&all.collect(), None, &paid);
        let done = left.is_none_or(|left| {
            let mut plan: Vec<Option<Way>> = vec![None; self.options.len()];
            self.go(left, &paid, &mut plan)
        });
        (self.best, done)
    }

    fn fits(&self, option: &Fitting, paid: &Paid) -> bool {
        option.way.end <= self.end
            && (option.first..=option.way.end)
                .all(|t| paid.months[t] + option.pays[t] <= self.peak && option.sums[t] <= paid.room[t])
    }

    /// The ways that still fit each debt but `without`; `None` if one has none.
    fn narrowed(&self, left: &Left, without: Option<usize>, paid: &Paid) -> Option<Left> {
        left.iter()
            .filter(|(debt, _)| Some(*debt) != without)
            .map(|(debt, ways)| {
                let fitting: Vec<usize> =
                    ways.iter().copied().filter(|way| self.fits(&self.options[*debt][*way], paid)).collect();
                (!fitting.is_empty()).then_some((*debt, fitting))
            })
            .collect()
    }

    /// False when the search was given up.
    fn go(&mut self, left: Left, paid: &Paid, plan: &mut Vec<Option<Way>>) -> bool {
        let Some(at) = (0..left.len()).min_by_key(|i| left[*i].1.len()) else {
            return self.record(paid, plan);
        };
        let looks = left.iter().map(|(_, ways)| ways.len() as u64).sum();
        // Whether the space can be filled at all takes about as long as eight looks at each way.
        if !self.spend(8 * looks) {
            return false;
        }
        if left.len() > 1 && !self.fillable(&left, paid) {
            return true;
        }
        let (debt, ways) = &left[at];
        for way in ways {
            let option = &self.options[*debt][*way];
            // The ceilings may have come down since the list was made.
            if !self.fits(option, paid) {
                continue;
            }
            let after = Self::with(paid, option);
            plan[*debt] = Some(option.way);
            if !self.spend(looks) {
                return false;
            }
            if let Some(rest) = self.narrowed(&left, Some(*debt), &after)
                && !self.go(rest, &after, plan)
            {
                return false;
            }
        }
        true
    }

    /// False when so many looks are no longer left.
    const fn spend(&mut self, looks: u64) -> bool {
        match self.looks.checked_sub(looks) {
            Some(left) => {
                self.looks = left;
                true
            }
            None => false,
        }
    }

    fn with(paid: &Paid, option: &Fitting) -> Paid {
        let months = paid.months.iter().zip(&option.pays).map(|(a, b)| a + b).collect();
        let mut room: Vec<i64> = paid.room.iter().zip(&option.sums).map(|(a, b)| a - b).collect();
        for t in (0..room.len().saturating_sub(1)).rev() {
            room[t] = room[t].min(room[t + 1]);
        }
        Paid { months, room }
    }

    fn record(&mut self, paid: &Paid, plan: &[Option<Way>]) -> bool {
        let whole: Option<Vec<Way>> = plan.iter().copied().collect();
        let Some(whole) = whole else { return true };
        match self.goal {
            Goal::LowerPeak => self.peak = paid.months.iter().copied().max().unwrap_or(0) - 1,
            Goal::EarlierEnd => match whole.iter().map(|way| way.end).max().unwrap_or(0).checked_sub(1) {
                Some(end) => self.end = end,
                None => self.peak = -1,
            },
        }
        self.best = Some(whole);
        true
    }

    /// True unless the months' free space, as far as the debts left can use it, is less than they must pay.
    fn fillable(&self, left: &Left, paid: &Paid) -> bool {
        let mut usable = vec![0i64; self.situation.horizon];
        let mut needed = 0;
        for (debt, ways) in left {
            let mut most = vec![0i64; usable.len()];
            let mut least = i64::MAX;
            for way in ways {
                let option = &self.options[*debt][*way];
                least = least.min(option.way.total);
                for (most, pay) in
                    most[option.first..].iter_mut().zip(&option.pays[option.first..=option.way.end])
                {
                    *most = (*most).max(*pay);
                }
            }
            needed += least;
            usable.iter_mut().zip(most).for_each(|(sum, most)| *sum += most);
        }
        let mut filled = 0;
        for (t, usable) in usable.iter().enumerate().take(self.end + 1) {
            filled = (filled + (self.peak - paid.months[t]).min(*usable)).min(paid.room[t]);
        }
        filled >= needed
    }
}
