use ashore_domain::{LetterId, LetterKind, PartyRole};
use serde::Serialize;
use specta::Type;

use crate::loans::{LegalStep, LimitationEffectView, LoanFile};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id};

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
    /// It cites a rule that nobody has checked for longer than rules keep.
    CitesStaleRule,
}

/// Places of a complaint that are the lender itself.
const OF_THE_LENDER: [&str; 2] = ["CH-LENDER", "CH-REVIEW"];

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
                LetterKind::Plan | LetterKind::AgreementAnnex | LetterKind::AgreementDraft => {
                    LegalStep::RepaymentPlan
                }
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
        if kind.carries_private_matters() && self.verified_ways(file)?.is_empty() {
            warnings.push(LetterWarning::PrivateMattersUnverifiedChannel);
        }
        if kind == LetterKind::Report {
            warnings.push(LetterWarning::ReportAsksForNothing);
        }
        if self.cites_stale(kind, file)? {
            warnings.push(LetterWarning::CitesStaleRule);
        }
        Ok((warnings, limitation))
    }

    /// Some rule that this kind of letter cites was last looked at too long ago.
    fn cites_stale(&self, kind: LetterKind, file: &LoanFile) -> Result<bool, AppError> {
        let today = self.clock.today();
        let lender = self.creditor(file)?.kind.into();
        let (product, overdue) = (file.state.loan.product, file.statement(today)?.overdue.days > 0);
        let rules = self.rules()?;
        let mut cited = rules.citations.iter().filter(|c| c.fits(kind, lender, product, overdue));
        Ok(cited.any(|c| rules.set.stale(&c.rule, today).is_some()))
    }

    /// What to know before a kept letter goes to this address: private matters only where it is known whose it is.
    ///
    /// # Errors
    /// No letter is known by this id.
    pub fn sending_warnings(
        &self,
        letter_id: &str,
        to: Option<&str>,
    ) -> Result<Vec<LetterWarning>, AppError> {
        let wanted: LetterId = id::parse("letter_id", letter_id)?;
        let unknown = || AppError::field(ErrorCode::NotFound, "letter_id", "no letter is known by this id");
        let letter = self.state.vault.letter(wanted)?.ok_or_else(unknown)?.letter;
        let authority = letter.place.as_deref().is_some_and(|place| !OF_THE_LENDER.contains(&place));
        let Some(loan) = letter.loan.filter(|_| letter.kind.carries_private_matters() && !authority) else {
            return Ok(Vec::new());
        };
        let to = to.map(plain).filter(|to| !to.is_empty());
        let known = self.verified_ways(&self.loan_file(loan)?)?;
        let theirs = to.is_some_and(|to| known.iter().any(|way| plain(way) == to));
        Ok(if theirs { Vec::new() } else { vec![LetterWarning::PrivateMattersUnverifiedChannel] })
    }

    /// Numbers and addresses that are known to be the creditor's own.
    fn verified_ways(&self, file: &LoanFile) -> Result<Vec<String>, AppError> {
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
            .flat_map(|party| party.contacts.iter().filter(|point| point.verified.is_some()))
            .map(|point| point.value.clone())
            .collect())
    }
}

/// An address without what people write differently.
fn plain(address: &str) -> String {
    address.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect()
}
