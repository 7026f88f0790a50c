//! Law and practice as dated rows. Engine functions take a [`RuleSet`] as an argument; none of them knows a rate,
//! a period or a holiday of its own.

mod cap;
mod conduct;
mod holidays;
mod interruption;
mod lpr;
mod period;
mod rule;
mod set;

pub use cap::{CapLimit, CapRole, CostCap, LprDay};
pub use conduct::ConductRule;
pub use holidays::{DayKind, Holidays};
pub use interruption::{AfterExpiry, Interruption, LegalAct};
pub use lpr::{LprAt, LprQuote, LprTable};
pub use period::{Alarms, PeriodRule, PeriodUnit};
pub use rule::{Confidence, EvidenceGrade, Rule, Span};
pub use set::{RuleFinding, RuleParts, RuleSet, RulesError};
