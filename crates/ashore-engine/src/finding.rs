use ashore_domain::Money;

/// What a reader should know about a schedule or a cost besides its figures. A closed list: shells name each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Finding {
    /// All money goes one way: there is no rate to speak of.
    NoSignChange,
    /// Money goes both ways, yet no rate makes the two equal.
    NoRoot,
    /// Several rates make the two equal; the one nearest zero is shown.
    MultipleRoots {
        /// How many.
        count: u32,
    },
    /// The first period is longer or shorter than the others: only the measure by actual dates applies.
    FirstPeriodNotWhole,
    /// The dues keep no equal distance: only the measure by actual dates applies.
    DuesNotPeriodic,
    /// A term's interest exceeds the level payment; that term repays no principal.
    InterestAboveLevelPayment {
        /// The first such term.
        term: u16,
    },
    /// The stated payment is not the one that the stated rate gives; the rate was used.
    PaymentDiffersFromRate {
        /// As stated.
        stated: Money,
        /// As the rate gives it.
        computed: Money,
    },
    /// Typed rows carry their own fees; fees by term or at the end were not added to them.
    RowFeesAsTyped,
    /// Fees that buy something optional were left out of the cost.
    FeesLeftOutOfCost {
        /// Their sum.
        amount: Money,
    },
}
