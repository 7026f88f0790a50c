use serde::Serialize;
use specta::Type;

use super::show::NearBreak;
use crate::AppError;
use crate::loans::LoanFile;
use crate::offers::{MakeOfferRequest, OfferEffectView, ReliefForm};
use crate::session::{App, Unlocked};

/// The request that asks least of one lender and lets every due be paid, worked out and not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PreparedOffer {
    /// What is asked for.
    pub shape: PreparedShape,
    /// In so many terms.
    pub terms: u16,
    /// The first of them.
    pub first_due: Option<String>,
    /// What it comes to.
    pub effect: OfferEffectView,
}

/// What a prepared request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PreparedShape {
    /// More terms at the contract's own rate: the lender gives nothing up.
    TermExtension,
    /// Equal instalments without further interest.
    IndividualInstalment,
}

/// Numbers of terms that lenders agree on, up to the longest an individual instalment may have (domain §4.1).
const TERMS: [u16; 8] = [6, 12, 18, 24, 30, 36, 48, 60];

impl App<Unlocked> {
    /// The request to the lender of a due that will fail which asks for least: more terms before interest is given up, and
    /// of these the fewest. None when no request to this lender alone is enough, or one stands already.
    pub(super) fn smallest_fitting(
        &self,
        file: &LoanFile,
        near: &NearBreak,
    ) -> Result<Option<PreparedOffer>, AppError> {
        if file.has_open_request() || file.agreement_on(self.clock.today()).is_some() {
            return Ok(None);
        }
        let statement = file.statement(self.clock.today())?;
        let left = statement.terms.iter().filter(|term| term.unpaid.total().is_positive()).count();
        for shape in [PreparedShape::TermExtension, PreparedShape::IndividualInstalment] {
            for terms in TERMS.into_iter().filter(|terms| usize::from(*terms) > left) {
                let request = MakeOfferRequest {
                    loan_id: Some(near.loan.to_string()),
                    terms: vec![shape.asked(terms)],
                    ..MakeOfferRequest::default()
                };
                // What this loan's terms do not allow is no request; the next one may be.
                let Ok(effect) = self.preview_proposal(&request) else { continue };
                if effect.fits_all == Some(true) {
                    let first_due = effect.rows.first().map(|row| row.due.clone());
                    return Ok(Some(PreparedOffer { shape, terms, first_due, effect }));
                }
            }
        }
        Ok(None)
    }
}

impl PreparedShape {
    fn asked(self, terms: u16) -> ReliefForm {
        match self {
            Self::TermExtension => ReliefForm::TermExtension { terms, rate: None },
            Self::IndividualInstalment => ReliefForm::IndividualInstalment {
                terms,
                rate: Some("0".to_owned()),
                total: None,
                balloon: None,
            },
        }
    }
}
