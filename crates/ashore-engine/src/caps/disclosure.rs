use ashore_domain::{Fee, FeeKind, FeeWhen, LoanDraft, LoanTerms, Method, Money};

/// A fee that is charged beyond what the cost disclosure sheet shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndisclosedFee {
    /// Its name.
    pub kind: FeeKind,
    /// What the contract charges over the whole loan.
    pub charged: Money,
    /// What the sheet shows.
    pub disclosed: Money,
}

/// Fees of the contract beyond those disclosed, kind by kind over the whole loan, as the contract first names them.
#[must_use]
pub fn undisclosed_fees(terms: &LoanTerms, disclosed: &[(FeeKind, Money)]) -> Vec<UndisclosedFee> {
    let loan = terms.get();
    let mut kinds: Vec<UndisclosedFee> = Vec::new();
    for fee in &loan.fees {
        let charged: Money = std::iter::repeat_n(terms.fee_amount(fee), times(loan, fee).into()).sum();
        match kinds.iter_mut().find(|known| known.kind == fee.kind) {
            Some(known) => known.charged += charged,
            None => {
                let shown = disclosed.iter().filter(|(kind, _)| *kind == fee.kind).map(|(_, amount)| *amount);
                kinds.push(UndisclosedFee { kind: fee.kind, charged, disclosed: shown.sum() });
            }
        }
    }
    kinds.retain(|fee| fee.charged > fee.disclosed);
    kinds
}

/// How often a fee is taken: of a loan repaid at once there is but one due, whatever its terms.
pub(crate) fn times(loan: &LoanDraft, fee: &Fee) -> u16 {
    let each = fee.when == FeeWhen::EachTerm && loan.method != Method::SinglePayment;
    if each { loan.terms } else { 1 }
}
