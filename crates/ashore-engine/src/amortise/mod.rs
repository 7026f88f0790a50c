//! From terms to rows: one repayment method per file.

mod bullet;
mod custom;
mod equal_installment;
mod equal_principal;
mod flat_rate;
pub(crate) mod period_rate;
mod rate_found;
mod single_payment;

use ashore_domain::{
    DayCount, FeeWhen, LoanDraft, LoanTerms, Method, Money, Period, Ratio, Schedule, ScheduleError,
    days_between,
};
use chrono::NaiveDate;

use crate::Finding;
use period_rate::PeriodRate;
pub use rate_found::RateFound;

/// A schedule with how its rate was found and what the reader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amortised {
    /// The rows; they tie out.
    pub schedule: Schedule,
    /// The rate, when only the payment was known.
    pub rate_found: Option<RateFound>,
    /// What the reader should know.
    pub findings: Vec<Finding>,
}

/// Why terms have no schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmortiseError {
    /// Typed rows that are no schedule.
    #[error("rows: {0}")]
    Rows(ScheduleError),
    /// A typed row before the money came.
    #[error("rows: row 1 must fall due after disbursed_on")]
    RowBeforeDisbursement,
    /// The payments do not even return the principal.
    #[error("payment: {terms} payments of {payment} (fees aside) repay less than the principal {principal}")]
    PaymentBelowPrincipal {
        /// Payment per term, less the fees of a term.
        payment: Money,
        /// Number of terms.
        terms: u16,
        /// What was lent.
        principal: Money,
    },
    /// No rate up to 10,000 % a year gives so large a payment.
    #[error("payment: {payment} a term needs a rate above 10,000 % a year")]
    PaymentTooLarge {
        /// Payment per term, less the fees of a term.
        payment: Money,
    },
    /// Beyond exact arithmetic; terms within the limits do not come here.
    #[error("loan: too large to compute exactly")]
    TooLarge,
}

/// The schedule of `terms`, exact to the fen: every row half-up, the last row absorbing the difference.
///
/// ```
/// use ashore_domain::*;
/// # fn draft() -> LoanDraft {
/// #     LoanDraft {
/// #         principal: Money::from_yuan(10_000), paid_out: None, disbursed_on: "2025-01-15".parse().unwrap(),
/// #         method: Method::EqualInstallment, rate: None, payment: Some(Money::from_fen(94_560)),
/// #         day_count: DayCount::Months, terms: 12, first_due: "2025-02-15".parse().unwrap(), due_day: None,
/// #         period: Period::Month, fees: vec![], rows: vec![], penalty: None, late_fee: None,
/// #         grace_days: 0,
/// #         allocation_order: vec![], lender_kind: LenderKind::Unknown, contract_date: None,
/// #     }
/// # }
/// // ¥10,000 in twelve payments of 945.60: the rate is found, the last payment is five fen less.
/// let found = ashore_engine::amortise(&LoanTerms::new(draft()).unwrap()).unwrap();
/// assert_eq!(found.rate_found.unwrap().rate.value().to_string(), "0.24");
/// assert_eq!(found.schedule.rows()[11].payment(), Money::from_fen(94_555));
/// ```
///
/// # Errors
/// Typed rows that do not tie out, and a payment that no rate explains.
pub fn amortise(terms: &LoanTerms) -> Result<Amortised, AmortiseError> {
    let frame = Frame::new(terms)?;
    let mut findings = Vec::new();
    let schedule = match terms.get().method {
        Method::EqualInstallment => equal_installment::schedule(&frame, &mut findings)?,
        Method::EqualPrincipal => equal_principal::schedule(&frame)?,
        Method::InterestOnlyBullet | Method::DailyAccrual => bullet::schedule(&frame)?,
        Method::SinglePayment => single_payment::schedule(&frame)?,
        Method::FlatRate => flat_rate::schedule(&frame, &mut findings)?,
        Method::Custom => custom::schedule(&frame, &mut findings)?,
    };
    Ok(Amortised { schedule, rate_found: frame.rate_found, findings })
}

/// What every method starts from.
struct Frame<'a> {
    terms: &'a LoanTerms,
    loan: &'a LoanDraft,
    /// Fees of each term.
    term_fees: Money,
    /// Fees of the last term besides.
    final_fees: Money,
    /// The payment per term less the fees of a term, when that is what is known.
    payment: Option<Money>,
    rate_found: Option<RateFound>,
}

impl<'a> Frame<'a> {
    fn new(terms: &'a LoanTerms) -> Result<Self, AmortiseError> {
        let loan = terms.get();
        let fees = |when| loan.fees.iter().filter(|f| f.when == when).map(|f| terms.fee_amount(f)).sum();
        let term_fees = fees(FeeWhen::EachTerm);
        // The payment a borrower knows is the whole debit, fees of the term included.
        let payment = loan.payment.map(|payment| payment - term_fees);
        let rate_found = match (loan.rate, payment) {
            (None, Some(payment)) if loan.method != Method::Custom => Some(rate_found::solve(loan, payment)?),
            _ => None,
        };
        Ok(Self { terms, loan, term_fees, final_fees: fees(FeeWhen::Final), payment, rate_found })
    }

    /// The rate of each period, as stated or as found.
    fn rate(&self, by_days: bool) -> PeriodRate {
        let rate = self.rate_found.map(|found| found.rate).or(self.loan.rate);
        let day_count = if by_days { self.loan.day_count } else { DayCount::Months };
        rate.and_then(|rate| PeriodRate::new(rate, self.loan.period, day_count))
            .unwrap_or(PeriodRate::Whole(Ratio::ZERO))
    }

    /// Rows from each term's `(principal, interest)`, given its number and its days.
    fn rows(&self, mut part: impl FnMut(u16, i64) -> (Money, Money)) -> Result<Schedule, AmortiseError> {
        let (calendar, count) = (self.terms.calendar(), self.loan.terms);
        let mut before = self.loan.disbursed_on;
        let rows = (1..=count).map(|term| {
            let due = calendar.due(term);
            let (principal, interest) = part(term, days_between(before, due));
            before = due;
            let fees = if term == count { self.term_fees + self.final_fees } else { self.term_fees };
            (due, principal, interest, fees)
        });
        Schedule::new(self.loan.principal, rows).map_err(AmortiseError::Rows)
    }

    /// At least as long as any period of this loan, in days.
    fn longest_period(&self) -> i64 {
        let regular = match self.loan.period {
            Period::Days(days) => i64::from(days),
            Period::Month | Period::Quarter | Period::Week | Period::Biweek => 92,
        };
        regular.max(days_between(self.loan.disbursed_on, self.loan.first_due))
    }

    /// The due of the last term.
    fn last_due(&self) -> NaiveDate {
        self.terms.calendar().due(self.loan.terms)
    }
}
