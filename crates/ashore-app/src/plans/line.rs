use ashore_domain::{Money, Month};
use ashore_engine::plan::{Because, Explanation, PlanKind};
use serde::Serialize;
use specta::Type;

use crate::view::Yuan;

/// One reason why a plan looks as it does or why there is none; shells put it into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PlanLine {
    /// Which reason.
    pub code: String,
    /// The loan it is about.
    pub loan: Option<String>,
    /// A month that matters.
    pub month: Option<String>,
    /// An amount that matters.
    pub amount: Option<Yuan>,
    /// A second one, such as what there is against what is needed.
    pub other: Option<Yuan>,
    /// A count that matters.
    pub count: Option<u16>,
}

impl PlanLine {
    fn of(code: &str) -> Self {
        Self { code: code.to_owned(), loan: None, month: None, amount: None, other: None, count: None }
    }

    fn loan(self, name: String) -> Self {
        Self { loan: Some(name), ..self }
    }

    fn month(self, month: Month) -> Self {
        Self { month: Some(month.to_string()), ..self }
    }

    fn amount(self, amount: Money) -> Self {
        Self { amount: Some(amount.into()), ..self }
    }

    fn other(self, amount: Money) -> Self {
        Self { other: Some(amount.into()), ..self }
    }

    fn count(self, count: u16) -> Self {
        Self { count: Some(count), ..self }
    }

    pub(super) fn of_explanation(line: &Explanation, name: impl Fn(&str) -> String) -> Self {
        use Explanation as E;
        match line {
            E::Ends { month, months } => Self::of("ends").month(*month).count(*months),
            E::NotSooner { month, needed, available, .. } => {
                Self::of("not_sooner").month(*month).amount(*needed).other(*available)
            }
            E::Pays { paid, waived, .. } => Self::of("pays").amount(*paid).other(*waived),
            E::Peak { month, amount, capacity } => {
                Self::of("peak").month(*month).amount(*amount).other(*capacity)
            }
            E::Tightest { month, cash_after } => Self::of("tightest").month(*month).amount(*cash_after),
            E::Keeps { debt } => Self::of("keeps").loan(name(debt)),
            E::Settles { debt, month, amount, saves } => {
                Self::of("settles").loan(name(debt)).month(*month).amount(*amount).other(*saves)
            }
            E::Spreads { debt, terms, amount, from } => {
                Self::of("spreads").loan(name(debt)).month(*from).amount(*amount).count(*terms)
            }
            E::RequestOnly => Self::of("request_only"),
        }
    }

    pub(super) fn of_because(line: &Because, name: impl Fn(&str) -> String) -> Self {
        use Because as B;
        match line {
            B::Available { month, amount } => Self::of("available").month(*month).amount(*amount),
            B::Needs { debt, kind, amount } => {
                let code = match kind {
                    PlanKind::Contract => "needs_contract",
                    PlanKind::Instalments => "needs_instalments",
                    PlanKind::Settlement => "needs_settlement",
                };
                Self::of(code).loan(name(debt)).amount(*amount)
            }
            B::OthersNeed { debts, amount } => Self::of("others_need").count(*debts).amount(*amount),
            B::Short { amount } => Self::of("short").amount(*amount),
            B::NoWayToPay { debt } => Self::of("no_way_to_pay").loan(name(debt)),
            B::NoCommonTerms { debt } => Self::of("no_common_terms").loan(name(debt)),
            B::OtherObjectivesFit => Self::of("other_objectives_fit"),
            B::NotProved => Self::of("not_proved"),
        }
    }
}
