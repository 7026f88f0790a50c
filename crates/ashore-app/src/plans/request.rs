use std::collections::BTreeMap;
use std::sync::Arc;

use ashore_domain::{Bucket, Buckets, LoanId, Money, Month, limits};
use ashore_engine::plan::{Objective, PlanDebt, PlanRequest, Settlement};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::standing::{LoanStanding, first_month};
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

/// What the plan studio is set to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct StudioRequest {
    /// Yuan a month; the worksheet's capacity month by month when absent.
    pub monthly: Option<String>,
    /// Money already set aside.
    pub cash_now: Option<String>,
    /// Most instalments to ask for; 36 when absent.
    pub terms_max: Option<u16>,
    /// Most months to ask for before the first instalment; none when absent.
    pub grace_max: Option<u16>,
    /// Ask every lender to give up penalties and late fees.
    pub waive_penalties: bool,
    /// What differs for one loan.
    pub debts: Vec<StudioDebtForm>,
}

/// What differs for one loan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct StudioDebtForm {
    /// Which.
    pub loan_id: String,
    /// Most instalments this lender grants.
    pub terms_max: Option<u16>,
    /// Most months before the first.
    pub grace_max: Option<u16>,
    /// Smallest instalment it accepts.
    pub installment_min: Option<String>,
    /// Yearly rate on agreed instalments, in percent.
    pub rate_after: Option<String>,
    /// An amount that would end the debt,
    pub settlement: Option<String>,
    /// and the last month it stands, `2026-12`.
    pub settlement_until: Option<String>,
    /// An amount asked to be given up; charges come before principal.
    pub waiver: Option<String>,
    /// Never keep the contract as it is.
    pub not_as_contract: bool,
}

/// Terms asked for when nothing else is said.
const TERMS_USUAL: u16 = 36;
/// Longest plan the studio looks at, in months.
const HORIZON: u16 = 120;

/// What the engine is asked, and whose debts they are.
pub(super) struct Asked {
    pub(super) request: PlanRequest,
    pub(super) files: BTreeMap<String, Arc<LoanFile>>,
    pub(super) agreed: Money,
    /// What falls due under the contracts of the loans planned for, month by month.
    pub(super) contracts: BTreeMap<Month, Money>,
    /// The most that any month has or has to keep for agreements.
    pub(super) fullest: Money,
    /// All that each month has,
    pub(super) whole: Vec<Money>,
    /// and what agreements ask of it.
    pub(super) kept: Vec<Money>,
}

impl App<Unlocked> {
    /// Reads the studio's settings against everything that is owed today.
    pub(super) fn asked(&self, form: &StudioRequest, objective: Objective) -> Result<Asked, AppError> {
        let today = self.clock.today();
        let first_month = first_month(today);
        let forms: BTreeMap<LoanId, &StudioDebtForm> = form
            .debts
            .iter()
            .map(|debt| id::parse("debts.loan_id", &debt.loan_id).map(|loan| (loan, debt)))
            .collect::<Result<_, _>>()?;
        let mut agreed: BTreeMap<Month, Money> = BTreeMap::new();
        let mut contracts: BTreeMap<Month, Money> = BTreeMap::new();
        let (mut debts, mut files) = (Vec::new(), BTreeMap::new());
        for stands in &self.loans_standing()?.loans {
            let add = |to: &mut BTreeMap<Month, Money>, dues: &BTreeMap<Month, Money>| {
                dues.iter().for_each(|(month, amount)| *to.entry(*month).or_default() += *amount);
            };
            if stands.agreed {
                // What is agreed is kept before anything new is asked for.
                add(&mut agreed, &stands.dues);
            } else if stands.owed.total().is_positive() {
                add(&mut contracts, &stands.to_come);
                let own = forms.get(&stands.file.id()).copied().cloned().unwrap_or_default();
                debts.push(debt(form, &own, stands)?);
                files.insert(stands.file.id().to_string(), Arc::clone(&stands.file));
            }
        }
        if debts.is_empty() {
            return Err(AppError::new(
                ErrorCode::NothingOwed,
                "nothing is owed that is not agreed on already",
            ));
        }
        let months = horizon(&debts, first_month);
        let whole = self.capacity_by_month(form.monthly.as_deref(), first_month, months)?;
        let kept =
            (0..).take(whole.len()).map(|k| agreed.get(&first_month.plus(k)).copied().unwrap_or_default());
        let kept: Vec<Money> = kept.collect();
        let fullest = whole.iter().chain(&kept).copied().max().unwrap_or_default();
        let left = whole.iter().zip(&kept).map(|(amount, kept)| (*amount - *kept).max(Money::ZERO)).collect();
        let request = PlanRequest {
            as_of: today,
            first_month,
            capacity: left,
            cash_now: input::amount_or_none("cash_now", form.cash_now.as_deref())?.unwrap_or_default(),
            debts,
            objective,
        };
        let agreed = agreed.get(&first_month).copied().unwrap_or_default();
        Ok(Asked { request, files, agreed, contracts, fullest, whole, kept })
    }

    fn capacity_by_month(
        &self,
        stated: Option<&str>,
        first: Month,
        months: u16,
    ) -> Result<Vec<Money>, AppError> {
        if let Some(amount) = input::amount_or_none("monthly", stated)? {
            return Ok(vec![amount; usize::from(months)]);
        }
        let sheet = self.state.vault.latest_capacity()?.ok_or_else(|| {
            let message = "state the monthly capacity first, or give an amount";
            AppError::field(ErrorCode::FieldMissing, "monthly", message)
        })?;
        let result = ashore_engine::monthly_capacity(&sheet, first, months);
        Ok(result.by_month.iter().map(|m| m.capacity).collect())
    }
}

/// Months enough for every contract and for the longest instalments asked for.
fn horizon(debts: &[PlanDebt], first: Month) -> u16 {
    let needed = |debt: &PlanDebt| {
        let contract =
            debt.contract_payments.iter().map(|(month, _)| month.since(first) + 1).max().unwrap_or(0);
        contract.max(i32::from(debt.terms_max) + i32::from(debt.grace_max))
    };
    let most = debts.iter().map(needed).max().unwrap_or(1);
    u16::try_from(most).unwrap_or(HORIZON).clamp(1, HORIZON)
}

fn debt(common: &StudioRequest, own: &StudioDebtForm, stands: &LoanStanding) -> Result<PlanDebt, AppError> {
    let within = |field: &str, given: Option<u16>, usual: u16| match given.unwrap_or(usual) {
        n if n <= limits::TERMS_MAX => Ok(n),
        _ => Err(AppError::field(ErrorCode::CountOutOfRange, field, "at most 600")),
    };
    let settlement = match input::amount_or_none("settlement", own.settlement.as_deref())? {
        None => None,
        Some(amount) => {
            let until =
                own.settlement_until.as_deref().and_then(|text| text.parse().ok()).ok_or_else(|| {
                    AppError::field(
                        ErrorCode::DateImpossible,
                        "settlement_until",
                        "which month? write it as 2026-12",
                    )
                })?;
            Some(Settlement { amount, until })
        }
    };
    let waiver = input::amount_or_none("waiver", own.waiver.as_deref())?.unwrap_or_default();
    Ok(PlanDebt {
        id: stands.file.id().to_string(),
        owed: stands.owed,
        contract_payments: if own.not_as_contract {
            Vec::new()
        } else {
            stands.dues.iter().map(|(month, amount)| (*month, *amount)).collect()
        },
        rate_after: input::percentage_or_none("rate_after", own.rate_after.as_deref())?.unwrap_or_default(),
        terms_max: within("terms_max", own.terms_max.or(common.terms_max), TERMS_USUAL)?,
        grace_max: within("grace_max", own.grace_max.or(common.grace_max), 0)?,
        installment_min: input::amount_or_none("installment_min", own.installment_min.as_deref())?
            .unwrap_or_default(),
        waivable: waivable(common.waive_penalties, waiver, stands.owed),
        settlement,
    })
}

/// Charges that lenders give up first.
const PENALTIES: [Bucket; 3] = [Bucket::LateFee, Bucket::Penalty, Bucket::Compound];

/// Which fraction of each bucket is asked to be given up: all penalties if wished, and `amount` of what is left,
/// charges before principal.
fn waivable(penalties: bool, amount: Money, owed: Buckets) -> Vec<(Bucket, Decimal)> {
    let mut left = amount;
    let order = PENALTIES.into_iter().chain([
        Bucket::Fees,
        Bucket::EnforcementCost,
        Bucket::Interest,
        Bucket::Principal,
    ]);
    let mut asked = Vec::new();
    for bucket in order {
        let whole = owed.get(bucket);
        let part = if penalties && PENALTIES.contains(&bucket) { whole } else { left.min(whole) };
        if !part.is_positive() {
            continue;
        }
        if !(penalties && PENALTIES.contains(&bucket)) {
            left -= part;
        }
        // Twelve decimals give every amount back to the fen.
        asked.push((bucket, (Decimal::from(part.fen()) / Decimal::from(whole.fen())).round_dp(12)));
    }
    asked
}
