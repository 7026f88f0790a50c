//! Time limits that run: from a paper received, or from something handed in that has to be answered.

mod add;
mod explain;
mod list;
mod settle;

pub use add::AddDeadlineRequest;
pub use list::{
    DeadlineListView, DeadlineRuleListView, DeadlineRuleView, DeadlineView, PeriodUnit, UnreadDeadline,
};
pub use settle::SettleDeadlineRequest;

pub(crate) use list::{count_from, rule_on};

/// The rule for waiting where nobody has a limit of their own.
pub(crate) const REPLY: &str = "DL-LENDER-REPLY";
