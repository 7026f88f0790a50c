use super::ordered::{Optimum, last_month};
use super::situation::Situation;
use super::way::Way;

impl Situation {
    /// Every debt in instalments with one common grace and one common number of terms, both allowed by every lender:
    /// ends first, then starts first. Always exact: there are at most so many pairs.
    pub(super) fn pro_rata(&self) -> Option<Optimum> {
        self.common_pairs().into_iter().find_map(|(n, grace)| {
            let plan = self.common(n, grace)?;
            let key = [last_month(&plan), i64::from(grace)];
            self.fits(&plan).then_some(Optimum { plan, key, bound: key })
        })
    }

    /// All pairs `(n, grace)` within every lender's limits, best first.
    pub(super) fn common_pairs(&self) -> Vec<(u16, u16)> {
        let terms = self.ways.iter().map(|ways| *ways.terms_within().end()).min().unwrap_or(0);
        let grace = self.ways.iter().map(|ways| ways.grace_max).min().unwrap_or(0);
        let mut pairs: Vec<(u16, u16)> = (1..=terms)
            .flat_map(|n| (0..=grace).map(move |g| (n, g)))
            .filter(|(n, g)| usize::from(*n) + usize::from(*g) <= self.horizon)
            .collect();
        pairs.sort_by_key(|(n, grace)| (n + grace, *grace));
        pairs
    }

    /// The plan of a common pair; `None` if some lender's smallest instalment forbids it.
    pub(super) fn common(&self, n: u16, grace: u16) -> Option<Vec<Way>> {
        self.ways.iter().map(|ways| ways.exactly(n, grace)).collect()
    }
}
