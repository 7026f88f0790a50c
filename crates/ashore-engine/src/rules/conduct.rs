use super::Rule;

/// What a collector may do or not, with the number it turns on where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConductRule {
    /// What the row says about itself.
    pub rule: Rule,
    /// The number, time or word the rule turns on.
    pub value: Option<String>,
    /// What the value counts.
    pub unit: Option<String>,
    /// Words that suggest the matter of the rule in `value`.
    pub words: Vec<String>,
}
