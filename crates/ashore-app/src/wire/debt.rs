use std::collections::BTreeMap;

use ashore_engine::plan::{PlanDebt, Settlement};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::statement::BucketKey;
use super::{BucketsForm, read};
use crate::AppError;

/// A debt as `calc plan` takes it: what is owed by bucket, and what its lender might be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // see the contract of the command line
pub struct DebtShape {
    pub id: String,
    pub principal: Option<String>,
    pub interest: Option<String>,
    pub penalty: Option<String>,
    pub compound: Option<String>,
    pub late_fee: Option<String>,
    pub fees: Option<String>,
    pub enforcement_cost: Option<String>,
    pub contract_payments: Option<Vec<ContractPaymentShape>>,
    pub rate_after: Option<String>,
    #[serde(default)]
    pub terms_max: i64,
    #[serde(default)]
    pub grace_max: i64,
    pub installment_min: Option<String>,
    #[serde(default)]
    pub waivable: BTreeMap<BucketKey, String>,
    pub settlement: Option<SettlementShape>,
}

/// What the contract asks for in a month.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ContractPaymentShape {
    pub month: String,
    pub amount: String,
}

/// A one-off payment that ends the debt, while it stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct SettlementShape {
    pub amount: String,
    pub until: String,
}

impl DebtShape {
    /// The debt, or the field below `path` that is wrong; limits are the engine's to check.
    ///
    /// # Errors
    /// The first field that is wrong, by name.
    pub fn read(&self, path: &str) -> Result<PlanDebt, AppError> {
        let at = |name: &str| format!("{path}.{name}");
        let owed = BucketsForm {
            principal: self.principal.clone(),
            interest: self.interest.clone(),
            penalty: self.penalty.clone(),
            compound: self.compound.clone(),
            late_fee: self.late_fee.clone(),
            fees: self.fees.clone(),
            enforcement_cost: self.enforcement_cost.clone(),
        };
        let payments = self.contract_payments.as_deref().unwrap_or_default();
        let payment = |(i, payment): (usize, &ContractPaymentShape)| {
            let at = |name: &str| format!("{path}.contract_payments[{i}].{name}");
            Ok((
                read::month(&at("month"), &payment.month)?,
                read::not_negative(&at("amount"), &payment.amount)?,
            ))
        };
        let waivable = |(bucket, text): (&BucketKey, &String)| {
            Ok((bucket.bucket(), read::fraction(&at("waivable"), text)?))
        };
        let settlement = |shape: &SettlementShape| {
            Ok::<_, AppError>(Settlement {
                amount: read::not_negative(&at("settlement.amount"), &shape.amount)?,
                until: read::month(&at("settlement.until"), &shape.until)?,
            })
        };
        let rate = self.rate_after.as_deref();
        let least = self.installment_min.as_deref();
        Ok(PlanDebt {
            id: self.id.clone(),
            owed: owed.read(path)?,
            contract_payments: payments.iter().enumerate().map(payment).collect::<Result<_, AppError>>()?,
            rate_after: rate.map_or(Ok(Decimal::ZERO), |text| read::fraction(&at("rate_after"), text))?,
            terms_max: read::count(&at("terms_max"), self.terms_max, 0, 600)?,
            grace_max: read::count(&at("grace_max"), self.grace_max, 0, 600)?,
            installment_min: least.map_or(Ok(ashore_domain::Money::ZERO), |text| {
                read::not_negative(&at("installment_min"), text)
            })?,
            waivable: self.waivable.iter().map(waivable).collect::<Result<_, AppError>>()?,
            settlement: self.settlement.as_ref().map(settlement).transpose()?,
        })
    }
}
