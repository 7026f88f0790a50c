use ashore_domain::{
    Agreement, AgreementId, Buckets, CustomRow, EvidenceId, Fact, LoanId, Money, Month, Proposal, limits,
};
use ashore_engine::Statement;
use chrono::NaiveDate;
use serde::Deserialize;
use specta::Type;

use super::AgreementView;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::words::AgreedForm;
use crate::{AppError, ErrorCode, id, input};

/// An agreement as the written text has it: from an offer, or with instalments of its own.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct RecordAgreementRequest {
    /// About which loan.
    pub loan_id: String,
    /// The offer it came from; its rows are taken unless others are given.
    #[serde(default)]
    pub proposal_id: Option<String>,
    /// Day it was made; today when absent.
    #[serde(default)]
    pub agreed_on: Option<String>,
    /// Day its dues take over; the day it was made when absent.
    #[serde(default)]
    pub effective_from: Option<String>,
    /// In what form it is confirmed.
    pub form: AgreedForm,
    /// Instalments, when not those of the offer: how much each,
    #[serde(default)]
    pub payment: Option<String>,
    /// how many,
    #[serde(default)]
    pub terms: Option<String>,
    /// the first due,
    #[serde(default)]
    pub first_due: Option<String>,
    /// and the last one, when it differs.
    #[serde(default)]
    pub last_payment: Option<String>,
    /// Full legal name of the creditor as the text has it.
    #[serde(default)]
    pub creditor: Option<String>,
    /// Where to pay, as the text has it.
    #[serde(default)]
    pub payment_account: Option<String>,
    /// Records that prove it.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
    /// In words.
    #[serde(default)]
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// Records an agreement and lets its dues take over from its day. An earlier one of the same loan is
    /// superseded, not edited.
    ///
    /// # Errors
    /// An unknown loan or offer, dues that do not ascend from its day, or nothing that is still owed.
    pub fn record_agreement(&mut self, request: &RecordAgreementRequest) -> Result<AgreementView, AppError> {
        let loan: LoanId = id::parse("loan_id", &request.loan_id)?;
        let file = self.loan_file(loan)?;
        if file.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", "this loan is closed"));
        }
        let now = self.clock.now();
        let today = now.date_naive();
        let agreed_on = input::date_or_none("agreed_on", request.agreed_on.as_deref())?.unwrap_or(today);
        if agreed_on > today {
            return Err(AppError::field(ErrorCode::DateOrder, "agreed_on", "this day has not come yet"));
        }
        let effective_from =
            input::date_or_none("effective_from", request.effective_from.as_deref())?.unwrap_or(agreed_on);
        let proposal = proposal_of(&file, request.proposal_id.as_deref())?;
        let dues = dues_of(request, proposal)?;
        let statement = file.statement(effective_from)?;
        let agreement = Agreement {
            id: AgreementId::from_bytes(id::fresh(now)?),
            loan,
            proposal: proposal.map(|p| p.id),
            supersedes: file.agreements.iter().max_by_key(|a| a.effective_from).map(|a| a.id),
            agreed_on,
            effective_from,
            form: request.form.into(),
            creditor: input::words_or_none("creditor", request.creditor.as_deref())?,
            payment_account: input::words_or_none("payment_account", request.payment_account.as_deref())?,
            waived: Buckets::default(),
            rows: rows_on(&dues, &statement, effective_from)?,
            evidence: request
                .evidence_ids
                .iter()
                .map(|text| id::parse::<EvidenceId>("evidence_ids", text))
                .collect::<Result<_, _>>()?,
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        let agreement_id = agreement.id;
        self.state.vault.append(&[Fact::Agreement(agreement)], Vec::new(), now)?;
        self.agreement(&agreement_id.to_string())
    }
}

fn proposal_of<'a>(file: &'a LoanFile, given: Option<&str>) -> Result<Option<&'a Proposal>, AppError> {
    let Some(text) = given else { return Ok(None) };
    let wanted = id::parse("proposal_id", text)?;
    let found = file.proposals.iter().find(|p| p.id == wanted);
    found.map(Some).ok_or_else(|| {
        AppError::field(ErrorCode::NotFound, "proposal_id", "no offer on this loan is known by this id")
    })
}

/// The agreed dues: those stated, or those of the offer.
fn dues_of(
    request: &RecordAgreementRequest,
    proposal: Option<&Proposal>,
) -> Result<Vec<(NaiveDate, Money)>, AppError> {
    let Some(payment) = request.payment.as_deref().filter(|t| !t.trim().is_empty()) else {
        let rows = proposal.map(|p| p.rows.iter().map(|r| (r.due, r.amount)).collect::<Vec<_>>());
        return rows.filter(|rows| !rows.is_empty()).ok_or_else(|| {
            let message = "an agreement names its dues: give payment, terms and first_due, or an offer";
            AppError::field(ErrorCode::AgreementNeedsRows, "payment", message)
        });
    };
    let payment = input::positive("payment", payment)?;
    let terms = input::count("terms", request.terms.as_deref().unwrap_or(""), 1, limits::TERMS_MAX)?;
    let first_due = input::date("first_due", request.first_due.as_deref().unwrap_or(""))?;
    let last = input::amount_or_none("last_payment", request.last_payment.as_deref())?.unwrap_or(payment);
    let day = chrono::Datelike::day(&first_due);
    let rows = (0..terms).map(|k| {
        let due = Month::of(first_due).plus(i32::from(k)).day_clamped(day);
        (due, if k + 1 == terms { last } else { payment })
    });
    Ok(rows.collect())
}

/// The dues as rows of the loan's new schedule. The text names them as all there is to pay, so from its day their
/// sum is what is owed: interest and penalties it still asks for have become part of the agreed balance, and what it
/// leaves out is given up.
pub(crate) fn rows_on(
    dues: &[(NaiveDate, Money)],
    statement: &Statement,
    effective_from: NaiveDate,
) -> Result<Vec<CustomRow>, AppError> {
    if !statement.outstanding.total().is_positive() {
        return Err(AppError::field(
            ErrorCode::NothingOwed,
            "loan_id",
            "nothing is owed on this loan that day",
        ));
    }
    let mut before: Option<NaiveDate> = None;
    let mut rows = Vec::with_capacity(dues.len());
    for (index, &(due, amount)) in dues.iter().enumerate() {
        if due < effective_from || before.is_some_and(|b| due <= b) || !amount.is_positive() {
            let message = format!("instalment {} does not follow in time or is nothing", index + 1);
            return Err(AppError::field(ErrorCode::DateOrder, "first_due", message));
        }
        before = Some(due);
        rows.push(CustomRow { due, principal: amount, interest: Money::ZERO, fees: Money::ZERO });
    }
    Ok(rows)
}
