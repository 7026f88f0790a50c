use ashore_domain::{Fee, FeeKind, FeeWhen, LoanDraft, LoanTerms, Method, Money};

/// What is charged of one kind of fee, and what the cost disclosure sheet shows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndisclosedFee {
    /// Its name.
    pub kind: FeeKind,
    /// What the contract charges over the whole loan.
    pub charged: Money,
    /// What the sheet shows.
    pub disclosed: Money,
}

/// Every kind of fee that the contract charges or the sheet shows, over the whole loan: as the contract first names
/// them, then what only the sheet shows.
#[must_use]
pub fn compared_fees(terms: &LoanTerms, disclosed: &[(FeeKind, Money)]) -> Vec<UndisclosedFee> {
    let loan = terms.get();
    let mut kinds: Vec<UndisclosedFee> = Vec::new();
    let mut of_kind = |kind: FeeKind, charged: Money, disclosed: Money| match kinds
        .iter_mut()
        .find(|known| known.kind == kind)
    {
        Some(known) => {
            known.charged += charged;
            known.disclosed += disclosed;
        }
        None => kinds.push(UndisclosedFee { kind, charged, disclosed }),
    };
    for fee in &loan.fees {
        let charged = std::iter::repeat_n(terms.fee_amount(fee), times(loan, fee).into()).sum();
        of_kind(fee.kind, charged, Money::ZERO);
    }
    disclosed.iter().for_each(|(kind, shown)| of_kind(*kind, Money::ZERO, *shown));
    kinds
}

/// Fees of the contract beyond those disclosed, kind by kind over the whole loan, as the contract first names them.
#[must_use]
pub fn undisclosed_fees(terms: &LoanTerms, disclosed: &[(FeeKind, Money)]) -> Vec<UndisclosedFee> {
    let mut kinds = compared_fees(terms, disclosed);
    kinds.retain(|fee| fee.charged > fee.disclosed);
    kinds
}

/// How often a fee is taken: of a loan repaid at once there is but one due, whatever its terms.
pub(crate) fn times(loan: &LoanDraft, fee: &Fee) -> u16 {
    let each = fee.when == FeeWhen::EachTerm && loan.method != Method::SinglePayment;
    if each { loan.terms } else { 1 }
}
