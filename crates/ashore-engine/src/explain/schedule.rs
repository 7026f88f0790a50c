use ashore_domain::{
    DayCount, FeeWhen, Instalment, LoanTerms, Method, Money, Rate, RatePer, Ratio, days_between,
};
use chrono::NaiveDate;

use super::cost::{rates, simple, total_cost};
use super::derivation::{Derivation, Input, StepRounding, at, count, on, yuan};
use super::{CostFlows, Explanation};
use crate::cost::{loan_flows, whole_periods};
use crate::{Amortised, loan_cost};

/// How every figure of a schedule answer follows from the terms. Paths count rows from 0; the level payment of equal
/// instalments, which stands in no row, has the path `level_payment`.
#[must_use]
pub fn explain_schedule(terms: &LoanTerms, amortised: &Amortised) -> Vec<Explanation> {
    let rows = amortised.schedule.rows();
    let mut explained = vec![received(terms, "received")];
    explained.extend(explain_rows(terms, amortised, "rows"));
    for (name, part) in [
        ("principal", (|row| row.principal) as fn(&Instalment) -> Money),
        ("interest", |row| row.interest),
        ("fees", |row| row.fees),
        ("payment", Instalment::payment),
    ] {
        let mut steps = Derivation::default();
        steps.sum(rows.iter().map(|row| (format!("row_{}", row.term), part(row))).collect(), None);
        let total: Money = rows.iter().map(part).sum();
        explained.push(steps.of(format!("totals.{name}"), total));
    }
    explained.extend(costs(terms, amortised));
    explained
}

/// How every figure of the rows listed at `list` follows from the terms.
pub(super) fn explain_rows(terms: &LoanTerms, amortised: &Amortised, list: &str) -> Vec<Explanation> {
    let loan = terms.get();
    let rate = loan.rate.or(amortised.rate_found.map(|found| found.rate));
    let rows = amortised.schedule.rows();
    let level = (loan.method == Method::EqualInstallment)
        .then(|| rate.and_then(|rate| level_payment(terms, rate)))
        .flatten();
    let mut explained: Vec<Explanation> = level.iter().map(|(_, explanation)| explanation.clone()).collect();
    let mut before = (loan.principal, loan.disbursed_on);
    for (index, row) in rows.iter().enumerate() {
        let context = Row {
            terms,
            rate,
            level: level.as_ref().map(|(level, _)| *level),
            row,
            path: format!("{list}[{index}]."),
            balance: before.0,
            previous: before.1,
            last: index + 1 == rows.len(),
        };
        explained.extend(context.explain());
        before = (row.balance, row.due);
    }
    explained
}

pub(super) fn received(terms: &LoanTerms, path: &str) -> Explanation {
    let mut steps = Derivation::default();
    let upfront = terms.get().fees.iter().filter(|fee| fee.when == FeeWhen::Upfront);
    let fees = steps.sum(
        (1..).zip(upfront).map(|(k, fee): (usize, _)| (format!("fee_{k}"), terms.fee_amount(fee))).collect(),
        Some("upfront fees"),
    );
    let paid_out = terms.get().paid_out.unwrap_or(terms.get().principal);
    steps.step(format!("paid_out - {fees}"), vec![yuan("paid_out", paid_out)], None, StepRounding::None);
    steps.of(path, terms.received())
}

/// The rate of one whole period as a formula with its inputs.
pub(super) fn whole_period(terms: &LoanTerms, rate: Rate) -> (&'static str, Vec<(String, Input)>) {
    let period = terms.get().period;
    let stated = at("rate", rate.ratio());
    match (rate.per(), period.months(), period.days()) {
        (RatePer::TermFlat | RatePer::Day, ..) => ("rate", vec![stated]),
        (RatePer::Year, Some(months), _) => {
            ("rate * months / 12", vec![stated, count("months", months.into())])
        }
        (RatePer::Month, Some(months), _) => {
            ("rate * 12 * months / 12", vec![stated, count("months", months.into())])
        }
        (RatePer::Year, None, days) => {
            ("rate * days / 365", vec![stated, count("days", days.unwrap_or(0).into())])
        }
        (RatePer::Month, None, days) => {
            ("rate * 12 * days / 365", vec![stated, count("days", days.unwrap_or(0).into())])
        }
    }
}

/// The rate from `previous` to `due` as a formula with its inputs.
fn of_period(
    terms: &LoanTerms,
    rate: Rate,
    previous: NaiveDate,
    due: NaiveDate,
) -> (&'static str, Vec<(String, Input)>) {
    let loan = terms.get();
    // Equal interest in every term ignores the day count; a daily rate goes by days everywhere.
    let counted = if loan.method == Method::FlatRate { DayCount::Months } else { loan.day_count };
    counted_period(terms, rate, counted, previous, due)
}

/// The same under a day count of the caller's.
pub(super) fn counted_period(
    terms: &LoanTerms,
    rate: Rate,
    counted: DayCount,
    previous: NaiveDate,
    due: NaiveDate,
) -> (&'static str, Vec<(String, Input)>) {
    let days = || vec![at("rate", rate.ratio()), on("previous", previous), on("due", due)];
    match (rate.per(), counted) {
        (RatePer::TermFlat, _) => ("rate", vec![at("rate", rate.ratio())]),
        (RatePer::Day, _) => ("rate * (due - previous)", days()),
        (_, DayCount::Months) => whole_period(terms, rate),
        (RatePer::Year, DayCount::Act360) => ("rate * (due - previous) / 360", days()),
        (RatePer::Year, DayCount::Act365) => ("rate * (due - previous) / 365", days()),
        (RatePer::Month, DayCount::Act360) => ("rate * 12 * (due - previous) / 360", days()),
        (RatePer::Month, DayCount::Act365) => ("rate * 12 * (due - previous) / 365", days()),
    }
}

fn level_payment(terms: &LoanTerms, rate: Rate) -> Option<(Money, Explanation)> {
    let loan = terms.get();
    let (formula, inputs) = whole_period(terms, rate);
    let mut steps = Derivation::default();
    let periodic = steps.step(formula, inputs, None, StepRounding::None);
    let inputs = vec![yuan("principal", loan.principal), count("terms", loan.terms.into())];
    let formula = if rate.value().is_zero() {
        "principal / terms".to_owned()
    } else {
        let grown = format!("(1 + {periodic})^terms");
        format!("principal * {periodic} * {grown} / ({grown} - 1)")
    };
    steps.step(formula, inputs, Some("level payment"), StepRounding::HalfUpFen);
    let value = crate::level_payment(loan.principal, periodic_ratio(terms, rate)?, loan.terms)?;
    Some((value, steps.of("level_payment", value)))
}

fn periodic_ratio(terms: &LoanTerms, rate: Rate) -> Option<Ratio> {
    let period = terms.get().period;
    let annual = match rate.per() {
        RatePer::TermFlat | RatePer::Day => return Some(rate.ratio()),
        RatePer::Year => rate.ratio(),
        RatePer::Month => rate.ratio().times(12, 1)?,
    };
    match (period.months(), period.days()) {
        (Some(months), _) => annual.times(i128::from(months), 12),
        (None, days) => annual.times(i128::from(days.unwrap_or(0)), 365),
    }
}

struct Row<'a> {
    terms: &'a LoanTerms,
    rate: Option<Rate>,
    level: Option<Money>,
    row: &'a Instalment,
    path: String,
    balance: Money,
    previous: NaiveDate,
    last: bool,
}

impl Row<'_> {
    fn explain(&self) -> Vec<Explanation> {
        let row = self.row;
        let figure =
            |steps: Derivation, name: &str, value: Money| steps.of(format!("{}{name}", self.path), value);
        let mut payment = Derivation::default();
        let parts =
            vec![yuan("principal", row.principal), yuan("interest", row.interest), yuan("fees", row.fees)];
        payment.step("principal + interest + fees", parts, None, StepRounding::None);
        let mut balance = Derivation::default();
        let parts = vec![yuan("balance_before", self.balance), yuan("principal", row.principal)];
        balance.step("balance_before - principal", parts, None, StepRounding::None);
        vec![
            figure(self.principal(), "principal", row.principal),
            figure(self.interest(), "interest", row.interest),
            figure(self.fees(), "fees", row.fees),
            figure(payment, "payment", row.payment()),
            figure(balance, "balance", row.balance),
        ]
    }

    fn as_typed(&self, amount: Money) -> Derivation {
        let mut steps = Derivation::default();
        steps.step("typed", vec![yuan("typed", amount)], Some("row as typed"), StepRounding::None);
        steps
    }

    fn principal(&self) -> Derivation {
        let loan = self.terms.get();
        let mut steps = Derivation::default();
        let balance = yuan("balance", self.balance);
        match (loan.method, self.level) {
            (Method::Custom, _) => return self.as_typed(self.row.principal),
            _ if self.last => {
                steps.step(
                    "balance",
                    vec![balance],
                    Some("the last row takes what is left"),
                    StepRounding::None,
                );
            }
            (Method::EqualInstallment, Some(level)) => {
                let inputs = vec![balance, yuan("level_payment", level), yuan("interest", self.row.interest)];
                steps.step(
                    "min(max(level_payment - interest, 0), balance)",
                    inputs,
                    None,
                    StepRounding::None,
                );
            }
            (Method::EqualPrincipal | Method::FlatRate, _) => {
                let inputs = vec![yuan("principal", loan.principal), count("terms", loan.terms.into())];
                let each = steps.step("principal / terms", inputs, None, StepRounding::HalfUpFen);
                steps.step(format!("min({each}, balance)"), vec![balance], None, StepRounding::None);
            }
            _ => {
                steps.step(
                    "0",
                    Vec::new(),
                    Some("principal is repaid with the last row"),
                    StepRounding::None,
                );
            }
        }
        steps
    }

    fn interest(&self) -> Derivation {
        let loan = self.terms.get();
        let (Some(rate), false) = (self.rate, loan.method == Method::Custom) else {
            return self.as_typed(self.row.interest);
        };
        let mut steps = Derivation::default();
        let (formula, inputs) = of_period(self.terms, rate, self.previous, self.row.due);
        let of_period = steps.step(formula, inputs, None, StepRounding::None);
        let by_days = rate.per() == RatePer::Day || loan.day_count != DayCount::Months;
        let whole = match loan.method {
            // Several periods in one row: days add up by themselves, whole periods are counted.
            Method::SinglePayment if !by_days || rate.per() == RatePer::TermFlat => steps.step(
                format!("{of_period} * terms"),
                vec![count("terms", loan.terms.into())],
                None,
                StepRounding::None,
            ),
            _ => of_period,
        };
        let base = match loan.method {
            Method::EqualInstallment | Method::EqualPrincipal => self.balance,
            _ => loan.principal,
        };
        steps.step(format!("balance * {whole}"), vec![yuan("balance", base)], None, StepRounding::HalfUpFen);
        steps
    }

    fn fees(&self) -> Derivation {
        if self.terms.get().method == Method::Custom {
            return self.as_typed(self.row.fees);
        }
        let mut steps = Derivation::default();
        let due = |when: FeeWhen| when == FeeWhen::EachTerm || (when == FeeWhen::Final && self.last);
        let fees = self.terms.get().fees.iter().filter(|fee| due(fee.when));
        let parts =
            (1..).zip(fees).map(|(k, fee): (usize, _)| (format!("fee_{k}"), self.terms.fee_amount(fee)));
        steps.sum(parts.collect(), Some("fees of the contract"));
        steps
    }
}

fn costs(terms: &LoanTerms, amortised: &Amortised) -> Vec<Explanation> {
    let schedule = &amortised.schedule;
    let cost = loan_cost(terms, schedule);
    let (flows, _) = loan_flows(terms, schedule);
    let amounts: Vec<Money> = flows.iter().map(|(_, amount)| *amount).collect();
    let mut explained: Vec<Explanation> = super::findings::of_cost(terms, &cost).into_iter().collect();
    explained.push(total_cost(&cost, &amounts, "cost.total_cost".to_owned()));
    explained.extend(rates(&cost, CostFlows::Dated(&flows), "cost."));
    if let Ok(periods) = whole_periods(terms, schedule) {
        let timed: Vec<_> = std::iter::once(0).chain(periods).zip(amounts).collect();
        explained.extend(rates(&cost, CostFlows::Periodic(&timed, terms.get().period), "cost."));
    }
    let mut before = (schedule.principal(), terms.get().disbursed_on);
    let mut used = Vec::new();
    for row in schedule.rows() {
        used.push((before.0, days_between(before.1, row.due)));
        before = (row.balance, row.due);
    }
    explained.extend(
        cost.apr_simple.map(|rate| simple(rate, cost.total_cost, &used, "cost.apr_simple".to_owned())),
    );
    explained
}
