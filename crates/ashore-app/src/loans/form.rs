use ashore_domain::{
    Bucket, LenderKind, LoanDraft, LoanTerms, Method, Money, Opening, PartyRole, RatePer, StatedBalance,
};
use ashore_engine::{amortise, daily_rate};
use rust_decimal::Decimal;
use serde::Serialize;
use specta::Type;

use super::add::ReadLoan;
use super::fees::fee_forms;
use super::file::LoanFile;
use super::{AddLoanRequest, BalanceForm, LoanBasis};
use crate::AppError;
use crate::session::{App, Unlocked};
use crate::view::day;

/// The form a loan was, or could have been, entered with: what a correction starts from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LoanFormView {
    /// The fields as they would be typed.
    pub fields: AddLoanRequest,
    /// The form says all there is: changing a figure on it loses nothing.
    pub whole: bool,
}

impl App<Unlocked> {
    pub(super) fn loan_form(&self, file: &LoanFile) -> Result<LoanFormView, AppError> {
        let fields = self.fields_of(file)?;
        let read = self.read_loan(&fields, file.id());
        let whole = read.is_ok_and(|read| read.loan.opening == file.state.loan.opening);
        Ok(LoanFormView { fields, whole })
    }

    /// Reads a corrected form. Figures that were not touched stay as they were recorded, with everything the form
    /// does not show; when they were, penalty and order of payment are carried over. Parties the form does not ask
    /// for stay.
    pub(super) fn read_correction(
        &self,
        file: &LoanFile,
        request: &AddLoanRequest,
    ) -> Result<ReadLoan, AppError> {
        let before = &file.state.loan;
        let mut read = if same_figures(request, &self.fields_of(file)?) {
            let opening = renamed(before.opening.clone(), request)?;
            self.read_description(request, file.id(), opening)?
        } else {
            let opening = keeping(&before.opening, self.read_opening(request)?)?;
            self.read_description(request, file.id(), opening)?
        };
        let asked = |role: PartyRole| matches!(role, PartyRole::Platform | PartyRole::CurrentCreditor);
        read.loan.parties.extend(before.parties.iter().filter(|place| !asked(place.role)).cloned());
        Ok(read)
    }

    fn fields_of(&self, file: &LoanFile) -> Result<AddLoanRequest, AppError> {
        let loan = &file.state.loan;
        let parties = self.state.vault.parties()?;
        let place = loan.parties.iter().find(|p| p.role == PartyRole::CurrentCreditor);
        let lender = place.and_then(|place| parties.iter().find(|p| p.id == place.party));
        let stated = loan.opening.terms().map(|t| t.get().lender_kind).unwrap_or_default();
        let kind = if stated == LenderKind::Unknown {
            lender.map_or(LenderKind::Unknown, |p| p.lender_kind)
        } else {
            stated
        };
        let described = AddLoanRequest {
            app: loan.name.clone(),
            contract_no: loan.contract_no.clone(),
            contract_date: loan.opening.terms().and_then(|t| t.get().contract_date).map(day),
            lender: lender.map(|p| p.name.clone()),
            lender_kind: Some(kind.into()),
            product: Some(loan.product.into()),
            note: loan.note.clone(),
            fees: loan
                .opening
                .terms()
                .map_or_else(Vec::new, |t| fee_forms(t.get(), loan.disclosed.as_deref())),
            sheet: loan.disclosed.is_some(),
            ..AddLoanRequest::default()
        };
        match &loan.opening {
            Opening::Contract { terms, paid_terms } => plan_fields(described, terms, *paid_terms),
            Opening::Stated(stated) | Opening::ContractFromBalance { stated, .. } => {
                Ok(balance_fields(described, stated))
            }
        }
    }
}

fn plan_fields(described: AddLoanRequest, terms: &LoanTerms, paid: u16) -> Result<AddLoanRequest, AppError> {
    let draft = terms.get();
    let received = terms.received();
    let payment = match draft.payment {
        Some(payment) => payment,
        None => amortise(terms)?.schedule.rows().first().map_or(Money::ZERO, |row| row.payment()),
    };
    let yearly = draft.rate.filter(|rate| rate.per() == RatePer::Year);
    Ok(AddLoanRequest {
        basis: LoanBasis::Plan,
        received: Some(received.to_string()),
        method: (draft.method != Method::EqualInstallment).then(|| draft.method.into()),
        payment: Some(payment.to_string()),
        terms: Some(draft.terms.to_string()),
        first_due: Some(day(draft.first_due)),
        terms_paid: Some(paid.to_string()),
        rate: yearly.map(|rate| (rate.value() * Decimal::ONE_HUNDRED).normalize().to_string()),
        principal: draft.paid_out.map(|_| draft.principal.to_string()),
        grace_days: (draft.grace_days > 0).then(|| draft.grace_days.to_string()),
        ..described
    })
}

fn balance_fields(described: AddLoanRequest, stated: &StatedBalance) -> AddLoanRequest {
    let part = |bucket: Bucket| {
        let amount = stated.buckets.get(bucket);
        (!amount.is_zero()).then(|| amount.to_string())
    };
    let one_sum = stated.buckets.total() == stated.buckets.principal;
    let balance = BalanceForm {
        as_of: Some(day(stated.as_of)),
        total: if one_sum { part(Bucket::Principal) } else { None },
        principal: if one_sum { None } else { part(Bucket::Principal) },
        interest: part(Bucket::Interest),
        penalty: part(Bucket::Penalty),
        late_fee: part(Bucket::LateFee),
        fees: part(Bucket::Fees),
        oldest_unpaid_due: stated.oldest_unpaid_due.map(day),
    };
    AddLoanRequest { basis: LoanBasis::Balance, balance: Some(balance), ..described }
}

/// Every field that enters a figure is as it was; blank and absent are the same.
fn same_figures(now: &AddLoanRequest, before: &AddLoanRequest) -> bool {
    let text = |given: &Option<String>| given.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let figures = |form: &AddLoanRequest| {
        let plan = [&form.received, &form.payment, &form.terms, &form.first_due, &form.terms_paid];
        let more = [&form.rate, &form.principal, &form.grace_days];
        let balance = form.balance.clone().unwrap_or_default();
        let parts = [&balance.as_of, &balance.total, &balance.principal, &balance.interest];
        let late = [&balance.penalty, &balance.late_fee, &balance.fees, &balance.oldest_unpaid_due];
        plan.into_iter().chain(more).chain(parts).chain(late).map(text).collect::<Vec<_>>()
    };
    let method = |form: &AddLoanRequest| form.method.unwrap_or(crate::words::Method::EqualInstallment);
    let fees = |form: &AddLoanRequest| {
        let each = form.fees.iter().map(|fee| (fee.kind, fee.amount.trim().to_owned(), fee.when));
        each.collect::<Vec<_>>()
    };
    now.basis == before.basis
        && fees(now) == fees(before)
        && method(now) == method(before)
        && figures(now) == figures(before)
}

/// The same figures under the lender kind and contract date of the form.
fn renamed(opening: Opening, request: &AddLoanRequest) -> Result<Opening, AppError> {
    let Opening::Contract { terms, paid_terms } = opening else { return Ok(opening) };
    let mut draft = terms.get().clone();
    draft.lender_kind = request.lender_kind.map_or(LenderKind::Unknown, Into::into);
    draft.contract_date = crate::input::date_or_none("contract_date", request.contract_date.as_deref())?;
    Ok(Opening::Contract { terms: Box::new(LoanTerms::new(draft)?), paid_terms })
}

/// New figures with what the form does not show.
fn keeping(before: &Opening, now: Opening) -> Result<Opening, AppError> {
    Ok(match (before, now) {
        (Opening::ContractFromBalance { terms, .. }, Opening::Stated(stated)) => {
            Opening::ContractFromBalance { terms: terms.clone(), stated }
        }
        (before, Opening::Contract { terms, paid_terms }) => {
            let terms = match before.terms() {
                Some(old) => Box::new(with_lateness_of(old, &terms)?),
                None => terms,
            };
            Opening::Contract { terms, paid_terms }
        }
        (_, now) => now,
    })
}

/// What lateness costs does not change because a figure was mistyped. A multiple of the contract's rate goes only
/// where there still is one.
fn with_lateness_of(old: &LoanTerms, new: &LoanTerms) -> Result<LoanTerms, AppError> {
    let mut draft = new.get().clone();
    let stands = |penalty: &ashore_domain::Penalty| daily_rate(penalty, draft.rate).is_ok();
    draft.penalty = old.get().penalty.filter(stands);
    draft.late_fee.clone_from(&old.get().late_fee);
    draft.allocation_order.clone_from(&old.get().allocation_order);
    // The form does not ask how days count; under the same method they go on counting as they did.
    if draft.method == old.get().method {
        let counted = LoanDraft { day_count: old.get().day_count, ..draft.clone() };
        if let Ok(terms) = LoanTerms::new(counted) {
            return Ok(terms);
        }
    }
    Ok(LoanTerms::new(draft)?)
}
