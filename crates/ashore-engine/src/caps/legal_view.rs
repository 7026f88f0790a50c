use ashore_domain::{
    CustomRow, FeeAmount, FeeWhen, LoanTerms, Method, Money, Rounding, Schedule, TermsError,
};

use crate::{Amortised, amortise};

/// 民法典 670: money kept back in advance is no principal. The loan as if only what was received had been lent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalView {
    /// What was really lent.
    pub effective_principal: Money,
    /// Its schedule, at the contract's rate and dates.
    pub schedule: Schedule,
    /// The terms behind it.
    pub terms: LoanTerms,
    /// Typed rows were brought down in proportion, because nobody stated a rate.
    pub scaled: bool,
}

/// The legal view of a loan whose contract view is `contract`.
pub(super) fn legal_view(terms: &LoanTerms, contract: &Amortised) -> Result<LegalView, super::CapError> {
    let received = terms.received();
    let mut draft = terms.get().clone();
    if received == draft.principal {
        let schedule = contract.schedule.clone();
        return Ok(LegalView {
            effective_principal: received,
            schedule,
            terms: terms.clone(),
            scaled: false,
        });
    }
    let whole = draft.principal;
    // A fee that is a share of the principal stays what it was; only the principal changes.
    draft.fees = draft.fees.iter().filter(|fee| fee.when != FeeWhen::Upfront).cloned().collect();
    for fee in &mut draft.fees {
        fee.amount = FeeAmount::Fixed(terms.fee_amount(fee));
    }
    draft.principal = received;
    draft.paid_out = None;
    draft.rate = draft.rate.or(contract.rate_found.map(|found| found.rate));
    draft.payment = None;
    let scaled = draft.method == Method::Custom;
    if scaled {
        draft.rows = in_proportion(&draft.rows, received, whole);
    }
    let terms = LoanTerms::new(draft).map_err(|why: TermsError| super::CapError::LegalTerms(why))?;
    let schedule = amortise(&terms)?.schedule;
    Ok(LegalView { effective_principal: received, schedule, terms, scaled })
}

/// Typed rows for a smaller principal: each part in proportion, half-up, the last row takes what is left.
fn in_proportion(rows: &[CustomRow], received: Money, whole: Money) -> Vec<CustomRow> {
    let share = |part: Money| {
        let scaled = part.times(i128::from(received.fen()), i128::from(whole.fen()), Rounding::HalfUp);
        scaled.unwrap_or(Money::ZERO)
    };
    let mut left = received;
    let last = rows.len().saturating_sub(1);
    let scaled = rows.iter().enumerate().map(|(index, row)| {
        let principal = if index == last { left } else { share(row.principal).min(left) };
        left -= principal;
        CustomRow { due: row.due, principal, interest: share(row.interest), fees: row.fees }
    });
    scaled.collect()
}
