use ashore_domain::{Money, Month};

use super::answer::{Figures, ObjectiveValue, PlanFinding, PlanKind};
use super::figures::later;
use super::request::PlanRequest;
use super::situation::Situation;

/// One reason a plan looks as it does, as data; shells put it into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Explanation {
    /// The last payment is made in this month, the `months`-th of the plan.
    Ends {
        /// When.
        month: Month,
        /// Counted from 1.
        months: u16,
    },
    /// Why it cannot end sooner: even paying as late and as little as the lenders' limits allow, ending by `end`
    /// would need more through `month` than there is.
    NotSooner {
        /// The earlier end that fails.
        end: Month,
        /// The month by which it fails.
        month: Month,
        /// What it would need through that month.
        needed: Money,
        /// What there is through it.
        available: Money,
        /// What is needed by each debt, in the order of the request.
        each: Vec<Money>,
    },
    /// What is paid in all.
    Pays {
        /// All payments.
        paid: Money,
        /// Asked to be given up.
        waived: Money,
        /// Beyond the balances.
        interest: Money,
    },
    /// The largest month.
    Peak {
        /// The first such month.
        month: Month,
        /// What it pays.
        amount: Money,
        /// What can be paid in it from its own capacity; more comes from what was left before.
        capacity: Money,
    },
    /// The month that leaves least.
    Tightest {
        /// The first such month up to the end of the plan.
        month: Month,
        /// What is left at its end.
        cash_after: Money,
    },
    /// A contract is kept: this lender is asked for nothing.
    Keeps {
        /// The debt.
        debt: String,
    },
    /// A settlement is taken.
    Settles {
        /// The debt.
        debt: String,
        /// When.
        month: Month,
        /// How much.
        amount: Money,
        /// What it saves against all that is owed.
        saves: Money,
    },
    /// Instalments are asked for.
    Spreads {
        /// The debt.
        debt: String,
        /// How many.
        terms: u16,
        /// The first of them.
        amount: Money,
        /// When it falls.
        from: Month,
    },
    /// Every line is a request: what the contracts ask for stays due until an agreement is recorded.
    RequestOnly,
}

/// One step of the proof that there is no plan, as data; shells put it into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// What there is through a month.
    Available {
        /// Through which month.
        month: Month,
        /// Cash and capacity together.
        amount: Money,
    },
    /// What one debt needs through that month in the least demanding combination.
    Needs {
        /// The debt.
        debt: String,
        /// What is asked for in that combination.
        kind: PlanKind,
        /// Paid through the month.
        amount: Money,
    },
    /// What the remaining debts need through that month.
    OthersNeed {
        /// How many.
        debts: u16,
        /// Paid through the month, together.
        amount: Money,
    },
    /// By how much even the least demanding combination exceeds what there is.
    Short {
        /// The difference.
        amount: Money,
    },
    /// There is no way to pay this debt within the horizon, whatever the money.
    NoWayToPay {
        /// The debt.
        debt: String,
    },
    /// No number of terms is open to every debt: this one allows none.
    NoCommonTerms {
        /// The debt.
        debt: String,
    },
    /// With terms that differ from lender to lender there is a plan: see the other objectives.
    OtherObjectivesFit,
    /// Not every combination was looked at: none was found, but it is not proved that there is none.
    NotProved,
}

pub(super) fn explanation(
    request: &PlanRequest,
    situation: &Situation,
    figures: &Figures,
) -> Vec<Explanation> {
    let mut lines = vec![Explanation::Ends {
        month: figures.last_month,
        months: figures.last_month_index.saturating_add(1),
    }];
    if let ObjectiveValue::Soonest { last_month_index, .. } = figures.value {
        lines.extend(not_sooner(request, situation, usize::from(last_month_index)));
    }
    let totals = figures.totals;
    lines.push(Explanation::Pays { paid: totals.paid, waived: totals.waived, interest: totals.interest });
    if let Some(peak) = figures.months.iter().find(|month| month.paid == figures.peak_month) {
        lines.push(Explanation::Peak { month: peak.month, amount: peak.paid, capacity: peak.capacity });
    }
    let until_end = figures.months.iter().take(usize::from(figures.last_month_index) + 1);
    if let Some(tightest) = until_end.min_by_key(|month| month.cash_after) {
        lines.push(Explanation::Tightest { month: tightest.month, cash_after: tightest.cash_after });
    }
    for (debt, asked) in figures.debts.iter().zip(&request.debts) {
        let first = debt.rows.first();
        let amount = first.map_or(Money::ZERO, |row| row.amount);
        let from = first.map_or(request.first_month, |row| row.month);
        let id = debt.id.clone();
        lines.push(match debt.kind {
            PlanKind::Contract => Explanation::Keeps { debt: id },
            PlanKind::Settlement => {
                let saves = (asked.owed.total() - debt.total).max(Money::ZERO);
                Explanation::Settles { debt: id, month: from, amount: debt.total, saves }
            }
            PlanKind::Instalments => Explanation::Spreads { debt: id, terms: debt.terms, amount, from },
        });
    }
    lines.push(Explanation::RequestOnly);
    lines
}

/// The first month in which even the least that every end before `last` needs is not there.
fn not_sooner(request: &PlanRequest, situation: &Situation, last: usize) -> Option<Explanation> {
    let end = last.checked_sub(1)?;
    let own: Vec<Vec<i64>> = situation.ways.iter().map(|ways| ways.least_sums(end)).collect::<Option<_>>()?;
    let must: Vec<i64> =
        (0..situation.horizon).map(|month| own.iter().map(|least| least[month]).sum()).collect();
    let month = must.iter().zip(&situation.limit).position(|(must, limit)| must > limit)?;
    Some(Explanation::NotSooner {
        end: later(request.first_month, end),
        month: later(request.first_month, month),
        needed: Money::from_fen(must[month]),
        available: Money::from_fen(situation.limit[month]),
        each: own.iter().map(|least| Money::from_fen(least[month])).collect(),
    })
}

/// What is odd about the request, debt by debt.
pub(super) fn findings(request: &PlanRequest, situation: &Situation) -> Vec<PlanFinding> {
    let mut found = Vec::new();
    if request.first_month < Month::of(request.as_of) {
        found.push(PlanFinding::FirstMonthBeforeAsOf);
    }
    for (asked, ways) in request.debts.iter().zip(&situation.ways) {
        let debt = || asked.id.clone();
        let owed = asked.owed.total();
        let contract: Money = asked.contract_payments.iter().map(|(_, amount)| *amount).sum();
        if !asked.contract_payments.is_empty() && contract < owed {
            found.push(PlanFinding::ContractBelowBalance { debt: debt(), contract, balance: owed });
        }
        let outside = |month: &Month| {
            usize::try_from(month.since(request.first_month)).map_or(true, |index| index >= situation.horizon)
        };
        let months = asked.contract_payments.iter().map(|(month, _)| *month);
        if let Some(month) = months.filter(outside).min() {
            found.push(PlanFinding::ContractOutsideHorizon { debt: debt(), month });
        }
        if let Some(settlement) = asked.settlement {
            if settlement.until < request.first_month {
                found.push(PlanFinding::SettlementExpired { debt: debt(), until: settlement.until });
            }
            if settlement.amount > owed {
                let amount = settlement.amount;
                found.push(PlanFinding::SettlementAboveBalance { debt: debt(), amount, balance: owed });
            }
        }
        let balance = Money::from_fen(ways.balance);
        if asked.installment_min > balance && asked.terms_max > 1 {
            let installment_min = asked.installment_min;
            found.push(PlanFinding::InstalmentMinAboveBalance { debt: debt(), installment_min, balance });
        }
        if ways.all_totals().next().is_none() {
            found.push(PlanFinding::NoWayToPay { debt: debt() });
        }
    }
    found
}
