//! A loan against the lines that fit its creditor and its day of contract. Nothing here says that a loan is
//! lawful or not: it says which line, by which measure, with which source.

mod disclosure;
mod ledger;
mod legal_view;
mod line;
mod report;

pub(crate) use disclosure::times;
pub use disclosure::{UndisclosedFee, compared_fees, undisclosed_fees};
pub use ledger::{CapLedger, CapStretch};
pub use legal_view::LegalView;
pub use line::{CapLine, Measures, Verdict};
pub use report::{CapError, CapFinding, CapReport, CapRequest, cap_report};

#[cfg(test)]
mod tests;
