use ashore_domain::{
    Buckets, DayCount, DueCalendar, Fact, Fee, FeeAmount, FeeKind, FeeWhen, LenderKind, Loan, LoanDraft,
    LoanId, LoanParty, LoanTerms, Method, Money, Opening, Party, PartyId, PartyRole, Period, Rate, RatePer,
    StatedBalance, limits,
};
use ashore_engine::amortise;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::fees::read_fees;
use super::{FeeForm, LoanCard};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input, words};

/// A loan as a borrower in mid-loan knows it: six fields, everything else later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct AddLoanRequest {
    /// Where the money was borrowed: the app's name.
    pub app: String,
    /// From the repayment plan, or from what the lender says is owed.
    pub basis: LoanBasis,
    /// Money really received.
    pub received: Option<String>,
    /// What is paid each term, everything included.
    pub payment: Option<String>,
    /// Number of terms.
    pub terms: Option<String>,
    /// First due.
    pub first_due: Option<String>,
    /// Terms already paid.
    pub terms_paid: Option<String>,
    /// Yearly rate of the contract, in percent; solved when absent.
    pub rate: Option<String>,
    /// Repayment method; equal instalments when absent. Only those and equal terms know a payment of each term, the
    /// others need the rate.
    pub method: Option<words::Method>,
    /// What the lender says is owed, for the other basis.
    pub balance: Option<BalanceForm>,
    /// Principal the contract states, when more than was received.
    pub principal: Option<String>,
    /// Days after each due within which paying is still on time by the contract.
    pub grace_days: Option<String>,
    /// Contract number.
    pub contract_no: Option<String>,
    /// Day of the contract.
    pub contract_date: Option<String>,
    /// Who really lends, by full name.
    pub lender: Option<String>,
    /// What the lender legally is.
    pub lender_kind: Option<words::LenderKind>,
    /// What was sold.
    pub product: Option<words::ProductKind>,
    /// The borrower's own note.
    pub note: Option<String>,
    /// Fees the contract names, with what the cost disclosure sheet shows of each.
    pub fees: Vec<FeeForm>,
    /// A cost disclosure sheet is at hand; any fee with what it shows says so too.
    pub sheet: bool,
}

/// What a loan is entered from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LoanBasis {
    /// The repayment plan.
    #[default]
    Plan,
    /// What the lender says is owed today.
    Balance,
}

/// What a lender says is owed. A lender that names one sum only has it in `total`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // the glossary's buckets
pub struct BalanceForm {
    /// The day it speaks of; today when absent.
    pub as_of: Option<String>,
    pub total: Option<String>,
    pub principal: Option<String>,
    pub interest: Option<String>,
    pub penalty: Option<String>,
    pub late_fee: Option<String>,
    pub fees: Option<String>,
    /// Due of the oldest unpaid term.
    pub oldest_unpaid_due: Option<String>,
}

/// A form that was read: the loan, and the parties it makes known.
pub(super) struct ReadLoan {
    pub(super) loan: Loan,
    pub(super) parties: Vec<Party>,
}

impl App<Unlocked> {
    /// Opens a loan. Parties it names for the first time are recorded with it.
    ///
    /// # Errors
    /// A field that is missing or cannot be read; figures that do not amortise.
    pub fn add_loan(&mut self, request: &AddLoanRequest) -> Result<LoanCard, AppError> {
        let now = self.clock.now();
        let read = self.read_loan(request, LoanId::from_bytes(id::fresh(now)?))?;
        let loan = read.loan.id;
        let mut facts: Vec<Fact> = read.parties.into_iter().map(Fact::Party).collect();
        facts.push(Fact::LoanOpened(read.loan));
        self.state.vault.append(&facts, Vec::new(), now)?;
        self.loan_card(loan)
    }

    pub(super) fn read_loan(&self, request: &AddLoanRequest, loan: LoanId) -> Result<ReadLoan, AppError> {
        input::line("app", &request.app)?;
        let opening = self.read_opening(request)?;
        self.read_description(request, loan, opening)
    }

    pub(super) fn read_opening(&self, request: &AddLoanRequest) -> Result<Opening, AppError> {
        match request.basis {
            LoanBasis::Plan => self.read_plan(request),
            LoanBasis::Balance => self.read_balance(request),
        }
    }

    /// Names and parties of the form, about figures already read.
    pub(super) fn read_description(
        &self,
        request: &AddLoanRequest,
        loan: LoanId,
        opening: Opening,
    ) -> Result<ReadLoan, AppError> {
        let name = input::line("app", &request.app)?;
        let mut parties = Vec::new();
        let mut places =
            vec![self.party_place(&name, PartyRole::Platform, LenderKind::Unknown, &mut parties)?];
        let kind = request.lender_kind.map_or(LenderKind::Unknown, Into::into);
        if let Some(lender) = input::line_or_none("lender", request.lender.as_deref())? {
            places.push(self.party_place(&lender, PartyRole::CurrentCreditor, kind, &mut parties)?);
        }
        let loan = Loan {
            id: loan,
            name,
            product: request.product.map(Into::into).unwrap_or_default(),
            contract_no: input::line_or_none("contract_no", request.contract_no.as_deref())?,
            parties: places,
            opening,
            disclosed: match request.basis {
                LoanBasis::Plan => Some(read_fees(&request.fees)?.disclosed)
                    .filter(|shown| request.sheet || !shown.is_empty()),
                LoanBasis::Balance => None,
            },
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        Ok(ReadLoan { loan, parties })
    }

    /// A known party of that name, or a new one added to `new`.
    pub(super) fn party_place(
        &self,
        name: &str,
        role: PartyRole,
        kind: LenderKind,
        new: &mut Vec<Party>,
    ) -> Result<LoanParty, AppError> {
        let known = self.state.vault.parties()?;
        let same = |p: &&Party| p.name == name || p.aliases.iter().any(|a| a == name);
        let party = match known.iter().find(same).or_else(|| new.iter().find(same)) {
            Some(party) => party.id,
            None => {
                let id = PartyId::from_bytes(id::fresh(self.clock.now())?);
                new.push(Party {
                    id,
                    name: name.to_owned(),
                    legal_name: None,
                    lender_kind: kind,
                    aliases: Vec::new(),
                    contacts: Vec::new(),
                    licence: None,
                    note: None,
                });
                id
            }
        };
        Ok(LoanParty { party, role, share: None, since: None, known_by: None })
    }

    fn read_balance(&self, request: &AddLoanRequest) -> Result<Opening, AppError> {
        let form = request.balance.clone().unwrap_or_default();
        let part = |field: &str, given: &Option<String>| {
            input::amount_or_none(&format!("balance.{field}"), given.as_deref())
                .map(Option::unwrap_or_default)
        };
        let mut buckets = Buckets {
            principal: part("principal", &form.principal)?,
            interest: part("interest", &form.interest)?,
            penalty: part("penalty", &form.penalty)?,
            late_fee: part("late_fee", &form.late_fee)?,
            fees: part("fees", &form.fees)?,
            ..Buckets::default()
        };
        let total = part("total", &form.total)?;
        let named = buckets.total();
        if total.is_positive() && total < named {
            let message = format!("the parts add up to {named}, more than the total {total}");
            return Err(AppError::field(ErrorCode::ScheduleDoesNotTieOut, "balance.total", message));
        }
        // What the lender leaves unexplained stands with the principal until it is explained.
        buckets.principal += (total - named).max(Money::ZERO);
        if !buckets.total().is_positive() {
            return Err(AppError::field(
                ErrorCode::FieldMissing,
                "balance.total",
                "how much does the lender ask for?",
            ));
        }
        let today = self.clock.today();
        let as_of = input::date_or_none("balance.as_of", form.as_of.as_deref())?.unwrap_or(today);
        if as_of > today {
            return Err(AppError::field(ErrorCode::DateOrder, "balance.as_of", "this day has not come yet"));
        }
        let oldest_unpaid_due =
            input::date_or_none("balance.oldest_unpaid_due", form.oldest_unpaid_due.as_deref())?;
        if oldest_unpaid_due.is_some_and(|due| due > as_of) {
            let message = "the oldest unpaid due is not after the day of the balance";
            return Err(AppError::field(ErrorCode::DateOrder, "balance.oldest_unpaid_due", message));
        }
        Ok(Opening::Stated(StatedBalance { as_of, buckets, oldest_unpaid_due }))
    }

    fn read_plan(&self, request: &AddLoanRequest) -> Result<Opening, AppError> {
        let given = |field: &'static str, text: &Option<String>| {
            text.clone()
                .filter(|t| !t.trim().is_empty())
                .ok_or_else(|| AppError::field(ErrorCode::FieldMissing, field, "this is needed"))
        };
        let received = input::positive("received", &given("received", &request.received)?)?;
        let method = request.method.map_or(Method::EqualInstallment, Into::into);
        let level = matches!(method, Method::EqualInstallment | Method::FlatRate);
        if method == Method::Custom {
            let message =
                "a table typed row by row is not rebuilt from these fields; import it, or choose a method";
            return Err(AppError::field(ErrorCode::TermsRefused, "method", message));
        }
        let payment = match level {
            true => Some(input::positive("payment", &given("payment", &request.payment)?)?),
            false => None,
        };
        let terms = input::count("terms", &given("terms", &request.terms)?, 1, limits::TERMS_MAX)?;
        let first_due = input::date("first_due", &given("first_due", &request.first_due)?)?;
        let paid = match request.terms_paid.as_deref().map(str::trim) {
            None | Some("") => 0,
            Some(text) => input::count("terms_paid", text, 0, terms)?,
        };
        let fees = read_fees(&request.fees)?;
        let paid_out = received + fees.upfront();
        let principal = input::amount_or_none("principal", request.principal.as_deref())?.unwrap_or(paid_out);
        if principal < paid_out {
            let message =
                "the contract's principal is not less than what was received and what was kept back";
            return Err(AppError::field(ErrorCode::AmountOutOfRange, "principal", message));
        }
        let calendar = DueCalendar::new(first_due, None, Period::Month)
            .ok_or_else(|| AppError::field(ErrorCode::DateImpossible, "first_due", "there is no such day"))?;
        let mut draft = LoanDraft {
            principal,
            paid_out: (principal != paid_out).then_some(paid_out),
            disbursed_on: calendar.due(0),
            method,
            rate: None,
            payment,
            day_count: DayCount::Months,
            terms,
            first_due,
            due_day: None,
            period: Period::Month,
            fees: fees.fees,
            rows: Vec::new(),
            penalty: None,
            late_fee: None,
            grace_days: match request.grace_days.as_deref().map(str::trim) {
                None | Some("") => 0,
                Some(text) => input::count("grace_days", text, 0, limits::GRACE_DAYS_MAX)?,
            },
            allocation_order: Vec::new(),
            lender_kind: request.lender_kind.map_or(LenderKind::Unknown, Into::into),
            contract_date: input::date_or_none("contract_date", request.contract_date.as_deref())?,
        };
        if let Some(rate) = input::percentage_or_none("rate", request.rate.as_deref())? {
            let rate = Rate::new(rate, RatePer::Year)?;
            draft = match payment {
                Some(payment) => with_stated_rate(draft, rate, payment)?,
                None => LoanDraft { rate: Some(rate), ..draft },
            };
        } else if !level {
            let message = "by this method the payments differ from term to term, so the rate is needed";
            return Err(AppError::field(ErrorCode::FieldMissing, "rate", message));
        }
        let terms = LoanTerms::new(draft)?;
        amortise(&terms)?;
        Ok(Opening::Contract { terms: Box::new(terms), paid_terms: paid })
    }
}

/// A stated rate explains a level payment; what is really paid beyond it is a fee of every term. Less than it
/// cannot be: then the rate, the payment or the number of terms is not what the contract says.
fn with_stated_rate(mut draft: LoanDraft, rate: Rate, payment: Money) -> Result<LoanDraft, AppError> {
    draft.rate = Some(rate);
    draft.payment = None;
    let explained = amortise(&LoanTerms::new(draft.clone())?)?;
    let level = explained.schedule.rows().first().map_or(Money::ZERO, ashore_domain::Instalment::payment);
    if payment < level {
        let message = format!("at this rate each term would be {level}, more than the {payment} paid");
        return Err(AppError::field(ErrorCode::RateOutOfRange, "rate", message));
    }
    if payment > level {
        draft.fees.push(Fee {
            kind: FeeKind::ServiceFee,
            amount: FeeAmount::Fixed(payment - level),
            when: FeeWhen::EachTerm,
            counts_in_cost: true,
            payee: None,
            contract: None,
        });
    }
    Ok(draft)
}
