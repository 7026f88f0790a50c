use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{
    Bucket, CivilDateError, CustomRow, DayCount, DueCalendar, LenderKind, Money, Period, Rate, check_date,
};

/// How far figures may go; beyond, a request is refused by name.
pub mod limits {
    use crate::Money;

    /// Smallest principal.
    pub const PRINCIPAL_MIN: Money = Money::from_fen(1);
    /// Largest principal.
    pub const PRINCIPAL_MAX: Money = Money::from_yuan(100_000_000);
    /// Most terms.
    pub const TERMS_MAX: u16 = 600;
    /// Longest 宽限期 a contract may state, in days.
    pub const GRACE_DAYS_MAX: u16 = 90;
    /// Most debts in one plan.
    pub const DEBTS_MAX: usize = 500;
    /// Most payments on one loan.
    pub const PAYMENTS_MAX: usize = 5_000;
    /// Longest name, number or address, in characters: what stands on one line.
    pub const LINE_MAX: usize = 200;
    /// Longest free text, in characters.
    pub const TEXT_MAX: usize = 20_000;
}

/// 还款方式 (domain §1.3 A–G).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// 等额本息.
    EqualInstallment,
    /// 等额本金.
    EqualPrincipal,
    /// 先息后本.
    InterestOnlyBullet,
    /// 一次性还本付息.
    SinglePayment,
    /// 等本等息.
    FlatRate,
    /// 按日计息: one draw, actual days, principal on the last due.
    DailyAccrual,
    /// Rows typed from the lender's table.
    Custom,
}

/// 费用名目 (domain §1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeeKind {
    /// 服务费、平台费.
    ServiceFee,
    /// 担保费.
    GuaranteeFee,
    /// 保险费.
    InsurancePremium,
    /// 会员费、权益卡.
    MembershipFee,
    /// 咨询费、顾问费.
    ConsultingFee,
    /// 手续费.
    HandlingFee,
    /// 砍头息、预扣.
    UpfrontDeduction,
    /// 提前还款违约金.
    EarlyRepaymentFee,
    /// 违约金、滞纳金.
    LatePenalty,
    /// 催收费.
    CollectionFee,
    /// 律师费、诉讼费.
    LegalFee,
    /// 保证金.
    DepositHeld,
}

/// How a fee is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeAmount {
    /// So much money.
    Fixed(Money),
    /// A fraction of the principal.
    OfPrincipal(Decimal),
}

/// When a fee is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeeWhen {
    /// Kept back from the money paid out; appears in no row.
    Upfront,
    /// With every term.
    EachTerm,
    /// With the last term.
    Final,
}

/// One fee of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// Its name.
    pub kind: FeeKind,
    /// How much.
    pub amount: FeeAmount,
    /// When it is taken.
    pub when: FeeWhen,
    /// Whether it counts in the cost of the loan; true unless it buys something really optional.
    pub counts_in_cost: bool,
    /// Legal name of who receives it, when known.
    pub payee: Option<String>,
    /// Contract it stems from, when not the loan's own.
    pub contract: Option<String>,
}

/// The rate that overdue money bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PenaltyRate {
    /// So many times the contract rate.
    MultipleOfContract(Decimal),
    /// A stated rate per day or year.
    Stated(Rate),
}

/// What the penalty rate applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PenaltyBase {
    /// The overdue term's unpaid principal.
    #[default]
    OverduePrincipal,
    /// Its unpaid principal, interest and fees.
    OverdueTotal,
}

/// Whether unpaid interest bears interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CompoundOn {
    /// No.
    #[default]
    None,
    /// Unpaid in-term interest, at the penalty rate.
    InTermInterest,
}

/// Days a year when a penalty accrues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PenaltyDayCount {
    /// 360.
    #[default]
    Act360,
    /// 365.
    Act365,
}

/// 罚息 as the contract states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Penalty {
    /// The rate.
    pub rate: PenaltyRate,
    /// What it applies to.
    pub base: PenaltyBase,
    /// Compounding.
    pub compound_on: CompoundOn,
    /// Days a year.
    pub day_count: PenaltyDayCount,
}

/// Loan terms as somebody states them, before they are checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanDraft {
    /// 合同本金.
    pub principal: Money,
    /// Money paid out, when less than the principal before upfront fees.
    pub paid_out: Option<Money>,
    /// Day the money came.
    pub disbursed_on: NaiveDate,
    /// Repayment method.
    pub method: Method,
    /// The rate, when known.
    pub rate: Option<Rate>,
    /// Payment per term, when the rate is not known.
    pub payment: Option<Money>,
    /// How interest counts time.
    pub day_count: DayCount,
    /// Number of terms.
    pub terms: u16,
    /// First due.
    pub first_due: NaiveDate,
    /// Day of the month dues fall on.
    pub due_day: Option<u32>,
    /// Distance between dues.
    pub period: Period,
    /// Fees.
    pub fees: Vec<Fee>,
    /// The lender's own rows, for [`Method::Custom`].
    pub rows: Vec<CustomRow>,
    /// 罚息.
    pub penalty: Option<Penalty>,
    /// 违约金: a fixed amount once per late term.
    pub late_fee: Option<Money>,
    /// 宽限期: what is paid within so many days after its due bears neither penalty nor late fee. It moves no due and
    /// does not change how many days something is overdue (domain §3.5); once it is over, the penalty counts from the due.
    pub grace_days: u16,
    /// Order of allocation inside a term; empty means the statutory order.
    pub allocation_order: Vec<Bucket>,
    /// What the creditor is.
    pub lender_kind: LenderKind,
    /// Day the contract was made.
    pub contract_date: Option<NaiveDate>,
}

/// Loan terms that can be computed: amounts and terms within [`limits`], dates that exist and are in order,
/// a rate, a payment or rows (whichever the method needs), an allocation order that names every bucket once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanTerms {
    draft: LoanDraft,
    calendar: DueCalendar,
}

/// Why stated terms cannot be computed; each variant names the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// `principal`
    #[error("principal: between 0.01 and 100,000,000.00")]
    Principal,
    /// `paid_out`
    #[error("paid_out: above zero and not more than the principal")]
    PaidOut,
    /// `terms`
    #[error("terms: between 1 and 600")]
    Terms,
    /// `period`
    #[error("period: between 1 and 366 days")]
    Period,
    /// `disbursed_on`
    #[error("disbursed_on: {0}")]
    DisbursedOn(CivilDateError),
    /// `first_due`
    #[error("first_due: {0}")]
    FirstDue(CivilDateError),
    /// `contract_date`
    #[error("contract_date: {0}")]
    ContractDate(CivilDateError),
    /// The last due lies beyond 2100.
    #[error("terms: the last due lies beyond 2100")]
    LastDue,
    /// `first_due` before the money came.
    #[error("first_due: must be after disbursed_on")]
    FirstDueBeforeDisbursement,
    /// `due_day`
    #[error("due_day: must agree with first_due")]
    DueDay,
    /// Neither rate nor payment.
    #[error("rate: needed, or else payment")]
    RateMissing,
    /// `payment`
    #[error("payment: above zero, and only for equal_installment and flat_rate")]
    Payment,
    /// `rate.per`
    #[error("rate.per: a daily rate needs day_count act_360 or act_365")]
    DailyRateNeedsDays,
    /// `rate.per`
    #[error("rate.per: equal_installment has no level payment at a daily rate")]
    DailyRateLevel,
    /// `day_count`
    #[error("day_count: daily_accrual counts days; use act_360 or act_365")]
    AccrualNeedsDays,
    /// `rows`
    #[error("rows: custom needs them, other methods have none")]
    Rows,
    /// `fees`
    #[error(
        "fees: an amount is not negative, a rate lies between 0 and 1, and less is kept back than paid out"
    )]
    Fee,
    /// `penalty`
    #[error("penalty.rate: between 0 and 100 a year, per day or per year")]
    PenaltyRate,
    /// `penalty`
    #[error("penalty.rate: a multiple needs a contract rate per year, month or day")]
    PenaltyMultiple,
    /// `penalty.compound_on`
    #[error("penalty.compound_on: overdue_total already holds the interest")]
    CompoundOnTotal,
    /// `late_fee`
    #[error("late_fee: not negative")]
    LateFee,
    /// `grace_days`
    #[error("grace_days: between 0 and 90")]
    GraceDays,
    /// `allocation_order`
    #[error("allocation_order: each bucket exactly once")]
    AllocationOrder,
}

impl LoanTerms {
    /// Checked terms.
    ///
    /// # Errors
    /// The first field that keeps them from being computed.
    pub fn new(mut draft: LoanDraft) -> Result<Self, TermsError> {
        use TermsError as E;
        if draft.principal < limits::PRINCIPAL_MIN || draft.principal > limits::PRINCIPAL_MAX {
            return Err(E::Principal);
        }
        if draft.paid_out.is_some_and(|m| !m.is_positive() || m > draft.principal) {
            return Err(E::PaidOut);
        }
        if matches!(draft.period, Period::Days(n) if n == 0 || n > 366) {
            return Err(E::Period);
        }
        check_date(draft.disbursed_on).map_err(E::DisbursedOn)?;
        check_date(draft.first_due).map_err(E::FirstDue)?;
        draft.contract_date.map_or(Ok(draft.first_due), check_date).map_err(E::ContractDate)?;
        if draft.method == Method::Custom {
            let rows = u16::try_from(draft.rows.len()).unwrap_or(u16::MAX);
            if rows == 0 {
                return Err(E::Rows);
            }
            draft.terms = rows;
        } else if !draft.rows.is_empty() {
            return Err(E::Rows);
        }
        if draft.terms == 0 || draft.terms > limits::TERMS_MAX {
            return Err(E::Terms);
        }
        if draft.first_due <= draft.disbursed_on {
            return Err(E::FirstDueBeforeDisbursement);
        }
        let calendar = DueCalendar::new(draft.first_due, draft.due_day, draft.period).ok_or(E::DueDay)?;
        check_date(calendar.due(draft.terms)).map_err(|_| E::LastDue)?;
        check_rate(&draft)?;
        check_fees(&draft)?;
        check_penalty(&draft)?;
        if draft.late_fee.is_some_and(Money::is_negative) {
            return Err(E::LateFee);
        }
        if draft.grace_days > limits::GRACE_DAYS_MAX {
            return Err(E::GraceDays);
        }
        if draft.allocation_order.is_empty() {
            draft.allocation_order = Bucket::STATUTORY_ORDER.to_vec();
        }
        let mut named = draft.allocation_order.clone();
        named.sort_unstable();
        if named != Bucket::STATUTORY_ORDER {
            return Err(E::AllocationOrder);
        }
        Ok(Self { draft, calendar })
    }

    /// Every field, as checked: `allocation_order` is complete, `terms` counts the rows of a custom loan.
    #[must_use]
    pub const fn get(&self) -> &LoanDraft {
        &self.draft
    }

    /// The due dates.
    #[must_use]
    pub const fn calendar(&self) -> DueCalendar {
        self.calendar
    }

    /// A fee's amount on this principal, half-up to the fen.
    #[must_use]
    pub fn fee_amount(&self, fee: &Fee) -> Money {
        fee_amount(self.draft.principal, fee)
    }

    /// What the borrower really got: money paid out less upfront fees.
    #[must_use]
    pub fn received(&self) -> Money {
        received(&self.draft)
    }
}

fn fee_amount(principal: Money, fee: &Fee) -> Money {
    match fee.amount {
        FeeAmount::Fixed(amount) => amount,
        FeeAmount::OfPrincipal(rate) => {
            let rate = crate::Ratio::from_decimal(rate);
            principal.times(rate.num(), rate.den(), crate::Rounding::HalfUp).unwrap_or(Money::ZERO)
        }
    }
}

fn received(draft: &LoanDraft) -> Money {
    let upfront =
        draft.fees.iter().filter(|f| f.when == FeeWhen::Upfront).map(|f| fee_amount(draft.principal, f));
    draft.paid_out.unwrap_or(draft.principal) - upfront.sum()
}

fn check_rate(draft: &LoanDraft) -> Result<(), TermsError> {
    use TermsError as E;
    if draft.payment.is_some_and(|m| !m.is_positive() || m > limits::PRINCIPAL_MAX) {
        return Err(E::Payment);
    }
    match draft.rate {
        None if draft.method == Method::Custom => Ok(()),
        None if draft.payment.is_none() => Err(E::RateMissing),
        None if matches!(draft.method, Method::EqualInstallment | Method::FlatRate) => Ok(()),
        None => Err(E::Payment),
        Some(rate) => {
            let by_day = rate.per() == crate::RatePer::Day;
            let months = draft.day_count == DayCount::Months;
            if by_day && months && !matches!(draft.method, Method::Custom) {
                return Err(E::DailyRateNeedsDays);
            }
            if by_day && draft.method == Method::EqualInstallment {
                return Err(E::DailyRateLevel);
            }
            if draft.method == Method::DailyAccrual && months {
                return Err(E::AccrualNeedsDays);
            }
            Ok(())
        }
    }
}

fn check_fees(draft: &LoanDraft) -> Result<(), TermsError> {
    let sound = draft.fees.iter().all(|fee| match fee.amount {
        FeeAmount::Fixed(amount) => !amount.is_negative() && amount <= limits::PRINCIPAL_MAX,
        FeeAmount::OfPrincipal(rate) => {
            rate >= Decimal::ZERO && rate <= Decimal::ONE && rate.normalize().scale() <= 12
        }
    });
    if sound && received(draft).is_positive() { Ok(()) } else { Err(TermsError::Fee) }
}

fn check_penalty(draft: &LoanDraft) -> Result<(), TermsError> {
    use crate::RatePer;
    let Some(penalty) = draft.penalty else { return Ok(()) };
    match penalty.rate {
        PenaltyRate::MultipleOfContract(times) => {
            if times < Decimal::ZERO || times > Decimal::new(100, 0) || times.normalize().scale() > 12 {
                return Err(TermsError::PenaltyRate);
            }
            if draft.rate.is_some_and(|r| r.per() == RatePer::TermFlat) {
                return Err(TermsError::PenaltyMultiple);
            }
        }
        PenaltyRate::Stated(rate) if !matches!(rate.per(), RatePer::Day | RatePer::Year) => {
            return Err(TermsError::PenaltyRate);
        }
        PenaltyRate::Stated(_) => {}
    }
    if penalty.base == PenaltyBase::OverdueTotal && penalty.compound_on != CompoundOn::None {
        return Err(TermsError::CompoundOnTotal);
    }
    Ok(())
}
