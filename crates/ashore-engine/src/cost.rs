use ashore_domain::{FeeWhen, LoanTerms, Method, Money, Period, Ratio, Schedule, days_between};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::irr::{LogRate, Roots, roots};
use crate::{Finding, SolvedRate};

/// What borrowing costs, in every measure that applies; a measure that does not apply is absent, never zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cost {
    /// Rate of one period that makes money received equal money paid.
    pub irr_periodic: Option<SolvedRate>,
    /// `irr_periodic` × periods a year: what lenders call the IRR measure.
    pub apr_nominal: Option<SolvedRate>,
    /// `irr_periodic` compounded over a year.
    pub apr_effective: Option<SolvedRate>,
    /// Annual rate by actual days over 365.
    pub xirr: Option<SolvedRate>,
    /// 单利: total cost over principal used × time, days over 365.
    pub apr_simple: Option<SolvedRate>,
    /// What is paid beyond what was received.
    pub total_cost: Money,
    /// Number of rates at which the present value changes sign.
    pub roots: Option<u32>,
    /// What the reader should know.
    pub findings: Vec<Finding>,
}

/// The cost of flows one `period` apart; the borrower receives positive amounts and pays negative ones.
///
/// ```
/// use ashore_domain::{Money, Period};
/// let flows = [1000, -600, -600].map(Money::from_yuan);
/// let cost = ashore_engine::cost_periodic(&flows, Period::Month);
/// assert!(cost.irr_periodic.unwrap().to_string().starts_with("0.130662386"));
/// assert_eq!(cost.total_cost, Money::from_yuan(200));
/// ```
#[must_use]
pub fn cost_periodic(flows: &[Money], period: Period) -> Cost {
    let mut cost = Cost { total_cost: -flows.iter().copied().sum::<Money>(), ..Cost::default() };
    let timed: Vec<(i64, Money)> = (0..).zip(flows.iter().copied()).collect();
    let solved = note(roots(&timed, 1), &mut cost);
    fill_periodic(&mut cost, solved, period);
    cost
}

/// The cost of flows on civil days, in any order.
#[must_use]
pub fn cost_dated(flows: &[(NaiveDate, Money)]) -> Cost {
    let mut cost =
        Cost { total_cost: -flows.iter().map(|(_, amount)| *amount).sum::<Money>(), ..Cost::default() };
    cost.xirr = note(roots(&by_day(flows), 365), &mut cost).map(LogRate::rate);
    cost
}

/// The cost of a loan repaid by `schedule`: what was received against everything paid that counts in the cost.
///
/// Fees that do not count are left out of both; the periodic measures need dues at equal distance and a first period
/// that is one whole period.
#[must_use]
pub fn loan_cost(terms: &LoanTerms, schedule: &Schedule) -> Cost {
    let (dated, left_out) = loan_flows(terms, schedule);
    let mut cost = cost_dated(&dated);
    if left_out.is_positive() {
        cost.findings.push(Finding::FeesLeftOutOfCost { amount: left_out });
    }
    match whole_periods(terms, schedule) {
        Err(finding) => cost.findings.push(finding),
        Ok(periods) => {
            let timed: Vec<(i64, Money)> =
                std::iter::once(0).chain(periods).zip(dated.iter().map(|flow| flow.1)).collect();
            let solved = match roots(&timed, 1) {
                Roots::Found { log, .. } => Some(log),
                Roots::NoRoot | Roots::NoSignChange => None,
            };
            fill_periodic(&mut cost, solved, terms.get().period);
        }
    }
    cost.apr_simple = simple(cost.total_cost, terms.get().disbursed_on, schedule);
    cost
}

/// What was received and paid, fees that buy something optional aside, and the sum of those.
pub(crate) fn loan_flows(terms: &LoanTerms, schedule: &Schedule) -> (Vec<(NaiveDate, Money)>, Money) {
    let loan = terms.get();
    let optional = |when: FeeWhen| -> Money {
        loan.fees.iter().filter(|f| f.when == when && !f.counts_in_cost).map(|f| terms.fee_amount(f)).sum()
    };
    let typed = loan.method == Method::Custom;
    let per_term = if typed { Money::ZERO } else { optional(FeeWhen::EachTerm) };
    let at_end = if typed { Money::ZERO } else { optional(FeeWhen::Final) };
    let upfront = optional(FeeWhen::Upfront);
    let rows = schedule.rows();
    let last = rows.len().saturating_sub(1);
    let mut left_out = upfront;
    let mut dated = vec![(loan.disbursed_on, terms.received() + upfront)];
    dated.extend(rows.iter().enumerate().map(|(index, row)| {
        let optional = if index == last { per_term + at_end } else { per_term };
        left_out += optional;
        (row.due, optional - row.payment())
    }));
    (dated, left_out)
}

/// For each row the number of whole periods since the money came, or why there is none.
pub(crate) fn whole_periods(terms: &LoanTerms, schedule: &Schedule) -> Result<Vec<i64>, Finding> {
    let (loan, calendar) = (terms.get(), terms.calendar());
    if calendar.due(0) != loan.disbursed_on && calendar.after(loan.disbursed_on) != loan.first_due {
        return Err(Finding::FirstPeriodNotWhole);
    }
    let rows = schedule.rows();
    let mut periods = Vec::with_capacity(rows.len());
    let mut term = 0;
    for row in rows {
        term += 1;
        while term < 600 && calendar.due(term) < row.due {
            term += 1;
        }
        if calendar.due(term) != row.due {
            return Err(Finding::DuesNotPeriodic);
        }
        periods.push(i64::from(term));
    }
    Ok(periods)
}

fn by_day(flows: &[(NaiveDate, Money)]) -> Vec<(i64, Money)> {
    let Some(&(start, _)) = flows.first() else { return Vec::new() };
    flows.iter().map(|(date, amount)| (days_between(start, *date), *amount)).collect()
}

/// Takes over the number of roots and says what is unusual about it.
fn note(roots: Roots, cost: &mut Cost) -> Option<LogRate> {
    match roots {
        Roots::NoSignChange => {
            cost.roots = Some(0);
            cost.findings.push(Finding::NoSignChange);
            None
        }
        Roots::NoRoot => {
            cost.roots = Some(0);
            cost.findings.push(Finding::NoRoot);
            None
        }
        Roots::Found { log, count } => {
            cost.roots = Some(count);
            if count > 1 {
                cost.findings.push(Finding::MultipleRoots { count });
            }
            Some(log)
        }
    }
}

fn fill_periodic(cost: &mut Cost, solved: Option<LogRate>, period: Period) {
    let a_year = match period {
        Period::Month => (12, 1),
        Period::Quarter => (4, 1),
        Period::Week => (365, 7),
        Period::Biweek => (365, 14),
        Period::Days(days) => (365, days.max(1)),
    };
    cost.irr_periodic = solved.map(LogRate::rate);
    cost.apr_nominal = solved.map(|log| log.nominal(a_year));
    cost.apr_effective = solved.map(|log| log.effective(a_year));
}

/// Total cost / Σ (balance before the row × days / 365), to twelve decimals.
fn simple(total_cost: Money, disbursed_on: NaiveDate, schedule: &Schedule) -> Option<SolvedRate> {
    let mut before = (schedule.principal(), disbursed_on);
    let mut used: i128 = 0;
    for row in schedule.rows() {
        used += i128::from(before.0.fen()) * i128::from(days_between(before.1, row.due));
        before = (row.balance, row.due);
    }
    let rate = Ratio::new(i128::from(total_cost.fen()) * 365, used)?;
    let scaled =
        ashore_domain::Rounding::HalfUp.divide(rate.num().checked_mul(1_000_000_000_000)?, rate.den());
    Decimal::try_from_i128_with_scale(scaled, 12).ok().map(SolvedRate::from)
}
