use ashore_domain::{
    Buckets, CustomRow, EvidenceId, Fact, LoanId, Method, Money, Month, Proposal, ProposalId, ProposedRow,
    RatePer, Ratio, Side as DomainSide, check_date,
};
use ashore_engine::{RescheduleError, RescheduleFinding, Standing, reschedule};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Deserialize;
use specta::Type;

use super::terms::ReliefForm;
use super::{BucketsForm, OfferEffectView, ProposalView};
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::words::{ContactChannel, Side};
use crate::{AppError, ErrorCode, id, input};

/// An offer as it was made, by either side. Its rows follow from its terms unless they are given.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct MakeOfferRequest {
    /// About which loan; taken from the offer it answers when absent.
    pub loan_id: Option<String>,
    /// The offer it answers.
    pub in_reply_to: Option<String>,
    /// Whose offer: the borrower's when absent; of a counter-offer, the other side's.
    pub by: Option<Side>,
    /// When it was made; now when absent.
    pub made_at: Option<String>,
    /// By which channel.
    pub channel: Option<ContactChannel>,
    /// What is asked for or granted.
    pub terms: Vec<ReliefForm>,
    /// Waived by bucket.
    pub waived: BucketsForm,
    /// What is paid when, as the other side states it.
    pub rows: Vec<OfferRowForm>,
    /// The first due of the rows that follow from the terms.
    pub first_due: Option<String>,
    /// Last day it stands.
    pub expires_on: Option<String>,
    /// Records that back it.
    pub evidence_ids: Vec<String>,
    /// In words.
    pub note: Option<String>,
}

/// A payment an offer names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OfferRowForm {
    pub due: String,
    pub amount: String,
}

/// An offer that was read and worked out, before it is kept.
pub(super) struct Drafted {
    pub(super) file: LoanFile,
    pub(super) proposal: Proposal,
    pub(super) findings: Vec<(String, Option<Money>)>,
}

impl App<Unlocked> {
    /// What an offer would come to; nothing is stored.
    ///
    /// # Errors
    /// A field that cannot be read, terms that contradict one another, or a closed case.
    pub fn preview_proposal(&self, request: &MakeOfferRequest) -> Result<OfferEffectView, AppError> {
        let drafted = self.draft_offer(request)?;
        self.effect_of(&drafted.file, &drafted.proposal, &drafted.findings)
    }

    /// Keeps an offer. It changes nothing that is owed: contract dues, penalties and reminders go on.
    ///
    /// # Errors
    /// A field that cannot be read, terms that contradict one another, or a closed case.
    pub fn add_proposal(&mut self, request: &MakeOfferRequest) -> Result<ProposalView, AppError> {
        let proposal = self.draft_offer(request)?.proposal;
        let (kept, now) = (proposal.id, self.clock.now());
        self.state.vault.append(&[Fact::Proposal(proposal)], Vec::new(), now)?;
        self.proposal(&kept.to_string())
    }

    /// Keeps an answer to an offer, of the other side unless the request says whose it is.
    ///
    /// # Errors
    /// As [`App::add_proposal`], and an unknown offer.
    pub fn counter_proposal(
        &mut self,
        answers: &str,
        request: &MakeOfferRequest,
    ) -> Result<ProposalView, AppError> {
        let request = MakeOfferRequest { in_reply_to: Some(answers.to_owned()), ..request.clone() };
        self.add_proposal(&request)
    }

    pub(crate) fn proposal_known(&self, field: &str, text: &str) -> Result<Proposal, AppError> {
        let wanted: ProposalId = id::parse(field, text)?;
        let found = self.state.vault.proposals(None)?.into_iter().find(|p| p.id == wanted);
        found.ok_or_else(|| AppError::field(ErrorCode::NotFound, field, "no offer is known by this id"))
    }

    pub(super) fn draft_offer(&self, request: &MakeOfferRequest) -> Result<Drafted, AppError> {
        let answered = request
            .in_reply_to
            .as_deref()
            .map(|text| self.proposal_known("in_reply_to", text))
            .transpose()?;
        let loan: LoanId = match (&request.loan_id, &answered) {
            (Some(text), _) => id::parse("loan_id", text)?,
            (None, Some(offer)) => offer.loan,
            (None, None) => {
                return Err(AppError::field(ErrorCode::FieldMissing, "loan_id", "this is needed"));
            }
        };
        let file = self.loan_file(loan)?;
        self.case_is_open(&file)?;
        if answered.as_ref().is_some_and(|offer| offer.loan != loan) {
            let message = "the offer it answers is about another loan";
            return Err(AppError::field(ErrorCode::NotFound, "in_reply_to", message));
        }
        let now = self.clock.now();
        let given = request.made_at.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let made_at = given.map_or(Ok(now), |text| input::instant("made_at", text))?;
        check_made(made_at, now, answered.as_ref())?;
        let by = request.by.map(DomainSide::from).unwrap_or(match &answered {
            Some(offer) if offer.by == DomainSide::Borrower => DomainSide::Lender,
            _ => DomainSide::Borrower,
        });
        let reliefs = request
            .terms
            .iter()
            .enumerate()
            .map(|(k, form)| form.read(&format!("terms.{k}")))
            .collect::<Result<Vec<_>, _>>()?;
        let waived = request.waived.typed("waived")?;
        if reliefs.is_empty() && request.rows.is_empty() && waived.total().is_zero() {
            let message = "say what is offered: terms, rows or what is waived";
            return Err(AppError::field(ErrorCode::FieldMissing, "terms", message));
        }
        let made_on = made_at.date_naive();
        let first_due = input::date_or_none("first_due", request.first_due.as_deref())?;
        let expires_on = input::date_or_none("expires_on", request.expires_on.as_deref())?;
        if expires_on.is_some_and(|on| on < made_on) {
            return Err(AppError::field(ErrorCode::DateOrder, "expires_on", "before the offer was made"));
        }
        let stated = stated_rows(&request.rows, made_on)?;
        let standing = standing(&file, made_on, first_due)?;
        let mut findings: Vec<(String, Option<Money>)> = Vec::new();
        let rows = match (reschedule(&standing, &reliefs, &waived), stated) {
            (Ok(found), stated) => {
                findings.extend(found.findings.iter().map(|f| (f.code().to_owned(), f.amount())));
                let computed: Vec<ProposedRow> =
                    found.rows.iter().map(|row| ProposedRow { due: row.due, amount: row.amount() }).collect();
                if !stated.is_empty() && !reliefs.is_empty() && stated != computed {
                    let total = computed.iter().map(|row| row.amount).sum();
                    findings.push(("rows_differ_from_terms".to_owned(), Some(total)));
                }
                if stated.is_empty() { computed } else { stated }
            }
            // What the other side states is kept as it was stated, even when it does not add up by our count.
            (Err(why), stated) if !stated.is_empty() && by == DomainSide::Lender => {
                findings.push((refused_code(why).to_owned(), None));
                stated
            }
            (Err(RescheduleError::WaivedAboveOwed), _) => return Err(waived_above(&standing.owed, &waived)),
            (Err(why), _) => return Err(why.into()),
        };
        if let Some(early) = rows.iter().find(|row| row.due < made_on) {
            let message = format!("{} lies before the offer was made", early.due);
            return Err(AppError::field(ErrorCode::DateOrder, "first_due", message));
        }
        if rows.iter().any(|row| check_date(row.due).is_err()) {
            return Err(AppError::field(
                ErrorCode::DateImpossible,
                "first_due",
                "the last due lies beyond 2100",
            ));
        }
        let evidence = request
            .evidence_ids
            .iter()
            .map(|text| id::parse::<EvidenceId>("evidence_ids", text))
            .collect::<Result<_, _>>()?;
        let proposal = Proposal {
            id: ProposalId::from_bytes(id::fresh(now)?),
            loan,
            by,
            made_at,
            in_reply_to: answered.map(|offer| offer.id),
            channel: request.channel.map(Into::into),
            reliefs,
            waived,
            rows,
            expires_on,
            evidence,
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        Ok(Drafted { file, proposal, findings })
    }

    /// What the program itself finds about an offer that is kept.
    pub(crate) fn findings_of(
        &self,
        file: &LoanFile,
        offer: &Proposal,
    ) -> Result<Vec<(String, Option<Money>)>, AppError> {
        let standing = standing(file, offer.made_at.date_naive(), offer.rows.first().map(|row| row.due))?;
        Ok(match reschedule(&standing, &offer.reliefs, &offer.waived) {
            Ok(found) => {
                let keep = |f: &&RescheduleFinding| !matches!(f, RescheduleFinding::RateUnknown);
                found.findings.iter().filter(keep).map(|f| (f.code().to_owned(), f.amount())).collect()
            }
            Err(why) => vec![(refused_code(why).to_owned(), None)],
        })
    }
}

/// Nothing is offered on a case that is over.
impl App<Unlocked> {
    pub(crate) fn case_is_open(&self, file: &LoanFile) -> Result<(), AppError> {
        if file.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", "this loan is closed"));
        }
        if self.case_of(file)?.settled_by_hand() {
            let message = "this case is marked as settled; open it again first";
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", message));
        }
        Ok(())
    }
}

fn check_made(
    made_at: DateTime<FixedOffset>,
    now: DateTime<FixedOffset>,
    answered: Option<&Proposal>,
) -> Result<(), AppError> {
    if made_at > now + chrono::TimeDelta::minutes(5) {
        return Err(AppError::field(ErrorCode::DateOrder, "made_at", "this time has not come yet"));
    }
    if answered.is_some_and(|offer| made_at < offer.made_at) {
        let message = "an answer comes after the offer it answers";
        return Err(AppError::field(ErrorCode::DateOrder, "made_at", message));
    }
    Ok(())
}

fn stated_rows(rows: &[OfferRowForm], from: NaiveDate) -> Result<Vec<ProposedRow>, AppError> {
    let mut before: Option<NaiveDate> = None;
    rows.iter()
        .enumerate()
        .map(|(k, row)| {
            let due = input::date(&format!("rows.{k}.due"), &row.due)?;
            let amount = input::positive(&format!("rows.{k}.amount"), &row.amount)?;
            if due < from || before.is_some_and(|before| due <= before) {
                let message = "rows ascend in time and none lies before the offer";
                return Err(AppError::field(ErrorCode::DateOrder, &format!("rows.{k}.due"), message));
            }
            before = Some(due);
            Ok(ProposedRow { due, amount })
        })
        .collect()
}

/// A loan as an offer of a day finds it.
pub(crate) fn standing(
    file: &LoanFile,
    on: NaiveDate,
    first_due: Option<NaiveDate>,
) -> Result<Standing, AppError> {
    let statement = file.statement(on)?;
    let live = statement.terms.iter().map(|term| term.schedule).max().unwrap_or(0);
    let remaining: Vec<CustomRow> = statement
        .terms
        .iter()
        .filter(|term| term.schedule == live && term.due > on && term.unpaid.total().is_positive())
        .map(|term| CustomRow {
            due: term.due,
            principal: term.unpaid.principal,
            interest: term.unpaid.interest,
            fees: term.unpaid.fees,
        })
        .collect();
    let due_day = match (first_due, file.terms()) {
        (Some(day), _) => chrono::Datelike::day(&day),
        (None, Some(terms)) => terms.calendar().due_day(),
        (None, None) => 15,
    };
    let next = || remaining.first().map_or_else(|| Month::of(on).plus(1).day_clamped(due_day), |row| row.due);
    Ok(Standing {
        owed: statement.outstanding,
        annual: annual(file)?,
        method: file.terms().map_or(Method::EqualInstallment, |terms| terms.get().method),
        first_due: first_due.unwrap_or_else(next),
        due_day,
        remaining,
    })
}

/// The contract's rate a year, as stated or as found from its payment.
fn annual(file: &LoanFile) -> Result<Option<Ratio>, AppError> {
    let Some(terms) = file.terms() else { return Ok(None) };
    let found = file.amortised()?.and_then(|amortised| amortised.rate_found);
    if let Some(rate) = terms.get().rate {
        let times = match rate.per() {
            RatePer::Year => 1,
            RatePer::Month | RatePer::TermFlat => 12,
            RatePer::Day => 365,
        };
        return Ok(rate.ratio().times(times, 1));
    }
    Ok(found.and_then(|found| match found.rate.per() {
        RatePer::Year => Some(found.rate.ratio()),
        RatePer::Month | RatePer::TermFlat => found.rate.ratio().times(12, 1),
        RatePer::Day => found.rate.ratio().times(365, 1),
    }))
}

/// Names the first part of which more is waived than is owed.
fn waived_above(owed: &Buckets, waived: &Buckets) -> AppError {
    let above = ashore_domain::Bucket::STATUTORY_ORDER.into_iter().find(|b| waived.get(*b) > owed.get(*b));
    let name = above.map(|bucket| format!("waived.{}", crate::words::Bucket::from(bucket).as_text()));
    let field = name.as_deref().unwrap_or("waived");
    AppError::field(ErrorCode::AmountOutOfRange, field, "more than is owed")
}

const fn refused_code(why: RescheduleError) -> &'static str {
    use RescheduleError as E;
    match why {
        E::WaivedAboveOwed => "waived_above_owed",
        E::NothingLeft => "nothing_left",
        E::NeverRepaid => "never_repaid",
        E::TwoShapes | E::SettlementWithGrace | E::Terms | E::Amount | E::TooLarge => "terms_contradict",
    }
}

/// Buckets that hold something, by their words.
pub(super) fn named(buckets: &Buckets) -> impl Iterator<Item = (String, Money)> + '_ {
    ashore_domain::Bucket::STATUTORY_ORDER.iter().filter_map(|bucket| {
        let amount = buckets.get(*bucket);
        (!amount.is_zero()).then(|| (crate::words::Bucket::from(*bucket).as_text(), amount))
    })
}
