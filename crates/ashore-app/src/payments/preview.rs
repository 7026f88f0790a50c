use ashore_domain::{Money, Payment, PaymentId};
use ashore_vault::PaymentState;
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::matching::part;
use super::{PaymentPart, PaymentPartForm};
use crate::loans::LoanFile;
use crate::session::{App, Language, Unlocked};
use crate::view::{Yuan, day};
use crate::{AppError, ErrorCode, id, input};

/// A payment nobody has recorded yet.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PreviewPaymentRequest {
    /// On which loan.
    pub loan_id: String,
    /// The civil day.
    pub on: String,
    /// Yuan, as typed.
    pub amount: String,
    /// What other loans get of it; the first loan gets the rest.
    #[serde(default)]
    pub parts: Vec<PaymentPartForm>,
}

/// What a payment does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PaymentPreview {
    /// What was to pay by that day, or the next due when nothing was.
    pub asked: Yuan,
    /// Whether that is all of it, less, or more.
    pub fit: PaymentFit,
    /// What is missing or what is beyond it; zero when it is exact.
    pub difference: Yuan,
    /// The dues it reaches, oldest first.
    pub dues: Vec<PaidDue>,
    /// Words for the transfer's remark: which loan and which terms it is for (民法典 560).
    pub designation: String,
    /// What this loan gets of the transfer.
    pub own: Yuan,
    /// What the other loans get, and which of their dues that reaches.
    pub parts: Vec<PaymentPart>,
}

/// A payment against what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PaymentFit {
    Exact,
    Under,
    Over,
}

/// One due and what a payment does to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct PaidDue {
    /// 0 for a stated balance.
    pub term: u16,
    pub due: String,
    pub agreed: bool,
    /// To pay before it.
    pub unpaid: Yuan,
    /// Paid by it.
    pub paid: Yuan,
    /// To pay after it.
    pub left: Yuan,
}

/// What a payment does, before it becomes a view.
pub(super) struct Effect {
    pub(super) asked: Money,
    pub(super) dues: Vec<Reached>,
}

/// A due that a payment reaches.
pub(super) struct Reached {
    pub(super) term: u16,
    pub(super) due: NaiveDate,
    pub(super) agreed: bool,
    pub(super) unpaid: Money,
    pub(super) paid: Money,
}

/// The due after the last one that is asked for is at most so far off.
const AHEAD_DAYS: i64 = 400;

impl Effect {
    /// What paying `amount` on `on` does to the dues of a loan: replayed without it and with it.
    pub(super) fn of(file: &mut LoanFile, on: NaiveDate, amount: Money) -> Result<Self, AppError> {
        let (first, last) = (NaiveDate::default(), on + TimeDelta::days(AHEAD_DAYS));
        let before = file.dues(on, first, last)?;
        let fallen: Money = before.iter().filter(|due| due.due <= on).map(|due| due.amount).sum();
        let next = before.iter().find(|due| due.due > on).map(|due| due.amount);
        let asked = if fallen.is_positive() { fallen } else { next.unwrap_or(Money::ZERO) };
        file.payments.push(supposed(file, on, amount));
        let after = file.dues(on, first, last);
        file.payments.pop();
        let after = after?;
        let dues = before.iter().filter_map(|due| {
            let still = after.iter().find(|left| (left.schedule, left.term) == (due.schedule, due.term));
            let paid = due.amount - still.map_or(Money::ZERO, |left| left.amount);
            paid.is_positive().then_some(Reached {
                term: due.term,
                due: due.due,
                agreed: due.schedule > 0,
                unpaid: due.amount,
                paid,
            })
        });
        Ok(Self { asked, dues: dues.collect() })
    }
}

/// A payment that is only thought of.
fn supposed(file: &LoanFile, on: NaiveDate, amount: Money) -> PaymentState {
    let payment = Payment {
        id: PaymentId::from_bytes([0; 16]),
        loan: file.id(),
        on,
        amount,
        channel: None,
        designation: None,
        lender_allocation: Vec::new(),
        evidence: Vec::new(),
        together_with: None,
        note: None,
    };
    PaymentState { payment, recorded_at: file.state.opened_at, voided: None, returned: None }
}

impl Reached {
    pub(super) fn view(&self) -> PaidDue {
        PaidDue {
            term: self.term,
            due: day(self.due),
            agreed: self.agreed,
            unpaid: self.unpaid.into(),
            paid: self.paid.into(),
            left: (self.unpaid - self.paid).into(),
        }
    }
}

impl App<Unlocked> {
    /// What a payment would do: which dues it reaches, and whether it is less or more than what was asked. Nothing is
    /// stored.
    ///
    /// # Errors
    /// An unknown loan, an impossible day, an amount that is none, parts that are more than the whole.
    pub fn preview_payment(&self, request: &PreviewPaymentRequest) -> Result<PaymentPreview, AppError> {
        let mut file = self.loan_file(id::parse("loan_id", &request.loan_id)?)?;
        let on = input::date("on", &request.on)?;
        let mut amount = input::positive("amount", &request.amount)?;
        let mut parts = Vec::new();
        for (index, form) in request.parts.iter().enumerate() {
            let (loan, share) = form.read(index)?;
            let mut other = self.loan_file(loan)?;
            amount -= share;
            let effect = Effect::of(&mut other, on, share)?;
            parts.push(part(&other, share, &effect.dues));
        }
        if !amount.is_positive() {
            let message = "the parts leave nothing for the first loan";
            return Err(AppError::field(ErrorCode::AmountOutOfRange, "parts", message));
        }
        let effect = Effect::of(&mut file, on, amount)?;
        let gap = amount - effect.asked;
        let (fit, difference) = if gap.is_zero() {
            (PaymentFit::Exact, Money::ZERO)
        } else if gap.is_negative() {
            (PaymentFit::Under, Money::ZERO - gap)
        } else {
            (PaymentFit::Over, gap)
        };
        Ok(PaymentPreview {
            asked: effect.asked.into(),
            fit,
            difference: difference.into(),
            designation: designation(&file, &effect, self.preferences().language),
            dues: effect.dues.iter().map(Reached::view).collect(),
            own: amount.into(),
            parts,
        })
    }
}

/// Remarks of transfers are short: the loan by its contract number, the terms it reaches, and nothing else.
fn designation(file: &LoanFile, effect: &Effect, language: Language) -> String {
    let contract = file.state.loan.contract_no.as_deref();
    let agreed = effect.dues.iter().any(|due| due.agreed);
    let mut terms: Vec<u16> = effect.dues.iter().map(|due| due.term).filter(|term| *term > 0).collect();
    terms.dedup();
    let (first, last) = (terms.first(), terms.last());
    match language {
        Language::Chinese => {
            let loan = contract.map_or_else(|| format!("{}借款", file.name()), |no| format!("合同{no}"));
            let which = match (first, last) {
                (Some(one), Some(other)) if one != other => format!("第{one}至{other}期"),
                (Some(one), _) => format!("第{one}期"),
                _ => String::new(),
            };
            let agreement = if agreed { "还款协议" } else { "" };
            format!("还{loan}{agreement}{which}")
        }
        Language::English => {
            let loan = contract.map_or_else(|| file.name().to_owned(), |no| format!("contract {no}"));
            let which = match (first, last) {
                (Some(one), Some(other)) if one != other => format!(", terms {one} to {other}"),
                (Some(one), _) => format!(", term {one}"),
                _ => String::new(),
            };
            let agreement = if agreed { " by agreement" } else { "" };
            format!("For {loan}{agreement}{which}")
        }
    }
}
