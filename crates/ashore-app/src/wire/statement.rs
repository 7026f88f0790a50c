use std::collections::BTreeMap;

use ashore_domain::{self as d, Buckets, Money, StatedBalance};
use ashore_engine::{
    Allocation, Change, DatedPayment, DueItem, Overdue, Statement, StatementFinding, TermState,
};
use serde::{Deserialize, Serialize};

use super::loan::RowInput;
use super::{Amount, Day, read};
use crate::words::Bucket;
use crate::{AppError, ErrorCode};

/// The lender's stated balance on a day; amounts left out are nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // see the contract of the command line
pub struct OpeningShape {
    pub as_of: String,
    #[serde(default)]
    pub principal: Option<String>,
    #[serde(default)]
    pub interest: Option<String>,
    #[serde(default)]
    pub penalty: Option<String>,
    #[serde(default)]
    pub late_fee: Option<String>,
    #[serde(default)]
    pub fees: Option<String>,
    #[serde(default)]
    pub oldest_unpaid_due: Option<String>,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PaymentShape {
    pub date: String,
    pub amount: String,
}

/// A waiver or an agreed new schedule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ChangeShape {
    pub date: String,
    pub waive: Option<BTreeMap<BucketKey, String>>,
    pub rows: Option<Vec<RowInput>>,
}

/// A bucket as the key of an object; ordered as the buckets are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct BucketKey(#[serde(deserialize_with = "bucket")] d::Bucket);

impl BucketKey {
    /// The bucket itself.
    pub(crate) const fn bucket(self) -> d::Bucket {
        self.0
    }
}

fn bucket<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<d::Bucket, D::Error> {
    Bucket::deserialize(deserializer).map(Into::into)
}

impl OpeningShape {
    /// The stated balance, or the field below `path` that is wrong.
    ///
    /// # Errors
    /// The first field that is wrong, by name.
    pub fn read(&self, path: &str) -> Result<StatedBalance, AppError> {
        let amount = |name: &str, text: &Option<String>| {
            let field = format!("{path}.{name}");
            text.as_deref().map_or(Ok(Money::ZERO), |text| read::not_negative(&field, text))
        };
        let oldest = self.oldest_unpaid_due.as_deref();
        Ok(StatedBalance {
            as_of: read::day(&format!("{path}.as_of"), &self.as_of)?,
            buckets: Buckets {
                principal: amount("principal", &self.principal)?,
                interest: amount("interest", &self.interest)?,
                penalty: amount("penalty", &self.penalty)?,
                late_fee: amount("late_fee", &self.late_fee)?,
                fees: amount("fees", &self.fees)?,
                ..Buckets::default()
            },
            oldest_unpaid_due: read::optional_day(&format!("{path}.oldest_unpaid_due"), oldest)?,
        })
    }
}

impl PaymentShape {
    /// The payments, or the field that is wrong.
    ///
    /// # Errors
    /// The first field that is wrong, by name.
    pub fn read_all(path: &str, payments: &[Self]) -> Result<Vec<DatedPayment>, AppError> {
        let read = |(i, payment): (usize, &Self)| {
            Ok(DatedPayment {
                on: read::day(&format!("{path}[{i}].date"), &payment.date)?,
                amount: read::amount(&format!("{path}[{i}].amount"), &payment.amount)?,
            })
        };
        payments.iter().enumerate().map(read).collect()
    }
}

impl ChangeShape {
    /// The changes, or the field that is wrong.
    ///
    /// # Errors
    /// The first field that is wrong, by name.
    pub fn read_all(path: &str, changes: &[Self]) -> Result<Vec<Change>, AppError> {
        changes.iter().enumerate().map(|(i, change)| change.read(&format!("{path}[{i}]"))).collect()
    }

    fn read(&self, path: &str) -> Result<Change, AppError> {
        let on = read::day(&format!("{path}.date"), &self.date)?;
        match (&self.waive, &self.rows) {
            (Some(waive), None) => {
                let read = |(bucket, text): (&BucketKey, &String)| {
                    Ok((bucket.0, read::not_negative(&format!("{path}.waive"), text)?))
                };
                Ok(Change::Waive { on, amounts: waive.iter().map(read).collect::<Result<_, AppError>>()? })
            }
            (None, Some(rows)) => {
                let read = |(i, row): (usize, &RowInput)| row.read(&format!("{path}.rows[{i}]"));
                Ok(Change::Reschedule {
                    on,
                    rows: rows.iter().enumerate().map(read).collect::<Result<_, _>>()?,
                })
            }
            _ => Err(AppError::field(
                ErrorCode::BadRequest,
                path,
                "either waive or rows, not both, not neither",
            )),
        }
    }
}

/// What is owed on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // see the contract of the command line
pub struct StatementShape {
    pub outstanding: OutstandingShape,
    pub accrued_not_due: Amount,
    pub overdue: OverdueShape,
    pub terms: Vec<TermShape>,
    pub allocations: Vec<AllocationShape>,
    pub credit: Amount,
    pub next_due: Option<DueShape>,
    pub findings: Vec<StatementFindingShape>,
}

/// One amount per bucket, with their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct OutstandingShape {
    pub principal: Amount,
    pub interest: Amount,
    pub penalty: Amount,
    pub compound: Amount,
    pub late_fee: Amount,
    pub fees: Amount,
    pub total: Amount,
}

/// What is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct OverdueShape {
    pub days: i64,
    pub since: Option<Day>,
    pub principal: Amount,
    pub total: Amount,
    pub stage: &'static str,
}

/// One term; `schedule` counts agreed schedules and is left out for the contract's own rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct TermShape {
    #[serde(skip_serializing_if = "is_contract")]
    pub schedule: u16,
    pub term: u16,
    pub due: Day,
    pub payable: Amount,
    pub paid: Amount,
    pub unpaid: Amount,
    pub overdue_days: i64,
}

/// A part of a payment and what it paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct AllocationShape {
    pub date: Day,
    #[serde(skip_serializing_if = "is_contract")]
    pub schedule: u16,
    pub term: u16,
    pub bucket: Bucket,
    pub amount: Amount,
}

/// A due that still needs money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DueShape {
    #[serde(skip_serializing_if = "is_contract")]
    pub schedule: u16,
    pub term: u16,
    pub due: Day,
    pub amount: Amount,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands a reference
const fn is_contract(schedule: &u16) -> bool {
    *schedule == 0
}

/// A finding as `{"code", …facts}`; `docs/codes.md` explains each code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum StatementFindingShape {
    PaymentAfterAsOf { payment: usize },
    PaymentBeforeDisbursement { payment: usize },
    PaymentBeforeOpening { payment: usize },
    ChangeAfterAsOf { change: usize },
    ChangeBeforeOpening { change: usize },
    PaymentsExceedDebt { amount: Amount },
    WaiverExceedsDebt { change: usize, bucket: Bucket, amount: Amount },
    RescheduleChangesPrincipal { change: usize, unpaid: Amount, rows: Amount },
    NothingToAccelerate,
    OpeningHoldsLaterPrincipal { past: Amount },
}

impl From<StatementFinding> for StatementFindingShape {
    fn from(finding: StatementFinding) -> Self {
        use StatementFinding as F;
        match finding {
            F::PaymentAfterAsOf { index } => Self::PaymentAfterAsOf { payment: index },
            F::PaymentBeforeDisbursement { index } => Self::PaymentBeforeDisbursement { payment: index },
            F::PaymentBeforeOpening { index } => Self::PaymentBeforeOpening { payment: index },
            F::ChangeAfterAsOf { index } => Self::ChangeAfterAsOf { change: index },
            F::ChangeBeforeOpening { index } => Self::ChangeBeforeOpening { change: index },
            F::PaymentsExceedDebt { amount } => Self::PaymentsExceedDebt { amount: amount.into() },
            F::WaiverExceedsDebt { index, bucket, amount } => {
                Self::WaiverExceedsDebt { change: index, bucket: bucket.into(), amount: amount.into() }
            }
            F::RescheduleChangesPrincipal { index, unpaid, rows } => {
                Self::RescheduleChangesPrincipal { change: index, unpaid: unpaid.into(), rows: rows.into() }
            }
            F::NothingToAccelerate => Self::NothingToAccelerate,
            F::OpeningHoldsLaterPrincipal { past } => Self::OpeningHoldsLaterPrincipal { past: past.into() },
        }
    }
}

impl From<Statement> for StatementShape {
    fn from(statement: Statement) -> Self {
        Self {
            outstanding: statement.outstanding.into(),
            accrued_not_due: statement.accrued_not_due.into(),
            overdue: statement.overdue.into(),
            terms: statement.terms.into_iter().map(Into::into).collect(),
            allocations: statement.allocations.into_iter().map(Into::into).collect(),
            credit: statement.credit.into(),
            next_due: statement.next_due.map(Into::into),
            findings: statement.findings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Buckets> for OutstandingShape {
    fn from(owed: Buckets) -> Self {
        Self {
            principal: owed.principal.into(),
            interest: owed.interest.into(),
            penalty: owed.penalty.into(),
            compound: owed.compound.into(),
            late_fee: owed.late_fee.into(),
            fees: owed.fees.into(),
            total: owed.total().into(),
        }
    }
}

impl From<Overdue> for OverdueShape {
    fn from(overdue: Overdue) -> Self {
        Self {
            days: overdue.days,
            since: overdue.since.map(Into::into),
            principal: overdue.principal.into(),
            total: overdue.total.into(),
            stage: overdue.stage.name(),
        }
    }
}

impl From<TermState> for TermShape {
    fn from(term: TermState) -> Self {
        Self {
            schedule: term.schedule,
            term: term.term,
            due: term.due.into(),
            payable: term.payable.total().into(),
            paid: term.paid.total().into(),
            unpaid: term.unpaid.total().into(),
            overdue_days: term.overdue_days,
        }
    }
}

impl From<Allocation> for AllocationShape {
    fn from(part: Allocation) -> Self {
        Self {
            date: part.date.into(),
            schedule: part.schedule,
            term: part.term,
            bucket: part.bucket.into(),
            amount: part.amount.into(),
        }
    }
}

impl From<DueItem> for DueShape {
    fn from(due: DueItem) -> Self {
        Self { schedule: due.schedule, term: due.term, due: due.due.into(), amount: due.amount.into() }
    }
}
