use ashore_domain::{Bucket, Fact, LoanId, Money, Payment, PaymentId, limits};
use chrono::NaiveDate;
use serde::Deserialize;
use specta::Type;

use super::PaymentView;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

/// A payment the borrower made.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AddPaymentRequest {
    /// On which loan.
    pub loan_id: String,
    /// The civil day it was made.
    pub on: String,
    /// Yuan, as typed.
    pub amount: String,
    /// What other loans get, when one transfer paid several: the first loan gets the rest.
    #[serde(default)]
    pub parts: Vec<PaymentPartForm>,
    /// Bank transfer, in the app, auto-debit.
    #[serde(default)]
    pub channel: Option<String>,
    /// What was written in the transfer remark.
    #[serde(default)]
    pub designation: Option<String>,
    /// The borrower's own note.
    #[serde(default)]
    pub note: Option<String>,
    /// How the lender says it allocated the money, by bucket, when it said so.
    #[serde(default)]
    pub lender_allocation: Option<AllocationForm>,
    /// Receipts already recorded.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
}

/// What another loan gets of the same transfer.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PaymentPartForm {
    /// Which.
    pub loan_id: String,
    /// Yuan, as typed.
    pub amount: String,
}

impl PaymentPartForm {
    /// The loan and its share, or what is wrong with it by its place: `parts.0.amount`.
    pub(super) fn read(&self, index: usize) -> Result<(LoanId, Money), AppError> {
        let field = format!("parts.{index}.loan_id");
        let loan = id::parse(&field, &input::words(&field, &self.loan_id)?)?;
        Ok((loan, input::positive(&format!("parts.{index}.amount"), &self.amount)?))
    }
}

/// Yuan by bucket, as typed; blank is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // the glossary's buckets
pub struct AllocationForm {
    pub principal: Option<String>,
    pub interest: Option<String>,
    pub penalty: Option<String>,
    pub compound: Option<String>,
    pub late_fee: Option<String>,
    pub fees: Option<String>,
    pub enforcement_cost: Option<String>,
}

impl AllocationForm {
    /// The parts that are something. Together they are at most what was paid; a lender that names only some parts has
    /// said nothing of the rest.
    fn read(&self, paid: Money) -> Result<Vec<(Bucket, Money)>, AppError> {
        let mut parts = Vec::new();
        for (bucket, name, text) in [
            (Bucket::Principal, "principal", &self.principal),
            (Bucket::Interest, "interest", &self.interest),
            (Bucket::Penalty, "penalty", &self.penalty),
            (Bucket::Compound, "compound", &self.compound),
            (Bucket::LateFee, "late_fee", &self.late_fee),
            (Bucket::Fees, "fees", &self.fees),
            (Bucket::EnforcementCost, "enforcement_cost", &self.enforcement_cost),
        ] {
            let amount = input::amount_or_none(&format!("lender_allocation.{name}"), text.as_deref())?;
            parts.extend(amount.filter(|amount| amount.is_positive()).map(|amount| (bucket, amount)));
        }
        let named: Money = parts.iter().map(|(_, amount)| *amount).sum();
        if named > paid {
            let message = format!("the parts add up to {named}, more than the {paid} paid");
            return Err(AppError::field(ErrorCode::ScheduleDoesNotTieOut, "lender_allocation", message));
        }
        Ok(parts)
    }
}

impl App<Unlocked> {
    /// Records a payment. It counts from its day on; earlier figures stay what they were. The parts of one transfer are
    /// recorded together or not at all.
    ///
    /// # Errors
    /// An unknown loan, an amount that is none, a day in the future or before the money was lent, parts that are more
    /// than the whole.
    pub fn add_payment(&mut self, request: &AddPaymentRequest) -> Result<PaymentView, AppError> {
        let first: LoanId = id::parse("loan_id", &request.loan_id)?;
        let on = input::date("on", &request.on)?;
        let mut rest = input::positive("amount", &request.amount)?;
        let now = self.clock.now();
        let stated = request.lender_allocation.clone().unwrap_or_default();
        let mut shares: Vec<(LoanFile, Money)> = Vec::new();
        for (index, part) in request.parts.iter().enumerate() {
            let (loan, amount) = part.read(index)?;
            let file = self.payable(&format!("parts.{index}.loan_id"), loan, on)?;
            rest -= amount;
            shares.push((file, amount));
        }
        let twice = shares.iter().enumerate().any(|(index, (file, _))| {
            file.id() == first || shares.iter().take(index).any(|(other, _)| other.id() == file.id())
        });
        if twice {
            return Err(AppError::field(ErrorCode::BadRequest, "parts", "each loan is named once"));
        }
        if !rest.is_positive() {
            let message = "the parts leave nothing for the first loan";
            return Err(AppError::field(ErrorCode::AmountOutOfRange, "parts", message));
        }
        shares.insert(0, (self.payable("loan_id", first, on)?, rest));
        let template = Payment {
            id: PaymentId::from_bytes(id::fresh(now)?),
            loan: first,
            on,
            amount: rest,
            channel: input::line_or_none("channel", request.channel.as_deref())?,
            designation: input::line_or_none("designation", request.designation.as_deref())?,
            lender_allocation: stated.read(rest)?,
            evidence: request
                .evidence_ids
                .iter()
                .map(|text| id::parse("evidence_ids", text))
                .collect::<Result<_, _>>()?,
            together_with: None,
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        let mut facts = Vec::new();
        for (index, (file, amount)) in shares.iter().enumerate() {
            let mut payment = Payment { loan: file.id(), amount: *amount, ..template.clone() };
            if index > 0 {
                payment.together_with = Some(template.id);
                payment.lender_allocation = Vec::new();
                payment.id = PaymentId::from_bytes(id::fresh(now)?);
            }
            facts.push(Fact::Payment(payment));
        }
        let name = shares.first().map_or("", |(file, _)| file.name());
        let view = PaymentView::of(&template, name, now, None, None);
        self.state.vault.append(&facts, Vec::new(), now)?;
        Ok(view)
    }

    /// A loan on which something can be paid on a day.
    fn payable(&self, field: &str, loan: LoanId, on: NaiveDate) -> Result<LoanFile, AppError> {
        let file = self.loan_file(loan)?;
        if file.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, field, "this loan is closed"));
        }
        if file.payments.len() >= limits::PAYMENTS_MAX {
            let message = "at most 5,000 payments on a loan";
            return Err(AppError::field(ErrorCode::CountOutOfRange, field, message));
        }
        if on > self.clock.today() {
            return Err(AppError::field(ErrorCode::DateOrder, "on", "a payment is recorded once it is made"));
        }
        if file.terms().is_some_and(|terms| on < terms.get().disbursed_on) {
            return Err(AppError::field(ErrorCode::DateOrder, "on", "this day is before the money was lent"));
        }
        Ok(file)
    }
}
