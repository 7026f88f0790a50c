//! What can be paid: the worksheet and what it leaves a month.

mod explain;
mod form;
mod set;
mod show;

pub use form::{AssetForm, CapacityForm, DependantForm, Every, ExpenseForm, IncomeForm, PriorityForm};
pub use show::{CapacityLineTotals, CapacityView, MonthCapacityView};

pub(crate) use explain::followed;
