use std::collections::BTreeSet;

use ashore_domain::{Direction, EvidenceDetails, EvidenceId, Money};
use ashore_importers::says_repayment;
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::known::Known;
use crate::clock::shanghai;
use crate::contacts::LoanName;
use crate::loans::LoanFile;
use crate::payments::{AddPaymentRequest, Outgoing, PaymentCandidate, PaymentPartForm, PaymentView};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, view};

/// A payment in a statement that may be one on a loan: nothing counts until it is confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PaymentSuggestion {
    /// The receipt.
    pub record_id: String,
    /// The day it was paid.
    pub on: String,
    /// How much, in yuan.
    pub amount: String,
    /// Whom, as the statement says it.
    pub payee: String,
    /// How it was paid.
    pub channel: Option<String>,
    /// What the statement says about it.
    pub remark: Option<String>,
    /// The loans of the lender it names, then those it fits by amount and day.
    pub loans: Vec<LoanName>,
    /// Ways to read it, the likeliest first.
    pub candidates: Vec<PaymentCandidate>,
    /// A payment of this amount is already recorded on that loan within three days.
    pub perhaps_recorded: bool,
}

/// Payments to confirm, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SuggestionListView {
    /// They.
    pub suggestions: Vec<PaymentSuggestion>,
}

/// A suggestion is right.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ConfirmSuggestionRequest {
    /// The receipt.
    pub record_id: String,
    /// On which loan.
    pub loan_id: String,
    /// What other loans get of it, when one transfer paid several.
    #[serde(default)]
    pub parts: Vec<PaymentPartForm>,
}

/// Without a lender's name, a receipt is asked about only when its amount is a due to the fen, near the day of that due.
const UNNAMED: u8 = 55;
/// So far ahead of today a due may have been paid.
const AHEAD: TimeDelta = TimeDelta::days(62);

impl App<Unlocked> {
    /// Payments that statements show and that name a lender or are a due to the fen, until each is confirmed or declined;
    /// with the loans they may belong to by amount, day and party, and how sure that is.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn list_suggestions(&self) -> Result<SuggestionListView, AppError> {
        let names = self.loan_names()?;
        let known = Known::new(&self.state.vault.parties()?, &self.state.vault.loans()?);
        let payments = self.state.vault.payments(None)?;
        let mut files = self.open_loan_files()?;
        let asked = self.amounts_asked(&files)?;
        let mut suggestions = Vec::new();
        for record_id in self.state.vault.loose_receipts()? {
            let Some(state) = self.state.vault.evidence_record(record_id)? else { continue };
            let EvidenceDetails::PaymentReceipt { channel, amount: Some(amount), payee, remark, .. } =
                &state.record.details
            else {
                continue;
            };
            // Statements do not count as spending what goes to one's own debts; it went out all the same.
            let row = state.record.tags.iter().chain([&state.record.summary]);
            if state.record.direction == Direction::None
                && !says_repayment(&row.map(String::as_str).collect::<Vec<_>>())
            {
                continue;
            }
            let said = [payee.as_deref(), Some(state.record.summary.as_str()), remark.as_deref()];
            let said: Vec<&str> = said.into_iter().flatten().filter(|text| !text.is_empty()).collect();
            let mut loans = known.loans_named(&said.join("\n"));
            // Replaying every loan for every row of a statement would take long; most rows are groceries.
            if loans.is_empty() && !asked.contains(amount) {
                continue;
            }
            let on = state.record.happened.at.with_timezone(&shanghai()).date_naive();
            let outgoing = Outgoing::new(on, *amount, &said.join(" "));
            let mut candidates = self.candidates(&mut files, &outgoing)?;
            let least = if loans.is_empty() { UNNAMED } else { 1 };
            candidates.retain(|one| one.score >= least);
            if candidates.is_empty() && loans.is_empty() {
                continue;
            }
            let likely = candidates.iter().filter(|one| one.score >= UNNAMED).flat_map(|one| &one.parts);
            for part in likely {
                let loan = id::parse("loan_id", &part.loan_id)?;
                if !loans.contains(&loan) {
                    loans.push(loan);
                }
            }
            let perhaps_recorded = payments.iter().any(|paid| {
                paid.counts()
                    && loans.contains(&paid.payment.loan)
                    && paid.payment.amount == *amount
                    && (paid.payment.on - on).num_days().abs() <= 3
            });
            suggestions.push(PaymentSuggestion {
                record_id: record_id.to_string(),
                on: view::day(on),
                amount: amount.to_string(),
                payee: payee.clone().unwrap_or_default(),
                channel: channel.clone(),
                remark: Some(said.iter().skip(1).copied().collect::<Vec<_>>().join(" · "))
                    .filter(|r| !r.is_empty()),
                loans: loans
                    .iter()
                    .map(|id| LoanName {
                        id: id.to_string(),
                        name: names.get(id).cloned().unwrap_or_default(),
                    })
                    .collect(),
                candidates,
                perhaps_recorded,
            });
        }
        Ok(SuggestionListView { suggestions })
    }

    /// Every amount that some open loan asks for: each due, and what is late with it.
    fn amounts_asked(&self, files: &[LoanFile]) -> Result<BTreeSet<Money>, AppError> {
        let today = self.clock.today();
        let mut asked = BTreeSet::new();
        for file in files {
            let mut sum = Money::ZERO;
            for due in file.dues(today, NaiveDate::default(), today + AHEAD)? {
                sum += due.amount;
                asked.extend([due.amount, sum]);
            }
        }
        Ok(asked)
    }

    /// Makes a payment of a suggestion, with the receipt behind it.
    ///
    /// # Errors
    /// The suggestion is gone, or the payment is refused as any other.
    pub fn confirm_suggestion(
        &mut self,
        request: &ConfirmSuggestionRequest,
    ) -> Result<PaymentView, AppError> {
        let list = self.list_suggestions()?;
        let found = list.suggestions.into_iter().find(|suggestion| suggestion.record_id == request.record_id);
        let suggestion = found.ok_or_else(|| {
            AppError::field(ErrorCode::NotFound, "record_id", "this suggestion is no longer open")
        })?;
        self.add_payment(&AddPaymentRequest {
            loan_id: request.loan_id.clone(),
            on: suggestion.on,
            amount: suggestion.amount,
            parts: request.parts.clone(),
            channel: suggestion.channel,
            designation: None,
            note: None,
            lender_allocation: None,
            evidence_ids: vec![suggestion.record_id],
        })
    }

    /// A suggestion is no payment on a loan; it does not come again.
    ///
    /// # Errors
    /// No record is known by this id.
    pub fn decline_suggestion(&mut self, record_id: &str) -> Result<(), AppError> {
        let record: EvidenceId = id::parse("record_id", record_id)?;
        Ok(self.state.vault.decline_receipt(record)?)
    }
}
