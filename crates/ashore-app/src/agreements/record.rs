use ashore_domain::{
    Agreement, AgreementId, AgreementStep, CaseEntry, CaseEntryId, CaseStep, CustomRow, Fact, LoanId, Money,
    Month, Proposal, check_date, limits,
};
use ashore_engine::Statement;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::follow::follow_ups;
use super::{AgreementView, FraudFlagView, WordsRead};
use crate::loans::{LoanFile, is_paid};
use crate::offers::{BucketsForm, OfferRowForm};
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
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
    /// Dues one by one, when they are not equal.
    #[serde(default)]
    pub rows: Vec<OfferRowForm>,
    /// What the text says they come to; refused when they do not.
    #[serde(default)]
    pub total: Option<String>,
    /// Waived by bucket, as the text has it.
    #[serde(default)]
    pub waived: BucketsForm,
    /// The agreement it takes the place of; needed while another one holds.
    #[serde(default)]
    pub supersedes: Option<String>,
    /// The name of the account's holder, as the text has it.
    #[serde(default)]
    pub payee: Option<String>,
    /// The lender's own words that confirm it, pasted: they become a record.
    #[serde(default)]
    pub confirmation_text: Option<String>,
    /// Handles of files staged before: the signed text, a screenshot of the message.
    #[serde(default)]
    pub files: Vec<String>,
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
    /// Records an agreement. With the writing behind it, its dues take over from its day and what follows the signing
    /// becomes tasks; without, it is kept as a draft and changes nothing. One it takes the place of is superseded, not
    /// edited.
    ///
    /// # Errors
    /// An unknown loan or offer, a day to come, rows that do not add up or do not ascend from its day, another
    /// agreement that holds, or nothing that is still owed.
    pub fn record_agreement(&mut self, request: &RecordAgreementRequest) -> Result<AgreementView, AppError> {
        let loan: LoanId = id::parse("loan_id", &request.loan_id)?;
        let file = self.loan_file(loan)?;
        if file.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", "this loan is closed"));
        }
        let now = self.clock.now();
        let today = now.date_naive();
        let agreed_on = input::day_or_today("agreed_on", request.agreed_on.as_deref(), today)?;
        if agreed_on > today {
            return Err(AppError::field(ErrorCode::DateOrder, "agreed_on", "this day has not come yet"));
        }
        let effective_from =
            input::date_or_none("effective_from", request.effective_from.as_deref())?.unwrap_or(agreed_on);
        let proposal = proposal_of(&file, request.proposal_id.as_deref())?.cloned();
        let dues = dues_of(request, proposal.as_ref())?;
        check_total(request, &dues)?;
        let supersedes = self.superseded_by(&file, request.supersedes.as_deref(), today)?;
        let statement = file.statement(effective_from)?;
        let rows = rows_on(&dues, &statement, effective_from)?;
        let waived = request.waived.typed("waived")?;
        let payment_account = input::line_or_none("payment_account", request.payment_account.as_deref())?;
        let payee = input::line_or_none("payee", request.payee.as_deref())?;
        let proof = self.proof_of(request, loan, agreed_on, now)?;
        let agreement = Agreement {
            id: AgreementId::from_bytes(id::fresh(now)?),
            loan,
            proposal: proposal.as_ref().map(|p| p.id),
            supersedes,
            agreed_on,
            effective_from,
            form: request.form.into(),
            creditor: input::line_or_none("creditor", request.creditor.as_deref())?,
            payment_account: match (payee, payment_account) {
                (Some(payee), Some(account)) => Some(format!("{payee} {account}")),
                (payee, account) => payee.or(account),
            },
            waived: if waived.total().is_zero() { proposal.map_or(waived, |p| p.waived) } else { waived },
            rows,
            evidence: proof.evidence,
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        let agreement_id = agreement.id;
        let mut facts: Vec<Fact> = proof.record.into_iter().map(Fact::Evidence).collect();
        if agreement.evidence.is_empty() {
            facts.push(Fact::Case(CaseEntry {
                id: CaseEntryId::from_bytes(id::fresh(now)?),
                loan: Some(loan),
                on: today,
                step: CaseStep::AgreementDraft(agreement),
                evidence: Vec::new(),
                note: None,
            }));
        } else {
            let tasks = follow_ups(&agreement, AgreementStep::Signed, agreement.agreed_on, now)?;
            facts.push(Fact::Agreement(agreement));
            facts.extend(tasks);
        }
        self.state.vault.append(&facts, proof.staged, now)?;
        self.agreement(&agreement_id.to_string())
    }

    /// The agreement a new one takes the place of: the one named, or one that is over. One debt has one agreement.
    fn superseded_by(
        &self,
        file: &LoanFile,
        named: Option<&str>,
        today: NaiveDate,
    ) -> Result<Option<AgreementId>, AppError> {
        if let Some(text) = named {
            let wanted: AgreementId = id::parse("supersedes", text)?;
            if !file.agreements.iter().any(|a| a.id == wanted) {
                let message = "no agreement on this loan is known by this id";
                return Err(AppError::field(ErrorCode::NotFound, "supersedes", message));
            }
            return Ok(Some(wanted));
        }
        let Some(latest) = file.standing_agreement() else { return Ok(None) };
        let over = self.case_of(file)?.has(latest.id, AgreementStep::Completed)
            || is_paid(&file.statement(today.max(latest.effective_from))?);
        if over {
            return Ok(Some(latest.id));
        }
        let message = format!("the agreement {} holds; a debt has one agreement at a time", latest.id);
        Err(AppError::field(ErrorCode::AgreementActive, "supersedes", message))
    }
}

/// The dues come to what the text says they come to.
fn check_total(request: &RecordAgreementRequest, dues: &[(NaiveDate, Money)]) -> Result<(), AppError> {
    let Some(stated) = input::amount_or_none("total", request.total.as_deref())? else { return Ok(()) };
    let sum: Money = dues.iter().map(|(_, amount)| *amount).sum();
    if sum == stated {
        return Ok(());
    }
    let message =
        format!("the dues come to {sum}, the text says {stated}; ask which is right before signing");
    Err(AppError::field(ErrorCode::AgreementRowsDiffer, "total", message))
}

/// What an agreement's dues come to, before it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AgreementPreview {
    /// How many.
    pub terms: u32,
    /// All of them together: what would be owed from its day.
    pub total: Yuan,
    /// The last due.
    pub last_due: String,
    /// What is owed that day without it.
    pub owed: Yuan,
    /// Signs of fraud: a payee that is not the creditor, another account than before, words that ask for a fee first.
    pub fraud: Vec<FraudFlagView>,
}

impl App<Unlocked> {
    /// The sum of an agreement's dues beside what is owed without it, and signs of fraud, also in the words of files that
    /// were read apart; nothing is stored.
    ///
    /// # Errors
    /// As when it is recorded.
    pub fn preview_agreement_by(
        &self,
        request: &RecordAgreementRequest,
        words: &WordsRead,
    ) -> Result<AgreementPreview, AppError> {
        let file = self.loan_file(id::parse("loan_id", &request.loan_id)?)?;
        let today = self.clock.today();
        let agreed_on = input::day_or_today("agreed_on", request.agreed_on.as_deref(), today)?;
        let from =
            input::date_or_none("effective_from", request.effective_from.as_deref())?.unwrap_or(agreed_on);
        let dues = dues_of(request, proposal_of(&file, request.proposal_id.as_deref())?)?;
        let statement = file.statement(from)?;
        let rows = rows_on(&dues, &statement, from)?;
        Ok(AgreementPreview {
            terms: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            total: rows.iter().map(|row| row.principal).sum::<Money>().into(),
            last_due: rows.last().map(|row| day(row.due)).unwrap_or_default(),
            owed: statement.outstanding.total().into(),
            fraud: self.fraud_in(&file, request, words)?,
        })
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
    if !request.rows.is_empty() {
        return request
            .rows
            .iter()
            .enumerate()
            .map(|(k, row)| {
                let due = input::date(&format!("rows.{k}.due"), &row.due)?;
                Ok((due, input::positive(&format!("rows.{k}.amount"), &row.amount)?))
            })
            .collect();
    }
    let said = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let Some(payment) = request.payment.as_deref().filter(|t| !t.trim().is_empty()) else {
        // Dues of its own with a part left out are not those of the offer.
        if said(&request.terms) || said(&request.first_due) || said(&request.last_payment) {
            return Err(AppError::field(ErrorCode::FieldMissing, "payment", "this is needed"));
        }
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
        if check_date(due).is_err() {
            return Err(AppError::field(
                ErrorCode::DateImpossible,
                "first_due",
                "the last due lies beyond 2100",
            ));
        }
        before = Some(due);
        rows.push(CustomRow { due, principal: amount, interest: Money::ZERO, fees: Money::ZERO });
    }
    Ok(rows)
}
