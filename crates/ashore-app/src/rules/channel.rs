use ashore_domain::{LenderKind, LetterKind, ProductKind};
use ashore_engine::rules::Rule;

/// A place where help and complaints go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// What the row says about itself.
    pub rule: Rule,
    /// Telephone number or address.
    pub address: Option<String>,
    /// `phone` or `web`.
    pub address_kind: Option<String>,
    /// What the file handed in must hold.
    pub contents: Option<String>,
    /// Ids of the time limits that run there.
    pub limits: Vec<String>,
    /// Largest file it takes, in bytes.
    pub file_bytes: Option<u32>,
    /// Longest text it takes, in characters.
    pub text_chars: Option<u32>,
    /// Most times a day.
    pub a_day: Option<u8>,
    /// What it can do.
    pub can: Option<String>,
    /// What it cannot do.
    pub cannot: Option<String>,
}

/// A rule that a letter may cite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// What the row says about itself.
    pub rule: Rule,
    /// The sentence as a letter carries it.
    pub text: String,
    /// The kinds of letter it belongs into.
    pub letters: Vec<LetterKind>,
    /// Only for these products; none means all.
    pub products: Vec<ProductKind>,
    /// Not while something is overdue.
    pub before_due_only: bool,
}

impl Citation {
    /// Whether it fits a letter about this product of this lender. A rule for some lenders only fits none that is not
    /// known.
    #[must_use]
    pub fn fits(&self, letter: LetterKind, lender: LenderKind, product: ProductKind, overdue: bool) -> bool {
        self.letters.contains(&letter)
            && (self.rule.lenders.is_empty() || self.rule.lenders.contains(&lender))
            && (self.products.is_empty() || self.products.contains(&product))
            && !(self.before_due_only && overdue)
    }
}
