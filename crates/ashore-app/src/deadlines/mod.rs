//! Time limits that run: from a paper received, or from something handed in that has to be answered.

mod add;
mod list;
mod settle;

pub use add::AddDeadlineRequest;
pub use list::{DeadlineListView, DeadlineRuleListView, DeadlineRuleView, DeadlineView, PeriodUnit};
pub use settle::SettleDeadlineRequest;

pub(crate) use list::{count_from, rule_on};
