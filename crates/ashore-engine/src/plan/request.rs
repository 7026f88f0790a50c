use ashore_domain::{Bucket, Buckets, Money, Month, limits};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Longest horizon of a plan, in months.
pub const HORIZON_MAX: u16 = 600;

/// What a plan is asked for: what can be paid month by month, and what each lender might be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRequest {
    /// The day the balances speak of.
    pub as_of: NaiveDate,
    /// Month 0 of the horizon.
    pub first_month: Month,
    /// What can be paid in each month of the horizon; as many as the horizon has months.
    pub capacity: Vec<Money>,
    /// Money already set aside at the start of the first month.
    pub cash_now: Money,
    /// The debts, each with its own id.
    pub debts: Vec<PlanDebt>,
    /// What the plan should be best at.
    pub objective: Objective,
}

/// One debt and what might be asked about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDebt {
    /// Its name in the request; no two are the same.
    pub id: String,
    /// What is owed today, by bucket.
    pub owed: Buckets,
    /// What the contract still asks for; absent or empty means that keeping it is no choice.
    pub contract_payments: Vec<(Month, Money)>,
    /// Annual rate on agreed instalments, a fraction.
    pub rate_after: Decimal,
    /// Most instalments the lender grants; 0 means none at all.
    pub terms_max: u16,
    /// Most months before the first instalment.
    pub grace_max: u16,
    /// Smallest instalment the lender accepts; the last may be smaller.
    pub installment_min: Money,
    /// What is asked to be given up: a fraction of each bucket, taken in full.
    pub waivable: Vec<(Bucket, Decimal)>,
    /// A one-off payment that ends the debt.
    pub settlement: Option<Settlement>,
}

/// 一次性结清: an amount that ends the debt when it is paid in one month, at the latest in `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settlement {
    /// How much.
    pub amount: Money,
    /// Last month it stands.
    pub until: Month,
}

/// What a plan should be best at. Smaller is better, key by key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Objective {
    /// Ends first; then pays least.
    Soonest,
    /// Smallest largest month; then ends first.
    Lightest,
    /// One grace and one number of terms for every debt; ends first, then starts first.
    ProRata,
    /// Fewest lenders to ask; then ends first.
    FewestAsks,
    /// Pays least; then ends first.
    Cheapest,
}

impl Objective {
    /// All five, in the order they are shown.
    pub const ALL: [Self; 5] =
        [Self::Soonest, Self::Lightest, Self::ProRata, Self::FewestAsks, Self::Cheapest];
}

/// Why a request cannot be planned; each variant names the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No months, or more than [`HORIZON_MAX`].
    #[error("horizon_months: 1 to {HORIZON_MAX}, this is {months}")]
    Horizon {
        /// What was asked for.
        months: usize,
    },
    /// Months of capacity and months of the horizon disagree.
    #[error("capacity: {given} months are given, the horizon has {horizon}")]
    CapacityLength {
        /// Months given.
        given: usize,
        /// Months of the horizon.
        horizon: u16,
    },
    /// Less than nothing can be paid.
    #[error("{field}: no amount is negative")]
    Negative {
        /// The field.
        field: String,
    },
    /// More than anyone owes.
    #[error("{field}: at most {max}", max = limits::PRINCIPAL_MAX)]
    TooLarge {
        /// The field.
        field: String,
    },
    /// No debt at all.
    #[error("debts: at least one is needed")]
    NoDebts,
    /// More debts than a plan takes.
    #[error("debts: at most {max}, these are {given}", max = limits::DEBTS_MAX)]
    TooManyDebts {
        /// How many.
        given: usize,
    },
    /// Two debts of one name.
    #[error("debts: the id {id:?} stands twice")]
    DuplicateDebt {
        /// The name.
        id: String,
    },
    /// More terms or months of grace than a loan has.
    #[error("{field}: at most {max}", max = limits::TERMS_MAX)]
    TooManyTerms {
        /// The field.
        field: String,
    },
    /// A rate below zero or above 10,000 % a year.
    #[error("{field}: an annual rate is 0 to 100")]
    Rate {
        /// The field.
        field: String,
    },
    /// A part that is no part.
    #[error("{field}: a fraction is 0 to 1, with at most 18 decimals")]
    Fraction {
        /// The field.
        field: String,
    },
}

impl PlanRequest {
    /// Checks every limit of the contract; the first breach is named.
    pub(super) fn check(&self) -> Result<(), PlanError> {
        let months = self.capacity.len();
        if !(1..=usize::from(HORIZON_MAX)).contains(&months) {
            return Err(PlanError::Horizon { months });
        }
        for (month, amount) in self.capacity.iter().enumerate() {
            amount_within(*amount, || format!("capacity[{month}]"))?;
        }
        amount_within(self.cash_now, || "cash_now".to_owned())?;
        if self.debts.is_empty() {
            return Err(PlanError::NoDebts);
        }
        if self.debts.len() > limits::DEBTS_MAX {
            return Err(PlanError::TooManyDebts { given: self.debts.len() });
        }
        let mut ids: Vec<&str> = self.debts.iter().map(|debt| debt.id.as_str()).collect();
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(PlanError::DuplicateDebt { id: pair[0].to_owned() });
        }
        self.debts.iter().enumerate().try_for_each(|(index, debt)| debt.check(index))
    }
}

impl PlanDebt {
    fn check(&self, index: usize) -> Result<(), PlanError> {
        let at = |field: &str| format!("debts[{index}].{field}");
        for bucket in Bucket::STATUTORY_ORDER {
            amount_within(self.owed.get(bucket), || at(bucket_name(bucket)))?;
        }
        for (place, (_, amount)) in self.contract_payments.iter().enumerate() {
            amount_within(*amount, || at(&format!("contract_payments[{place}].amount")))?;
        }
        amount_within(self.installment_min, || at("installment_min"))?;
        if let Some(settlement) = self.settlement {
            amount_within(settlement.amount, || at("settlement.amount"))?;
        }
        for (field, terms) in [("terms_max", self.terms_max), ("grace_max", self.grace_max)] {
            if terms > limits::TERMS_MAX {
                return Err(PlanError::TooManyTerms { field: at(field) });
            }
        }
        if self.rate_after < Decimal::ZERO
            || self.rate_after > Decimal::ONE_HUNDRED
            || self.rate_after.normalize().scale() > 12
        {
            return Err(PlanError::Rate { field: at("rate_after") });
        }
        for (bucket, fraction) in &self.waivable {
            if *fraction < Decimal::ZERO || *fraction > Decimal::ONE || fraction.normalize().scale() > 18 {
                return Err(PlanError::Fraction { field: at(&format!("waivable.{}", bucket_name(*bucket))) });
            }
        }
        Ok(())
    }
}

fn amount_within(amount: Money, field: impl Fn() -> String) -> Result<(), PlanError> {
    if amount.is_negative() {
        return Err(PlanError::Negative { field: field() });
    }
    if amount > limits::PRINCIPAL_MAX { Err(PlanError::TooLarge { field: field() }) } else { Ok(()) }
}

/// A bucket as fields and derivations of a plan call it.
#[must_use]
pub const fn bucket_name(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Principal => "principal",
        Bucket::Interest => "interest",
        Bucket::Penalty => "penalty",
        Bucket::Compound => "compound",
        Bucket::LateFee => "late_fee",
        Bucket::Fees => "fees",
        Bucket::EnforcementCost => "enforcement_cost",
    }
}
