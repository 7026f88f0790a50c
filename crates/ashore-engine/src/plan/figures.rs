use ashore_domain::{Money, Month};

use super::answer::{DebtPlan, Figures, ObjectiveValue, PlanKind, PlanMonth, PlanRow, PlanTotals, Proof};
use super::ordered::{Optimum, end_of};
use super::request::{Objective, PlanRequest};
use super::situation::Situation;
use super::way::{Way, WayKind};

/// A found plan written out.
pub(super) fn figures(
    request: &PlanRequest,
    situation: &Situation,
    objective: Objective,
    found: &Optimum,
) -> Figures {
    let debts: Vec<DebtPlan> =
        found.plan.iter().enumerate().map(|(debt, way)| debt_plan(request, situation, debt, way)).collect();
    let paid = situation.months_of(&found.plan);
    let mut cash = request.cash_now;
    let months = paid
        .iter()
        .zip(&request.capacity)
        .enumerate()
        .map(|(index, (paid, capacity))| {
            let paid = Money::from_fen(*paid);
            cash += *capacity - paid;
            PlanMonth {
                month: later(request.first_month, index),
                capacity: *capacity,
                paid,
                cash_after: cash,
            }
        })
        .collect();
    let total: Money = debts.iter().map(|debt| debt.total).sum();
    let waived: Money = debts.iter().map(|debt| debt.waived.total()).sum();
    let beyond = debts
        .iter()
        .zip(&request.debts)
        .map(|(debt, asked)| (debt.total - (asked.owed.total() - debt.waived.total())).max(Money::ZERO));
    let interest: Money = beyond.sum();
    let end = end_of(&found.plan);
    let value = |key: [i64; 2]| value_of(objective, key);
    Figures {
        value: value(found.key),
        proof: if found.bound >= found.key {
            Proof::Exact
        } else {
            Proof::BestFound { bound: value(found.bound) }
        },
        debts,
        months,
        totals: PlanTotals { paid: total, waived, interest },
        last_month: later(request.first_month, end),
        last_month_index: small(i64::try_from(end).unwrap_or(0)),
        peak_month: Money::from_fen(paid.iter().copied().max().unwrap_or(0)),
        asks: small(found.plan.iter().map(Way::asks).sum()),
    }
}

fn debt_plan(request: &PlanRequest, situation: &Situation, debt: usize, way: &Way) -> DebtPlan {
    let (asked, ways) = (&request.debts[debt], &situation.ways[debt]);
    let row = |month: usize| PlanRow {
        month: later(request.first_month, month),
        amount: Money::from_fen(ways.pay(way, month)),
    };
    let (kind, grace, rows): (_, _, Vec<PlanRow>) = match way.kind {
        WayKind::Contract => {
            let mut named: Vec<Month> = asked.contract_payments.iter().map(|(month, _)| *month).collect();
            named.sort_unstable();
            named.dedup();
            let first = named.first().map_or(0, |month| month.since(request.first_month));
            let rows = named
                .iter()
                .filter_map(|month| usize::try_from(month.since(request.first_month)).ok())
                .map(row)
                .collect();
            (PlanKind::Contract, small(i64::from(first)), rows)
        }
        WayKind::Settlement => (
            PlanKind::Settlement,
            small(i64::try_from(way.flow.start).unwrap_or(0)),
            vec![row(way.flow.start)],
        ),
        WayKind::Instalments { grace, terms } => {
            let start = usize::from(grace);
            (PlanKind::Instalments, grace, (start..start + usize::from(terms)).map(row).collect())
        }
    };
    DebtPlan {
        id: asked.id.clone(),
        kind,
        waived: ways.waived_by(way, &asked.owed),
        grace,
        terms: u16::try_from(rows.len()).unwrap_or(u16::MAX),
        rows,
        total: Money::from_fen(way.total),
    }
}

fn value_of(objective: Objective, key: [i64; 2]) -> ObjectiveValue {
    let [first, second] = key;
    match objective {
        Objective::Soonest => {
            ObjectiveValue::Soonest { last_month_index: small(first), paid: Money::from_fen(second) }
        }
        Objective::Lightest => {
            ObjectiveValue::Lightest { peak_month: Money::from_fen(first), last_month_index: small(second) }
        }
        Objective::ProRata => {
            ObjectiveValue::ProRata { last_month_index: small(first), grace: small(second) }
        }
        Objective::FewestAsks => {
            ObjectiveValue::FewestAsks { asks: small(first), last_month_index: small(second) }
        }
        Objective::Cheapest => {
            ObjectiveValue::Cheapest { paid: Money::from_fen(first), last_month_index: small(second) }
        }
    }
}

pub(super) fn later(first: Month, months: usize) -> Month {
    first.plus(i32::try_from(months).unwrap_or(i32::MAX))
}

fn small(count: i64) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
