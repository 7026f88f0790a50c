use ashore_domain::{DisclosedFee, Fee, FeeAmount, FeeKind, FeeWhen, LoanDraft, Money};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{AppError, ErrorCode, input, words};

/// A fee the contract names, and what the cost disclosure sheet (综合融资成本明示表) shows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct FeeForm {
    /// Its name.
    pub kind: words::FeeKind,
    /// How much each time it is taken.
    pub amount: String,
    /// When it is taken.
    pub when: words::FeeWhen,
    /// In all, as the sheet shows it; absent when the sheet does not.
    #[serde(default)]
    pub disclosed: Option<String>,
}

/// Fees one form takes.
const FEES_MAX: usize = 30;

/// Fees that were read, and what a sheet shows of them.
#[derive(Debug, Default)]
pub(super) struct ReadFees {
    pub(super) fees: Vec<Fee>,
    pub(super) disclosed: Vec<DisclosedFee>,
}

impl ReadFees {
    /// What is taken at the start: it stands on top of what is received.
    pub(super) fn upfront(&self) -> Money {
        let of = |fee: &Fee| match fee.amount {
            FeeAmount::Fixed(amount) if fee.when == FeeWhen::Upfront => amount,
            _ => Money::ZERO,
        };
        self.fees.iter().map(of).sum()
    }
}

pub(super) fn read_fees(forms: &[FeeForm]) -> Result<ReadFees, AppError> {
    if forms.len() > FEES_MAX {
        return Err(AppError::field(ErrorCode::CountOutOfRange, "fees", format!("at most {FEES_MAX}")));
    }
    let mut read = ReadFees::default();
    for (index, form) in forms.iter().enumerate() {
        let kind = form.kind.into();
        let amount = FeeAmount::Fixed(input::positive(&format!("fees.{index}.amount"), &form.amount)?);
        let when = FeeWhen::from(form.when);
        read.fees.push(Fee { kind, amount, when, counts_in_cost: true, payee: None, contract: None });
        let shown = input::amount_or_none(&format!("fees.{index}.disclosed"), form.disclosed.as_deref())?;
        read.disclosed.extend(shown.map(|amount| DisclosedFee { kind, amount }));
    }
    Ok(read)
}

/// The fees of a contract as they would be typed, each kind with what the sheet shows of it beside its first. What a
/// stated rate leaves unexplained of the payment follows from both and is not typed, unless the sheet names it.
pub(super) fn fee_forms(draft: &LoanDraft, disclosed: Option<&[DisclosedFee]>) -> Vec<FeeForm> {
    let shown = disclosed.unwrap_or_default();
    let follows = |fee: &Fee| {
        fee.kind == FeeKind::ServiceFee
            && fee.when == FeeWhen::EachTerm
            && draft.rate.is_some()
            && draft.payment.is_none()
            && shown.iter().all(|one| one.kind != FeeKind::ServiceFee)
    };
    let typed = match draft.fees.split_last() {
        Some((last, before)) if follows(last) => before,
        _ => &draft.fees[..],
    };
    let mut told: Vec<FeeKind> = Vec::new();
    let forms = typed.iter().filter_map(|fee| {
        let FeeAmount::Fixed(amount) = fee.amount else { return None };
        let of_kind = shown.iter().filter(|one| one.kind == fee.kind && !told.contains(&fee.kind));
        let sums: Vec<Money> = of_kind.map(|one| one.amount).collect();
        told.push(fee.kind);
        Some(FeeForm {
            kind: fee.kind.into(),
            amount: amount.to_string(),
            when: fee.when.into(),
            disclosed: (!sums.is_empty()).then(|| sums.into_iter().sum::<Money>().to_string()),
        })
    });
    forms.collect()
}
