use ashore_domain::{
    DisclosedFee, Fact, LenderKind, Loan, LoanCorrected, LoanDraft, LoanId, LoanTerms, Opening, PartyRole,
};
use ashore_engine::amortise;
use serde::Deserialize;

use super::LoanCard;
use super::add::ReadLoan;
use crate::session::{App, Unlocked};
use crate::wire::loan::terms_error;
use crate::wire::{DisclosedShape, LoanShape, OpeningShape};
use crate::{AppError, ErrorCode, id, input, words};

/// A loan in full, as scripts and advisers write it: the contract's terms, the lender's stated balance, or both.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the fields of the same name in `AddLoanRequest` and the contract of the command line
pub struct OpenLoanRequest {
    pub name: String,
    #[serde(default)]
    pub loan: Option<LoanShape>,
    /// Terms paid on their dues before the loan came to us; not with `opening`.
    #[serde(default)]
    pub paid_terms: u16,
    /// Days after each due within which paying is still on time by the contract; not without `loan`.
    #[serde(default)]
    pub grace_days: u16,
    #[serde(default)]
    pub opening: Option<OpeningShape>,
    #[serde(default)]
    pub product: Option<words::ProductKind>,
    #[serde(default)]
    pub contract_no: Option<String>,
    #[serde(default)]
    pub lender: Option<String>,
    #[serde(default)]
    pub lender_kind: Option<words::LenderKind>,
    /// What the cost disclosure sheet shows, fee by fee; an empty list is a sheet without fees.
    #[serde(default)]
    pub disclosed: Option<Vec<DisclosedShape>>,
    #[serde(default)]
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// Opens a loan described in full.
    ///
    /// # Errors
    /// A field that is missing or cannot be read; figures that do not amortise.
    pub fn open_loan(&mut self, request: &OpenLoanRequest) -> Result<LoanCard, AppError> {
        let now = self.clock.now();
        let ReadLoan { loan, parties } = self.read_open(request, LoanId::from_bytes(id::fresh(now)?))?;
        let loan_id = loan.id;
        let mut facts: Vec<Fact> = parties.into_iter().map(Fact::Party).collect();
        facts.push(Fact::LoanOpened(loan));
        self.state.vault.append(&facts, Vec::new(), now)?;
        self.loan_card(loan_id)
    }

    /// Appends a correction in full: figures are replayed from the new description, the old one stays readable.
    ///
    /// # Errors
    /// An unknown or closed loan, or a field that cannot be read.
    pub fn correct_loan(
        &mut self,
        loan_id: &str,
        request: &OpenLoanRequest,
        reason: &str,
    ) -> Result<LoanCard, AppError> {
        let loan_id: LoanId = id::parse("loan_id", loan_id)?;
        if self.loan_file(loan_id)?.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", "this loan is closed"));
        }
        let reason = input::words("reason", reason)?;
        let ReadLoan { loan, parties } = self.read_open(request, loan_id)?;
        let mut facts: Vec<Fact> = parties.into_iter().map(Fact::Party).collect();
        facts.push(Fact::LoanCorrected(LoanCorrected { loan, reason }));
        self.state.vault.append(&facts, Vec::new(), self.clock.now())?;
        self.loan_card(loan_id)
    }

    fn read_open(&self, request: &OpenLoanRequest, loan: LoanId) -> Result<ReadLoan, AppError> {
        let name = input::line("name", &request.name)?;
        let terms = request.loan.as_ref().map(|shape| shape.draft("loan")).transpose()?;
        let terms = terms.map(|draft| LoanDraft { grace_days: request.grace_days, ..draft });
        let terms = terms.map(LoanTerms::new).transpose().map_err(|why| terms_error("loan", why))?;
        let stated = request.opening.as_ref().map(|shape| shape.read("opening")).transpose()?;
        if let Some(terms) = &terms {
            amortise(terms)?;
        }
        let opening = match (terms, stated) {
            (Some(terms), Some(stated)) => Opening::ContractFromBalance { terms: Box::new(terms), stated },
            (None, Some(stated)) => Opening::Stated(stated),
            (Some(terms), None) if request.paid_terms <= terms.get().terms => {
                Opening::Contract { terms: Box::new(terms), paid_terms: request.paid_terms }
            }
            (Some(_), None) => {
                let message = "more terms are paid than the loan has";
                return Err(AppError::field(ErrorCode::CountOutOfRange, "paid_terms", message));
            }
            (None, None) => {
                let message = "give the terms in loan, or what the lender says is owed in opening";
                return Err(AppError::field(ErrorCode::FieldMissing, "loan", message));
            }
        };
        let disclosed = request.disclosed.as_deref();
        let disclosed = disclosed.map(|fees| DisclosedShape::read_all("disclosed", fees)).transpose()?;
        let shown = |(kind, amount)| DisclosedFee { kind, amount };
        let mut parties = Vec::new();
        let mut places =
            vec![self.party_place(&name, PartyRole::Platform, LenderKind::Unknown, &mut parties)?];
        if let Some(lender) = input::line_or_none("lender", request.lender.as_deref())? {
            let kind = request.lender_kind.map_or(LenderKind::Unknown, Into::into);
            places.push(self.party_place(&lender, PartyRole::CurrentCreditor, kind, &mut parties)?);
        }
        let loan = Loan {
            id: loan,
            name,
            product: request.product.map(Into::into).unwrap_or_default(),
            contract_no: input::line_or_none("contract_no", request.contract_no.as_deref())?,
            parties: places,
            opening,
            disclosed: disclosed.map(|fees| fees.into_iter().map(shown).collect()),
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        Ok(ReadLoan { loan, parties })
    }
}
