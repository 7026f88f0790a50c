//! Every combination of ways to pay up to four debts over two years, looked at or ruled out.
//!
//! It shares nothing with the solver: ways are vectors of months made from the contract's definition, and a
//! combination is only left out for a reason that needs no trust. Either another way of the same debt costs no more
//! and has paid no more by the end of every month; or what is already chosen, with the least that the others come to,
//! is above a limit.

use super::*;

/// One way to pay one debt.
#[derive(Clone)]
struct Line {
    paid: Paid,
    /// Paid by the end of each month.
    sums: Vec<i64>,
    total: i64,
    end: usize,
}

/// A request as lists of lines and what is there by the end of each month.
pub(crate) struct Oracle {
    debts: Vec<Vec<Line>>,
    limit: Vec<i64>,
}

/// A price of a line.
type Price<'a> = &'a dyn Fn(&Line) -> i64;

impl Oracle {
    pub(crate) fn of(request: &PlanRequest) -> Self {
        let horizon = request.capacity.len();
        let debts = request.debts.iter().map(|debt| lines(ways(debt, horizon))).collect();
        let capacity: Vec<i64> = request.capacity.iter().map(|month| month.fen()).collect();
        let mut limit = running(&capacity);
        limit.iter_mut().for_each(|sum| *sum += request.cash_now.fen());
        Self { debts, limit }
    }

    /// The same with `extra` more in every month.
    pub(crate) fn with_extra(&self, extra: i64) -> Self {
        let limit = self.limit.iter().zip(1..).map(|(sum, months)| sum + extra * months).collect();
        Self { debts: self.debts.clone(), limit }
    }

    /// The same with `reduction` less to repay in instalments of one debt.
    pub(crate) fn with_waiver(&self, request: &PlanRequest, debt: usize, reduction: i64) -> Self {
        let mut debts = self.debts.clone();
        let asked = &request.debts[debt];
        debts[debt] = lines(ways_of(asked, balance(asked) - reduction, self.limit.len()));
        Self { debts, limit: self.limit.clone() }
    }

    fn last(&self) -> usize {
        self.limit.len() - 1
    }

    pub(crate) fn has_no_way_for_some_debt(&self) -> bool {
        self.debts.iter().any(Vec::is_empty)
    }

    /// Whether any combination never spends what is not there by the end of each of the first `months` months.
    pub(crate) fn affordable_through(&self, months: usize) -> bool {
        self.least(self.last(), months, &|_| 0, 1).is_some()
    }

    pub(crate) fn feasible(&self) -> bool {
        self.affordable_through(self.limit.len())
    }

    /// The least that any combination affordable before `month` has paid by its end.
    pub(crate) fn least_needed(&self, month: usize) -> Option<i64> {
        self.least(self.last(), month, &|line| line.sums[month], i64::MAX)
    }

    pub(crate) fn paid_below(&self, end: usize, below: i64) -> Option<i64> {
        self.least(end, self.limit.len(), &|line| line.total, below)
    }

    pub(crate) fn asks_below(&self, end: usize, below: i64) -> Option<i64> {
        self.least(end, self.limit.len(), &|line| line.paid.asks, below)
    }

    /// The least cost below `below` of a combination that pays nothing after month `end` and is affordable in each
    /// of the first `months` months.
    fn least(&self, end: usize, months: usize, price: Price<'_>, below: i64) -> Option<i64> {
        let mut lists: Vec<Vec<(i64, &[i64])>> = Vec::new();
        for lines in &self.debts {
            let mut list: Vec<(i64, i64, &[i64])> = lines
                .iter()
                .filter(|line| line.end <= end)
                .map(|line| (price(line), line.sums.iter().sum(), &line.sums[..]))
                .collect();
            // What outdoes another costs no more and has paid no more: it comes before it in this order.
            list.sort_by_key(|(cost, area, _)| (*cost, *area));
            let mut kept: Vec<(i64, &[i64])> = Vec::new();
            for (cost, _, sums) in list {
                if !kept.iter().any(|(_, better)| (0..months).all(|t| better[t] <= sums[t])) {
                    kept.push((cost, &sums[..months]));
                }
            }
            lists.push(kept);
        }
        if lists.iter().any(Vec::is_empty) {
            return None;
        }
        lists.sort_by_key(Vec::len);
        let mut best = below;
        let found = descend(&lists, 0, &self.limit[..months], &mut best);
        found.then_some(best)
    }

    /// Whether some combination has no month above `peak`, pays nothing after month `end` and is affordable.
    pub(crate) fn packs(&self, peak: i64, end: usize) -> bool {
        let mut lists: Vec<Vec<&Line>> = Vec::new();
        for lines in &self.debts {
            let under = |line: &&Line| line.end <= end && line.paid.months.iter().all(|pay| *pay <= peak);
            let mut list: Vec<&Line> = lines.iter().filter(under).collect();
            list.sort_by_key(|line| (line.total, line.end));
            let mut kept: Vec<&Line> = Vec::new();
            for line in list {
                let no_more = |better: &&Line| {
                    better.paid.months.iter().zip(&line.paid.months).all(|(better, pay)| better <= pay)
                };
                if !kept.iter().any(no_more) {
                    kept.push(line);
                }
            }
            lists.push(kept);
        }
        let space = vec![peak; self.limit.len()];
        fill(lists, &space, &self.limit)
    }

    /// The keys of the best common pair, and of every pair why it fails.
    pub(crate) fn pairs(&self) -> Vec<(u16, u16, Vec<i64>)> {
        let mut all = Vec::new();
        for line in &self.debts[0] {
            let Some((grace, terms)) = line.paid.common else { continue };
            let same = |lines: &Vec<Line>| {
                lines
                    .iter()
                    .find(|line| line.paid.common == Some((grace, terms)))
                    .map(|line| line.sums.clone())
            };
            let Some(each) = self.debts.iter().map(same).collect::<Option<Vec<_>>>() else { continue };
            all.push((
                grace,
                terms,
                (0..=self.last()).map(|t| each.iter().map(|sums| sums[t]).sum()).collect(),
            ));
        }
        all
    }

    /// The first month in which running sums are above what is there.
    pub(crate) fn breaks(&self, sums: &[i64]) -> Option<usize> {
        sums.iter().zip(&self.limit).position(|(sum, limit)| sum > limit)
    }

    pub(crate) fn limit(&self, month: usize) -> i64 {
        self.limit[month]
    }

    /// The keys of what `figures` asks of each lender, if each is a way there is.
    pub(crate) fn keys_attained(&self, request: &PlanRequest, figures: &Figures) -> Option<[i64; 2]> {
        let of_debt = |(lines, plan): (&Vec<Line>, &DebtPlan)| {
            let mut months = vec![0; self.limit.len()];
            for row in &plan.rows {
                months[row.month.since(month(0)) as usize] += row.amount.fen();
            }
            let same = |line: &&Line| {
                let kind = match plan.kind {
                    PlanKind::Contract => line.paid.asks == 0,
                    PlanKind::Settlement => line.paid.asks == 1 && line.paid.common.is_none(),
                    PlanKind::Instalments => line.paid.common == Some((plan.grace, plan.terms)),
                };
                kind && line.paid.months == months
            };
            lines.iter().find(same).map(|line| line.paid.clone())
        };
        let chosen: Vec<Paid> = self.debts.iter().zip(&figures.debts).map(of_debt).collect::<Option<_>>()?;
        keys(request, &chosen.iter().collect::<Vec<_>>())
    }
}

fn lines(ways: Vec<Paid>) -> Vec<Line> {
    let of = |paid: Paid| {
        let sums = running(&paid.months);
        let end = paid.months.iter().rposition(|pay| *pay > 0).unwrap_or(0);
        Line { total: sums.last().copied().unwrap_or(0), end, sums, paid }
    };
    ways.into_iter().map(of).collect()
}

fn running(months: &[i64]) -> Vec<i64> {
    let mut sum = 0;
    let add = |pay: &i64| {
        sum += pay;
        sum
    };
    months.iter().map(add).collect()
}

/// Looks at one debt after the other; `best` comes down to the least cost found below it.
fn descend(lists: &[Vec<(i64, &[i64])>], chosen: i64, room: &[i64], best: &mut i64) -> bool {
    let Some((list, later)) = lists.split_first() else {
        *best = chosen;
        return true;
    };
    let least_cost: i64 = later.iter().map(|list| list[0].0).sum();
    let least_paid = |t: usize| -> i64 {
        later.iter().map(|list| list.iter().map(|(_, sums)| sums[t]).min().unwrap()).sum()
    };
    let room_here: Vec<i64> = room.iter().enumerate().map(|(t, room)| room - least_paid(t)).collect();
    let mut found = false;
    for (cost, sums) in list {
        if chosen + cost + least_cost >= *best {
            // Costs ascend.
            break;
        }
        if sums.iter().zip(&room_here).all(|(sum, room)| sum <= room) {
            let rest: Vec<i64> = room.iter().zip(*sums).map(|(room, sum)| room - sum).collect();
            found |= descend(later, chosen + cost, &rest, best);
        }
    }
    found
}

/// Whether one line of each list finds place in the months' `space` and in the `room` for running sums.
fn fill(mut lists: Vec<Vec<&Line>>, space: &[i64], room: &[i64]) -> bool {
    for list in &mut lists {
        list.retain(|line| {
            line.paid.months.iter().zip(space).all(|(pay, space)| pay <= space)
                && line.sums.iter().zip(room).all(|(sum, room)| sum <= room)
        });
    }
    let Some(at) = (0..lists.len()).min_by_key(|at| lists[*at].len()) else { return true };
    if lists[at].is_empty() {
        return false;
    }
    if lists.len() == 1 {
        return true;
    }
    // All money that the lists could still place, month by month, is it enough for the cheapest of each?
    let needed: i64 = lists.iter().map(|list| list.iter().map(|line| line.total).min().unwrap()).sum();
    let mut placed = 0;
    for t in 0..space.len() {
        let most: i64 =
            lists.iter().map(|list| list.iter().map(|line| line.paid.months[t]).max().unwrap()).sum();
        placed = (placed + most.min(space[t])).min(room[t]);
    }
    if placed < needed {
        return false;
    }
    let list = lists.swap_remove(at);
    list.iter().any(|line| {
        let space: Vec<i64> = space.iter().zip(&line.paid.months).map(|(space, pay)| space - pay).collect();
        let room: Vec<i64> = room.iter().zip(&line.sums).map(|(room, sum)| room - sum).collect();
        fill(lists.clone(), &space, &room)
    })
}
