use super::Rule;

/// What a time limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodUnit {
    /// Calendar days.
    Calendar,
    /// Working days.
    Working,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

/// On which days before the last one an alarm rings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alarms {
    /// Every day from the day after receipt.
    Daily,
    /// So many days before, each.
    Before(Vec<u16>),
}

/// A time limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodRule {
    /// What the row says about itself.
    pub rule: Rule,
    /// How many units.
    pub length: u16,
    /// Of what.
    pub unit: PeriodUnit,
    /// When to remind.
    pub alarms: Alarms,
}
