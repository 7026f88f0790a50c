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
}
