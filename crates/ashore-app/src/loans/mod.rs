//! What is owed: loans as the borrower knows them, and the figures the engine makes of them.

mod add;
mod amend;
mod borrow;
mod close;
mod cost;
mod disclosure;
mod explain;
mod fees;
mod file;
mod form;
mod limitation;
mod limitation_events;
mod limitation_explained;
mod limitation_view;
mod list;
mod open;
mod penalty;
mod preview;
mod reference;
mod show;
mod statement;

pub use add::{AddLoanRequest, BalanceForm, LoanBasis};
pub use amend::AmendLoanRequest;
pub use borrow::{BorrowRequest, BorrowView, UndisclosedView};
pub use close::CloseLoanRequest;
pub use cost::{CostPart, CostView};
pub use disclosure::{DisclosureFeeView, DisclosureVerdict, DisclosureView};
pub use fees::FeeForm;
pub(crate) use file::{LoanFile, is_paid};
pub use form::LoanFormView;
pub use limitation_view::{
    LegalStep, LimitationChange, LimitationEffectView, LimitationEventView, LimitationStanding,
    LimitationTrace, LimitationView, RuleNote,
};
pub use list::{LoanCard, LoanListView, LoanTag, NextDueView};
pub use open::OpenLoanRequest;
pub use penalty::PenaltyView;
pub use preview::LoanPreview;
pub use reference::{LegalComparison, ReferenceLine, ReferenceView};
pub use show::{ContractView, LoanDetailView, LoanFileView, PartyView};
pub use statement::{OverdueView, StatementView, TermRow, TermStatus};
