use ashore_domain::{LetterKind, PartyRole};
use serde::Serialize;
use specta::Type;

use crate::AppError;
use crate::loans::{LegalStep, LimitationEffectView, LoanFile};
use crate::session::{App, Unlocked};

/// What to know before a letter leaves the house. Shown, never printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LetterWarning {
    /// It carries income, health or identity, and no way to reach the creditor is verified as its own.
    PrivateMattersUnverifiedChannel,
    /// The claim may be out of time: consult somebody before sending anything.
    LimitationConsult,
    /// Sending it may start the limitation of action anew.
    LimitationRestarts,
    /// Complaints begin with the lender itself; none is recorded as sent to it.
    LenderFirst,
    /// Facts only: a report asks for nothing.
    ReportAsksForNothing,
}

impl App<Unlocked> {
    pub(super) fn warnings(
        &self,
        kind: LetterKind,
        file: &LoanFile,
    ) -> Result<(Vec<LetterWarning>, Option<LimitationEffectView>), AppError> {
        let mut warnings = Vec::new();
        let mut limitation = None;
        if kind.touches_limitation() && file.state.closed.is_none() {
            let step = match kind {
                LetterKind::Plan | LetterKind::AgreementAnnex => LegalStep::RepaymentPlan,
                LetterKind::Performance => LegalStep::Payment,
                _ => LegalStep::DeferralRequest,
            };
            let effect = self.limitation_effect(&file.id().to_string(), step)?;
            if effect.consult {
                warnings.push(LetterWarning::LimitationConsult);
            } else if effect.warn {
                warnings.push(LetterWarning::LimitationRestarts);
            }
            limitation = effect.warn.then_some(effect);
        }
        if kind.carries_private_matters() && !self.reached_safely(file)? {
            warnings.push(LetterWarning::PrivateMattersUnverifiedChannel);
        }
        if kind == LetterKind::Report {
            warnings.push(LetterWarning::ReportAsksForNothing);
        }
        Ok((warnings, limitation))
    }

    /// Some way to reach the creditor is known to be its own.
    fn reached_safely(&self, file: &LoanFile) -> Result<bool, AppError> {
        let parties = self.state.vault.parties()?;
        let theirs = |role: PartyRole| {
            matches!(
                role,
                PartyRole::CurrentCreditor | PartyRole::Assignee | PartyRole::Funder | PartyRole::Platform
            )
        };
        let places = file.state.loan.parties.iter().filter(|place| theirs(place.role));
        Ok(places
            .filter_map(|place| parties.iter().find(|party| party.id == place.party))
            .any(|party| party.contacts.iter().any(|point| point.verified.is_some())))
    }
}
