use ashore_domain::{DayCount, FeeWhen, Instalment, LoanDraft, LoanTerms, Method, Money, Rounding};
use chrono::NaiveDate;

use super::derivation::{Derivation, StepRounding, count, on, yuan};
use super::schedule::{counted_period, whole_period};
use super::{Explanation, explain_statement};
use crate::identify::{Counted, counted};
use crate::{
    ClaimedBalance, Convention, DatedPayment, FeePlacement, Figure, FirstPeriod, Identified, PrintedRow,
    StatementRequest,
};

/// How the figures of ours that differ from a claimed balance came about, under the convention of each match.
#[must_use]
pub fn explain_claimed(
    loan: &LoanDraft,
    payments: &[DatedPayment],
    claimed: &ClaimedBalance,
    found: &Identified,
) -> Vec<Explanation> {
    let mut explained = Vec::new();
    for (m, matched) in found.matches.iter().enumerate() {
        let with = LoanDraft { penalty: matched.penalty, ..loan.clone() };
        let Some(terms) = crate::identify::as_understood(&with, &matched.convention) else { continue };
        let request = StatementRequest {
            terms: Some(&terms),
            opening: None,
            payments,
            changes: &[],
            as_of: claimed.as_of,
            acceleration_on: None,
        };
        let Ok((_, figures)) = explain_statement(&request) else { continue };
        for (d, difference) in matched.differences.iter().enumerate() {
            let wanted = format!("outstanding.{}", difference.field);
            if let Some(figure) = figures.iter().find(|figure| figure.path == wanted) {
                explained.push(Explanation { path: ours(m, d), ..figure.clone() });
            }
        }
    }
    explained
}

/// How the figures of ours that differ from the printed rows came about, under the convention of each match. The
/// level payment of a match, which stands in no difference, has the path `matches[m].level_payment`.
#[must_use]
pub fn explain_printed(loan: &LoanDraft, printed: &[PrintedRow], found: &Identified) -> Vec<Explanation> {
    let mut explained = Vec::new();
    for (m, matched) in found.matches.iter().enumerate() {
        let Some(table) = counted(loan, printed, &matched.convention) else { continue };
        let level = level(&table, &matched.convention);
        explained.extend(
            level.iter().map(|(steps, value)| steps.clone().of(format!("matches[{m}].level_payment"), value)),
        );
        for (d, difference) in matched.differences.iter().enumerate() {
            let index = usize::from(difference.term.unwrap_or(1)).saturating_sub(1);
            let row = Row::new(&table, &matched.convention, level.as_ref().map(|(_, value)| *value), index);
            let (steps, value) = match (difference.ours, row) {
                (Figure::Day(day), _) => {
                    let mut steps = Derivation::default();
                    steps.day_step(
                        "due",
                        vec![on("due", day)],
                        Some("due_day of each period from first_due"),
                    );
                    (steps, day.to_string())
                }
                (Figure::Amount(amount), Some(row)) => (row.figure(difference.field), amount.to_string()),
                // The convention has no such row.
                (Figure::Amount(amount), None) => {
                    let mut steps = Derivation::default();
                    steps.step("0", Vec::new(), Some("there is no such row"), StepRounding::None);
                    (steps, amount.to_string())
                }
            };
            explained.push(steps.of(ours(m, d), value));
        }
    }
    explained
}

fn ours(matched: usize, difference: usize) -> String {
    format!("matches[{matched}].differences[{difference}].ours")
}

const fn to_fen(rounding: Rounding) -> StepRounding {
    match rounding {
        Rounding::HalfUp => StepRounding::HalfUpFen,
        Rounding::Floor => StepRounding::FloorFen,
        Rounding::Ceil => StepRounding::CeilFen,
    }
}

/// What equal terms are: the level payment, or an equal part of the principal.
fn level(table: &Counted, convention: &Convention) -> Option<(Derivation, Money)> {
    let loan = table.terms.get();
    let mut steps = Derivation::default();
    let inputs = vec![yuan("principal", loan.principal), count("terms", loan.terms.into())];
    let rounding = to_fen(convention.rounding);
    match convention.method {
        Method::EqualInstallment => {
            let (formula, rate) = whole_period(&table.terms, table.rate);
            let whole = steps.step(formula, rate, None, StepRounding::None);
            let formula = if table.rate.value().is_zero() {
                "principal / terms".to_owned()
            } else {
                let grown = format!("(1 + {whole})^terms");
                format!("principal * {whole} * {grown} / ({grown} - 1)")
            };
            steps.step(formula, inputs, Some("level payment"), rounding);
        }
        Method::EqualPrincipal | Method::FlatRate => {
            steps.step("principal / terms", inputs, Some("equal part of the principal"), rounding);
        }
        _ => return None,
    }
    let value = steps.amount()?;
    Some((steps, value))
}

struct Row<'a> {
    table: &'a Counted,
    convention: &'a Convention,
    level: Option<Money>,
    row: &'a Instalment,
    index: usize,
    balance: Money,
    previous: NaiveDate,
}

impl<'a> Row<'a> {
    fn new(
        table: &'a Counted,
        convention: &'a Convention,
        level: Option<Money>,
        index: usize,
    ) -> Option<Self> {
        let row = table.rows.get(index)?;
        let before = index.checked_sub(1).and_then(|before| table.rows.get(before));
        let loan = table.terms.get();
        let (balance, previous) =
            before.map_or((loan.principal, loan.disbursed_on), |row| (row.balance, row.due));
        Some(Self { table, convention, level, row, index, balance, previous })
    }

    fn figure(&self, field: &str) -> Derivation {
        let row = self.row;
        match field {
            "principal" => self.principal(),
            "interest" => self.interest(),
            "fees" => self.fees(),
            "balance" => {
                let mut steps = Derivation::default();
                let inputs = vec![yuan("balance_before", self.balance), yuan("principal", row.principal)];
                steps.step("balance_before - principal", inputs, None, StepRounding::None);
                steps
            }
            _ => {
                let mut steps = Derivation::default();
                let inputs = vec![
                    yuan("principal", row.principal),
                    yuan("interest", row.interest),
                    yuan("fees", row.fees),
                ];
                steps.step("principal + interest + fees", inputs, None, StepRounding::None);
                steps
            }
        }
    }

    fn last(&self) -> bool {
        self.index + 1 == self.table.rows.len()
    }

    fn principal(&self) -> Derivation {
        let mut steps = Derivation::default();
        let balance = yuan("balance", self.balance);
        match (self.convention.method, self.level) {
            _ if self.last() => steps.step(
                "balance",
                vec![balance],
                Some("the last row takes what is left"),
                StepRounding::None,
            ),
            (Method::EqualInstallment, Some(level)) => {
                let inputs = vec![balance, yuan("level_payment", level), yuan("interest", self.row.interest)];
                steps.step("min(max(level_payment - interest, 0), balance)", inputs, None, StepRounding::None)
            }
            (_, Some(level)) => {
                steps.step("min(part, balance)", vec![yuan("part", level), balance], None, StepRounding::None)
            }
            _ => {
                steps.step("0", Vec::new(), Some("principal is repaid with the last row"), StepRounding::None)
            }
        };
        steps
    }

    fn interest(&self) -> Derivation {
        let loan = self.table.terms.get();
        let method = self.convention.method;
        let mut steps = Derivation::default();
        let rate = if method == Method::SinglePayment {
            let calendar = self.table.terms.calendar();
            let mut before = loan.disbursed_on;
            let names: Vec<String> = (1..=loan.terms)
                .map(|k| {
                    let due = calendar.due(k);
                    let name = self.period(&mut steps, k, before, due);
                    before = due;
                    name
                })
                .collect();
            steps.step(names.join(" + "), Vec::new(), Some("all periods"), StepRounding::None)
        } else {
            let k = u16::try_from(self.index + 1).unwrap_or(u16::MAX);
            self.period(&mut steps, k, self.previous, self.row.due)
        };
        let base = match method {
            Method::EqualInstallment | Method::EqualPrincipal => self.balance,
            _ => loan.principal,
        };
        steps.step(
            format!("base * {rate}"),
            vec![yuan("base", base)],
            None,
            to_fen(self.convention.rounding),
        );
        steps
    }

    /// The rate of the k-th period, as a step.
    fn period(&self, steps: &mut Derivation, k: u16, previous: NaiveDate, due: NaiveDate) -> String {
        let (terms, rate) = (&self.table.terms, self.table.rate);
        let flat = self.convention.method == Method::FlatRate;
        let usual = if flat { DayCount::Months } else { self.convention.day_count };
        let (formula, inputs) = match self.convention.first_period {
            FirstPeriod::Days360 if k == 1 => counted_period(terms, rate, DayCount::Act360, previous, due),
            FirstPeriod::Days365 if k == 1 => counted_period(terms, rate, DayCount::Act365, previous, due),
            FirstPeriod::Whole if k == 1 => whole_period(terms, rate),
            _ => counted_period(terms, rate, usual, previous, due),
        };
        let both_ends = self.convention.first_period == FirstPeriod::BothEnds && k == 1;
        let formula = if both_ends {
            formula.replace("(due - previous)", "(due - previous + 1)")
        } else {
            formula.to_owned()
        };
        steps.step(formula, inputs, both_ends.then_some("both ends count"), StepRounding::None)
    }

    fn fees(&self) -> Derivation {
        let terms: &LoanTerms = &self.table.terms;
        let of = |when: FeeWhen| -> Money {
            terms.get().fees.iter().filter(|fee| fee.when == when).map(|fee| terms.fee_amount(fee)).sum()
        };
        let mut steps = Derivation::default();
        let rows = i64::try_from(self.table.rows.len()).unwrap_or(i64::MAX);
        let each = match self.convention.fees {
            FeePlacement::Apart => 0,
            FeePlacement::EachTerm => 1,
            FeePlacement::FirstTerm if self.index == 0 => rows,
            FeePlacement::FirstTerm => 0,
        };
        let at_end = self.last() && self.convention.fees != FeePlacement::Apart;
        let inputs = vec![
            yuan("each_term", of(FeeWhen::EachTerm)),
            count("times", each),
            yuan("at_end", if at_end { of(FeeWhen::Final) } else { Money::ZERO }),
        ];
        steps.step("each_term * times + at_end", inputs, Some("where the fees stand"), StepRounding::None);
        steps
    }
}
