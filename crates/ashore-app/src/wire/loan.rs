use ashore_domain as d;
use ashore_domain::{
    CustomRow, DayCount, Fee, FeeAmount, LoanDraft, LoanTerms, Rate, RateError, RatePer, TermsError,
};
use serde::{Deserialize, Serialize};

use super::{PenaltyShape, PeriodShape, read};
use crate::words::{Bucket, FeeKind, FeeWhen, LenderKind, Method};
use crate::{AppError, ErrorCode};

/// LOAN of the contract: terms as somebody wrote them down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // see the contract of the command line
pub struct LoanShape {
    pub principal: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_out: Option<String>,
    pub disbursed_on: String,
    pub method: Method,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<RateShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<String>,
    #[serde(default)]
    pub day_count: Count,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_day: Option<i64>,
    #[serde(default)]
    pub period: PeriodShape,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<FeeShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowInput>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub penalty: Option<PenaltyShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_fee: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allocation_order: Vec<Bucket>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lender_kind: Option<LenderKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract_date: Option<String>,
}

/// A rate as stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RateShape {
    pub value: String,
    pub per: Per,
}

/// What span a rate speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Per {
    Year,
    Month,
    Day,
    TermFlat,
}

/// How interest counts time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Count {
    #[default]
    #[serde(rename = "months")]
    Months,
    #[serde(rename = "act_360")]
    Act360,
    #[serde(rename = "act_365")]
    Act365,
}

/// One fee: `amount` or `rate_of_principal`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct FeeShape {
    pub kind: FeeKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_of_principal: Option<String>,
    pub when: FeeWhen,
    #[serde(default = "counts")]
    pub counts_in_cost: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payee: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
}

const fn counts() -> bool {
    true
}

/// A row typed from the lender's own table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RowInput {
    pub due: String,
    pub principal: String,
    pub interest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fees: Option<String>,
}

impl LoanShape {
    /// Checked terms, or the field (below `path`) that keeps them from being computed.
    ///
    /// # Errors
    /// The first field that is wrong, by name.
    pub fn read(&self, path: &str) -> Result<LoanTerms, AppError> {
        LoanTerms::new(self.draft(path)?).map_err(|why| terms_error(path, why))
    }

    /// Every field read, not yet held against the others.
    pub(crate) fn draft(&self, path: &str) -> Result<LoanDraft, AppError> {
        let at = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let rows = self
            .rows
            .iter()
            .enumerate()
            .map(|(i, row)| row.read(&at(&format!("rows[{i}]"))))
            .collect::<Result<Vec<_>, _>>()?;
        let missing = |name: &str| AppError::field(ErrorCode::FieldMissing, &at(name), "this is needed");
        // A typed table says itself how many terms there are and when the first falls due.
        let terms = match self.terms {
            Some(terms) => terms,
            None if !rows.is_empty() => i64::try_from(rows.len()).unwrap_or(i64::MAX),
            None => return Err(missing("terms")),
        };
        let first_due = match (&self.first_due, rows.first()) {
            (Some(text), _) => read::day(&at("first_due"), text)?,
            (None, Some(row)) => row.due,
            (None, None) => return Err(missing("first_due")),
        };
        let draft = LoanDraft {
            principal: read::amount(&at("principal"), &self.principal)?,
            paid_out: read::optional_amount(&at("paid_out"), self.paid_out.as_deref())?,
            disbursed_on: read::day(&at("disbursed_on"), &self.disbursed_on)?,
            method: self.method.into(),
            rate: self.rate.as_ref().map(|rate| rate.read(&at("rate"))).transpose()?,
            payment: read::optional_amount(&at("payment"), self.payment.as_deref())?,
            day_count: self.day_count.into(),
            terms: read::count(&at("terms"), terms, 1, d::limits::TERMS_MAX)?,
            first_due,
            due_day: self.due_day.map(|day| read::count(&at("due_day"), day, 1, 31)).transpose()?,
            period: self.period.read(&at("period"))?,
            fees: self
                .fees
                .iter()
                .enumerate()
                .map(|(i, fee)| fee.read(&at(&format!("fees[{i}]"))))
                .collect::<Result<_, _>>()?,
            rows,
            penalty: self.penalty.as_ref().map(|p| p.read(&at("penalty"))).transpose()?,
            late_fee: read::optional_amount(&at("late_fee"), self.late_fee.as_deref())?,
            grace_days: 0,
            allocation_order: self.allocation_order.iter().map(|b| (*b).into()).collect(),
            lender_kind: self.lender_kind.map_or_else(d::LenderKind::default, Into::into),
            contract_date: read::optional_day(&at("contract_date"), self.contract_date.as_deref())?,
        };
        if draft.method == d::Method::Custom && !draft.rows.is_empty() && terms != draft.rows.len() as i64 {
            let message = format!("{terms}, but there are {} rows", draft.rows.len());
            return Err(AppError::field(ErrorCode::TermsRefused, &at("terms"), message));
        }
        Ok(draft)
    }
}

/// The refusal of the vocabulary, its field placed below `path`.
pub(crate) fn terms_error(path: &str, why: TermsError) -> AppError {
    let code = match why {
        TermsError::DisbursedOn(_)
        | TermsError::FirstDue(_)
        | TermsError::ContractDate(_)
        | TermsError::LastDue => ErrorCode::DateImpossible,
        TermsError::FirstDueBeforeDisbursement | TermsError::DueDay => ErrorCode::DateOrder,
        TermsError::Principal => ErrorCode::AmountOutOfRange,
        TermsError::RateMissing | TermsError::Rows => ErrorCode::FieldMissing,
        TermsError::Terms | TermsError::Period | TermsError::GraceDays => ErrorCode::CountOutOfRange,
        _ => ErrorCode::TermsRefused,
    };
    let text = why.to_string();
    let (field, message) = text.split_once(": ").unwrap_or(("terms", &text));
    let field = if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") };
    AppError::field(code, &field, message)
}

pub(crate) fn rate_error(field: &str, why: RateError) -> AppError {
    AppError::field(ErrorCode::RateOutOfRange, field, why.to_string())
}

impl RateShape {
    pub(crate) fn read(&self, field: &str) -> Result<Rate, AppError> {
        let at = format!("{field}.value");
        Rate::new(read::fraction(&at, &self.value)?, self.per.into()).map_err(|why| rate_error(&at, why))
    }
}

impl From<Rate> for RateShape {
    fn from(rate: Rate) -> Self {
        Self { value: rate.value().to_string(), per: rate.per().into() }
    }
}

impl RowInput {
    pub(crate) fn read(&self, field: &str) -> Result<CustomRow, AppError> {
        let at = |name: &str| format!("{field}.{name}");
        Ok(CustomRow {
            due: read::day(&at("due"), &self.due)?,
            principal: read::not_negative(&at("principal"), &self.principal)?,
            interest: read::not_negative(&at("interest"), &self.interest)?,
            fees: self
                .fees
                .as_deref()
                .map_or(Ok(d::Money::ZERO), |text| read::not_negative(&at("fees"), text))?,
        })
    }
}

impl FeeShape {
    fn read(&self, field: &str) -> Result<Fee, AppError> {
        let at = |name: &str| format!("{field}.{name}");
        let amount = match (&self.amount, &self.rate_of_principal) {
            (Some(amount), None) => FeeAmount::Fixed(read::amount(&at("amount"), amount)?),
            (None, Some(rate)) => FeeAmount::OfPrincipal(read::fraction(&at("rate_of_principal"), rate)?),
            _ => {
                let message = "either amount or rate_of_principal";
                return Err(AppError::field(ErrorCode::FieldMissing, &at("amount"), message));
            }
        };
        Ok(Fee {
            kind: self.kind.into(),
            amount,
            when: self.when.into(),
            counts_in_cost: self.counts_in_cost,
            payee: self.payee.clone(),
            contract: self.contract.clone(),
        })
    }
}

impl From<&LoanTerms> for LoanShape {
    /// The same terms in writing; reading them gives the same terms again.
    fn from(terms: &LoanTerms) -> Self {
        let loan = terms.get();
        Self {
            principal: loan.principal.to_string(),
            paid_out: loan.paid_out.map(|m| m.to_string()),
            disbursed_on: loan.disbursed_on.to_string(),
            method: loan.method.into(),
            rate: loan.rate.map(Into::into),
            payment: loan.payment.map(|m| m.to_string()),
            day_count: loan.day_count.into(),
            terms: Some(i64::from(loan.terms)),
            first_due: Some(loan.first_due.to_string()),
            due_day: loan.due_day.map(i64::from),
            period: loan.period.into(),
            fees: loan.fees.iter().map(Into::into).collect(),
            rows: loan.rows.iter().map(Into::into).collect(),
            penalty: loan.penalty.as_ref().map(Into::into),
            late_fee: loan.late_fee.map(|m| m.to_string()),
            allocation_order: loan.allocation_order.iter().map(|b| (*b).into()).collect(),
            lender_kind: Some(loan.lender_kind.into()),
            contract_date: loan.contract_date.map(|date| date.to_string()),
        }
    }
}

impl From<&Fee> for FeeShape {
    fn from(fee: &Fee) -> Self {
        let (amount, rate_of_principal) = match fee.amount {
            FeeAmount::Fixed(amount) => (Some(amount.to_string()), None),
            FeeAmount::OfPrincipal(rate) => (None, Some(rate.normalize().to_string())),
        };
        Self {
            kind: fee.kind.into(),
            amount,
            rate_of_principal,
            when: fee.when.into(),
            counts_in_cost: fee.counts_in_cost,
            payee: fee.payee.clone(),
            contract: fee.contract.clone(),
        }
    }
}

impl From<&CustomRow> for RowInput {
    fn from(row: &CustomRow) -> Self {
        Self {
            due: row.due.to_string(),
            principal: row.principal.to_string(),
            interest: row.interest.to_string(),
            fees: (!row.fees.is_zero()).then(|| row.fees.to_string()),
        }
    }
}

impl From<Per> for RatePer {
    fn from(per: Per) -> Self {
        match per {
            Per::Year => Self::Year,
            Per::Month => Self::Month,
            Per::Day => Self::Day,
            Per::TermFlat => Self::TermFlat,
        }
    }
}

impl From<RatePer> for Per {
    fn from(per: RatePer) -> Self {
        match per {
            RatePer::Year => Self::Year,
            RatePer::Month => Self::Month,
            RatePer::Day => Self::Day,
            RatePer::TermFlat => Self::TermFlat,
        }
    }
}

impl From<Count> for DayCount {
    fn from(count: Count) -> Self {
        match count {
            Count::Months => Self::Months,
            Count::Act360 => Self::Act360,
            Count::Act365 => Self::Act365,
        }
    }
}

impl From<DayCount> for Count {
    fn from(count: DayCount) -> Self {
        match count {
            DayCount::Months => Self::Months,
            DayCount::Act360 => Self::Act360,
            DayCount::Act365 => Self::Act365,
        }
    }
}
