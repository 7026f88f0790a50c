use ashore_domain::{DisclosedFee, FeeKind, LoanTerms, Money};
use ashore_engine::explain::{Explanation, explain_disclosed_fee};
use ashore_engine::{CapFinding, UndisclosedFee, compared_fees};
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use super::RuleNote;
use super::file::LoanFile;
use super::reference::Capped;
use crate::AppError;
use crate::session::{App, Unlocked};
use crate::view::Yuan;
use crate::words;

/// The fees of a contract beside what its cost disclosure sheet shows (domain §2.2, DISC-2026). It says how figures
/// lie, no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DisclosureView {
    /// The rule by which such a contract comes with a sheet; absent where none speaks of it.
    pub rule: Option<RuleNote>,
    /// How they lie.
    pub verdict: DisclosureVerdict,
    /// Every kind of fee that is charged or shown, over the whole loan.
    pub fees: Vec<DisclosureFeeView>,
}

/// How the fees charged lie to those shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DisclosureVerdict {
    /// No sheet is at hand.
    NoSheet,
    /// Nothing is charged beyond the sheet.
    AllShown,
    /// Something is.
    Beyond,
}

/// One kind of fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the engine's `UndisclosedFee` explains them
pub struct DisclosureFeeView {
    pub kind: words::FeeKind,
    pub charged: Yuan,
    /// Absent without a sheet.
    pub disclosed: Option<Yuan>,
    /// Charged beyond the sheet; absent when nothing is.
    pub beyond: Option<Yuan>,
}

/// What a sheet shows, as the engine takes it.
pub(super) fn shown(fees: &[DisclosedFee]) -> Vec<(FeeKind, Money)> {
    fees.iter().map(|fee| (fee.kind, fee.amount)).collect()
}

fn beyond(fee: &UndisclosedFee) -> Option<Money> {
    Some(fee.charged - fee.disclosed).filter(|amount| amount.is_positive())
}

impl App<Unlocked> {
    /// The fees beside the sheet, where there is a sheet or there should be one.
    pub(super) fn disclosure(
        &self,
        file: &LoanFile,
        today: NaiveDate,
    ) -> Result<Option<DisclosureView>, AppError> {
        let Some(Capped { terms, report, .. }) = self.capped(file, today)? else { return Ok(None) };
        let rules = self.rules()?;
        let expected = report.findings.iter().find_map(|finding| match finding {
            CapFinding::DisclosureExpected { rule } => {
                rules.set.all_caps().iter().find(|cap| cap.rule.id == *rule)
            }
            _ => None,
        });
        let sheet = file.state.loan.disclosed.as_deref().map(shown);
        if expected.is_none() && sheet.is_none() {
            return Ok(None);
        }
        let fees = compared_fees(&terms, sheet.as_deref().unwrap_or_default());
        let verdict = match &sheet {
            None => DisclosureVerdict::NoSheet,
            Some(_) if fees.iter().any(|fee| beyond(fee).is_some()) => DisclosureVerdict::Beyond,
            Some(_) => DisclosureVerdict::AllShown,
        };
        let fees = fees.iter().map(|fee| DisclosureFeeView {
            kind: fee.kind.into(),
            charged: fee.charged.into(),
            disclosed: sheet.is_some().then(|| fee.disclosed.into()),
            beyond: beyond(fee).filter(|_| sheet.is_some()).map(Into::into),
        });
        Ok(Some(DisclosureView {
            rule: expected.map(|cap| RuleNote::of(&cap.rule, &rules.set, today)),
            verdict,
            fees: fees.collect(),
        }))
    }
}

/// What is charged, shown and beyond of every kind, by its place in the view.
pub(super) fn disclosure_explained(terms: &LoanTerms, disclosed: &[DisclosedFee]) -> Vec<Explanation> {
    let disclosed = shown(disclosed);
    let fees = compared_fees(terms, &disclosed).into_iter().enumerate();
    fees.flat_map(|(k, fee)| {
        explain_disclosed_fee(terms, &disclosed, &fee, &format!("disclosure.fees[{k}]."))
    })
    .collect()
}
