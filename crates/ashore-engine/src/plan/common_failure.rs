//! Why no common grace and number of terms works: the same certificate and remedies, over all common pairs.

use super::infeasible::Failure;
use super::situation::Situation;
use super::way::Way;

impl Situation {
    fn all_common(&self) -> impl Iterator<Item = Vec<Way>> + '_ {
        self.common_pairs().into_iter().filter_map(|(n, grace)| self.common(n, grace))
    }

    /// The last of the months in which the common plans fail, and of those that fail then the one that needs least.
    pub(super) fn common_failure(&self) -> Failure {
        let mut best: Option<(std::cmp::Reverse<usize>, i64, Vec<Way>)> = None;
        for plan in self.all_common() {
            let mut sum = 0;
            let months = self.months_of(&plan);
            let failed = months.iter().zip(&self.limit).enumerate().find_map(|(t, (month, limit))| {
                sum += month;
                (sum > *limit).then_some((std::cmp::Reverse(t), sum))
            });
            if let Some((month, needed)) = failed
                && best.as_ref().is_none_or(|(m, least, _)| (month, needed) < (*m, *least))
            {
                best = Some((month, needed, plan));
            }
        }
        best.map_or(Failure { month: 0, plan: Vec::new() }, |(month, _, plan)| Failure {
            month: month.0,
            plan,
        })
    }

    pub(super) fn common_extra(&self) -> Option<i64> {
        self.all_common().map(|plan| self.extra_for(&plan)).min()
    }

    pub(super) fn common_waiver(&self) -> Option<(usize, i64)> {
        let mut best: Option<(usize, i64)> = None;
        for (n, grace) in self.common_pairs() {
            let Some(plan) = self.common(n, grace) else { continue };
            let all = self.months_of(&plan);
            for (debt, (ways, own)) in self.ways.iter().zip(&plan).enumerate() {
                let mut others = all.clone();
                ways.apply(own, &mut others, -1);
                let mut fits = |way: Way| {
                    let mut sum = 0;
                    others.iter().zip(&self.limit).enumerate().all(|(t, (month, limit))| {
                        sum += month + ways.pay(&way, t);
                        sum <= *limit
                    })
                };
                let below = best.map(|(_, amount)| amount);
                if let Some(amount) = self.waiver_within(debt, n, Some(grace), below, &|_| true, &mut fits) {
                    best = Some((debt, amount));
                }
            }
        }
        best
    }
}
