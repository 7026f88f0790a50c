//! The lines that make a plan, or the lack of one, something a person can follow: a code with its values to act on,
//! and one plain sentence.

use ashore_engine::plan::{Because, Explanation, PlanFinding};
use serde::Serialize;

use super::plan::PlanKindShape;
use super::{Amount, YearMonth};

/// One reason a plan looks as it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ExplanationLine {
    #[serde(flatten)]
    pub line: ExplanationCode,
    pub text: String,
}

/// One step of the proof that there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct BecauseLine {
    #[serde(flatten)]
    pub line: BecauseCode,
    pub text: String,
}

/// Kind of a reason, with its values; `docs/codes.md` explains each code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ExplanationCode {
    Ends { month: YearMonth, months: u16 },
    NotSooner { end: YearMonth, month: YearMonth, needed: Amount, available: Amount },
    Pays { paid: Amount, waived: Amount, interest: Amount },
    Peak { month: YearMonth, amount: Amount, capacity: Amount },
    Tightest { month: YearMonth, cash_after: Amount },
    Keeps { debt: String },
    Settles { debt: String, month: YearMonth, amount: Amount, saves: Amount },
    Spreads { debt: String, terms: u16, amount: Amount, from: YearMonth },
    RequestOnly,
}

/// Kind of a step, with its values; `docs/codes.md` explains each code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum BecauseCode {
    Available { month: YearMonth, amount: Amount },
    Needs { debt: String, kind: PlanKindShape, amount: Amount },
    OthersNeed { debts: u16, amount: Amount },
    Short { amount: Amount },
    NoWayToPay { debt: String },
    NoCommonTerms { debt: String },
    OtherObjectivesFit,
    NotProved,
}

/// A finding as `{"code", …facts}`; `docs/codes.md` explains each code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PlanFindingShape {
    ContractBelowBalance { debt: String, contract: Amount, balance: Amount },
    ContractOutsideHorizon { debt: String, month: YearMonth },
    SettlementExpired { debt: String, until: YearMonth },
    SettlementAboveBalance { debt: String, amount: Amount, balance: Amount },
    InstalmentMinAboveBalance { debt: String, installment_min: Amount, balance: Amount },
    NoWayToPay { debt: String },
    FirstMonthBeforeAsOf,
}

impl From<Explanation> for ExplanationLine {
    fn from(line: Explanation) -> Self {
        use Explanation as E;
        use ExplanationCode as C;
        let (line, text) = match line {
            E::Ends { month, months } => {
                let text = match months {
                    1 => format!("The last payment is made in {month}, the first month."),
                    _ => format!("The last payment is made in {month}, month {months} of the plan."),
                };
                (C::Ends { month: YearMonth(month), months }, text)
            }
            E::NotSooner { end, month, needed, available, .. } => {
                let text = format!(
                    "It cannot end in {end} or before: that would need {needed} by the end of {month}, and there is {available}."
                );
                let (end, month) = (YearMonth(end), YearMonth(month));
                (C::NotSooner { end, month, needed: needed.into(), available: available.into() }, text)
            }
            E::Pays { paid, waived, interest } => {
                let text = format!(
                    "{paid} is paid in all; {waived} is asked to be given up, {interest} is paid beyond the balances."
                );
                (C::Pays { paid: paid.into(), waived: waived.into(), interest: interest.into() }, text)
            }
            E::Peak { month, amount, capacity } => {
                let text = if amount > capacity {
                    format!(
                        "The largest month is {month} with {amount}: {capacity} of its own, the rest kept from before."
                    )
                } else {
                    format!(
                        "The largest month is {month} with {amount}, of {capacity} that can be paid in it."
                    )
                };
                (C::Peak { month: YearMonth(month), amount: amount.into(), capacity: capacity.into() }, text)
            }
            E::Tightest { month, cash_after } => {
                let text = format!("The tightest month is {month}: {cash_after} is left at its end.");
                (C::Tightest { month: YearMonth(month), cash_after: cash_after.into() }, text)
            }
            E::Keeps { debt } => {
                let text = format!("{debt}: the contract is kept, nothing is asked.");
                (C::Keeps { debt }, text)
            }
            E::Settles { debt, month, amount, saves } => {
                let text = format!("{debt}: settled with {amount} in {month}, {saves} less than is owed.");
                let month = YearMonth(month);
                (C::Settles { debt, month, amount: amount.into(), saves: saves.into() }, text)
            }
            E::Spreads { debt, terms, amount, from } => {
                let text = match terms {
                    1 => format!("{debt}: one payment of {amount} in {from}."),
                    _ => format!("{debt}: {terms} monthly payments of {amount} from {from}."),
                };
                (C::Spreads { debt, terms, amount: amount.into(), from: YearMonth(from) }, text)
            }
            E::RequestOnly => {
                let text = "All of this is a request: what the contracts ask for stays due until an agreement is recorded.";
                (C::RequestOnly, text.to_owned())
            }
        };
        Self { line, text }
    }
}

impl From<Because> for BecauseLine {
    fn from(line: Because) -> Self {
        use Because as B;
        use BecauseCode as C;
        let (line, text) = match line {
            B::Available { month, amount } => {
                let text = format!("By the end of {month} there is {amount}, cash and capacity together.");
                (C::Available { month: YearMonth(month), amount: amount.into() }, text)
            }
            B::Needs { debt, kind, amount } => {
                let kind = PlanKindShape::from(kind);
                let how = match kind {
                    PlanKindShape::Contract => "with its contract kept",
                    PlanKindShape::Instalments => "in instalments",
                    PlanKindShape::Settlement => "settled",
                };
                let text = format!("{debt} needs {amount} by then, {how}.");
                (C::Needs { debt, kind, amount: amount.into() }, text)
            }
            B::OthersNeed { debts, amount } => {
                let text = format!("The {debts} other debts need {amount} by then.");
                (C::OthersNeed { debts, amount: amount.into() }, text)
            }
            B::Short { amount } => {
                let text = format!("No combination affordable until then needs less: {amount} is missing.");
                (C::Short { amount: amount.into() }, text)
            }
            B::NoWayToPay { debt } => {
                let text = format!(
                    "{debt} cannot be paid within the horizon at all: no instalments, settlement or contract fits into it."
                );
                (C::NoWayToPay { debt }, text)
            }
            B::NoCommonTerms { debt } => {
                let text =
                    format!("{debt} allows no instalments, so there are no terms common to all debts.");
                (C::NoCommonTerms { debt }, text)
            }
            B::OtherObjectivesFit => {
                let text =
                    "With terms that differ from lender to lender there is a plan: see the other objectives.";
                (C::OtherObjectivesFit, text.to_owned())
            }
            B::NotProved => {
                let text = "Too many combinations to look at all of them: none was found, but it is not proved that there is none.";
                (C::NotProved, text.to_owned())
            }
        };
        Self { line, text }
    }
}

impl From<PlanFinding> for PlanFindingShape {
    fn from(finding: PlanFinding) -> Self {
        use PlanFinding as F;
        match finding {
            F::ContractBelowBalance { debt, contract, balance } => {
                Self::ContractBelowBalance { debt, contract: contract.into(), balance: balance.into() }
            }
            F::ContractOutsideHorizon { debt, month } => {
                Self::ContractOutsideHorizon { debt, month: YearMonth(month) }
            }
            F::SettlementExpired { debt, until } => Self::SettlementExpired { debt, until: YearMonth(until) },
            F::SettlementAboveBalance { debt, amount, balance } => {
                Self::SettlementAboveBalance { debt, amount: amount.into(), balance: balance.into() }
            }
            F::InstalmentMinAboveBalance { debt, installment_min, balance } => {
                let installment_min = installment_min.into();
                Self::InstalmentMinAboveBalance { debt, installment_min, balance: balance.into() }
            }
            F::NoWayToPay { debt } => Self::NoWayToPay { debt },
            F::FirstMonthBeforeAsOf => Self::FirstMonthBeforeAsOf,
        }
    }
}
