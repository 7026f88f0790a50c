use super::Rule;

/// Whose act interrupts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LegalAct {
    /// The creditor's.
    Creditor,
    /// The borrower's own.
    Debtor,
}

/// What an act does once the period is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AfterExpiry {
    /// The defence is given up and the period begins anew.
    Revives,
    /// Courts differ.
    Unclear,
    /// Nothing.
    Nothing,
}

/// An act that interrupts the limitation of action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interruption {
    /// What the row says about itself.
    pub rule: Rule,
    /// The kind of event it speaks of.
    pub event: String,
    /// Whose act.
    pub by: LegalAct,
    /// What it does once the period is over.
    pub after_expiry: AfterExpiry,
}
