use ashore_domain::{LoanId, LoanTerms, Money, Opening};
use ashore_engine::{Amortised, undisclosed_fees};
use serde::Deserialize;
use serde::Serialize;
use specta::Type;

use super::disclosure::shown;
use super::{AddLoanRequest, CostView, FeeForm, LoanFile, ReferenceView};
use crate::home::ForecastView;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::words::{self, FeeKind};
use crate::{AppError, ErrorCode};

/// A loan somebody offers, before it is taken: nothing of it is stored.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct BorrowRequest {
    /// What would really be received.
    pub received: Option<String>,
    /// What would be paid each term, everything included.
    pub payment: Option<String>,
    /// Number of terms.
    pub terms: Option<String>,
    /// First due.
    pub first_due: Option<String>,
    /// What the lender legally is.
    pub lender_kind: Option<words::LenderKind>,
    /// Fees the contract names.
    pub fees: Vec<FeeForm>,
}

/// What the loan would really cost, which fees the sheet does not show, and what it would do to the forecast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct BorrowView {
    /// The true cost.
    pub cost: CostView,
    /// The lines that fit such a loan signed today.
    pub reference: Option<ReferenceView>,
    /// Fees beyond what the sheet shows.
    pub undisclosed: Vec<UndisclosedView>,
    /// A sheet has to be shown for a contract of today, by this rule.
    pub sheet_rule: Option<super::RuleNote>,
    /// The forecast as it is; absent before the worksheet is stated.
    pub before: Option<ForecastView>,
    /// The forecast with this loan's money and dues in it.
    pub after: Option<ForecastView>,
    /// Paid back in all.
    pub repaid: Yuan,
    /// The last due.
    pub last_due: String,
    /// What the last term takes, where it is not what every other term takes: a rate rarely gives the payment typed
    /// to the cent, and the last term absorbs what is left.
    pub last_payment: Option<Yuan>,
}

/// A fee beyond what the sheet shows, over the whole loan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the engine's `UndisclosedFee` explains them
pub struct UndisclosedView {
    pub kind: FeeKind,
    pub charged: Yuan,
    pub disclosed: Yuan,
}

/// An offered loan as the engine sees it.
pub(super) struct Borrowed {
    pub(super) file: LoanFile,
    pub(super) terms: LoanTerms,
    pub(super) amortised: Amortised,
    pub(super) disclosed: Disclosed,
}

impl App<Unlocked> {
    pub(super) fn borrowed(&self, request: &BorrowRequest) -> Result<Borrowed, AppError> {
        let today = self.clock.today();
        let form = AddLoanRequest {
            app: "?".to_owned(),
            received: request.received.clone(),
            payment: request.payment.clone(),
            terms: request.terms.clone(),
            first_due: request.first_due.clone(),
            lender_kind: request.lender_kind,
            contract_date: Some(day(today)),
            fees: request.fees.clone(),
            ..AddLoanRequest::default()
        };
        let read = self.read_loan(&form, LoanId::from_bytes([0; 16]))?;
        let Opening::Contract { terms, .. } = &read.loan.opening else {
            return Err(AppError::new(ErrorCode::BadRequest, "a loan to be taken has a repayment plan"));
        };
        if terms.get().first_due <= today {
            let message = "the first due of a loan that is not taken yet lies ahead";
            return Err(AppError::field(ErrorCode::DateOrder, "first_due", message));
        }
        let terms = LoanTerms::clone(terms);
        let disclosed = shown(read.loan.disclosed.as_deref().unwrap_or_default());
        let file = self.unsaved(read.loan);
        let Some(amortised) = file.amortised()? else {
            return Err(AppError::new(ErrorCode::BadRequest, "a loan to be taken has a repayment plan"));
        };
        Ok(Borrowed { file, terms, amortised, disclosed })
    }

    /// What a loan would cost and do, before it is taken.
    ///
    /// # Errors
    /// The first field that is missing or cannot be read.
    pub fn preview_borrowing(&self, request: &BorrowRequest) -> Result<BorrowView, AppError> {
        let today = self.clock.today();
        let Borrowed { file, terms, amortised, disclosed } = self.borrowed(request)?;
        let rows = amortised.schedule.rows();
        let usual = rows.first().map(ashore_domain::Instalment::payment);
        let last_payment =
            rows.last().map(ashore_domain::Instalment::payment).filter(|last| Some(*last) != usual);
        let rules = self.rules()?;
        let sheet = rules.set.caps(terms.get().lender_kind, today, today);
        let sheet = sheet.filter(|cap| cap.role == ashore_engine::rules::CapRole::Disclosure).last();
        Ok(BorrowView {
            cost: CostView::of(&terms, &amortised.schedule, amortised.rate_found.as_ref()),
            reference: self.reference(&file, today)?,
            undisclosed: undisclosed_fees(&terms, &disclosed)
                .into_iter()
                .map(|fee| UndisclosedView {
                    kind: fee.kind.into(),
                    charged: fee.charged.into(),
                    disclosed: fee.disclosed.into(),
                })
                .collect(),
            sheet_rule: sheet.map(|cap| super::RuleNote::of(&cap.rule, &rules.set, today)),
            before: self.forecast_with(None)?,
            after: self.forecast_with(Some(&file))?,
            repaid: rows.iter().map(ashore_domain::Instalment::payment).sum::<Money>().into(),
            last_due: rows.last().map(|row| day(row.due)).unwrap_or_default(),
            last_payment: last_payment.map(Yuan::from),
        })
    }
}

type Disclosed = Vec<(ashore_domain::FeeKind, Money)>;
