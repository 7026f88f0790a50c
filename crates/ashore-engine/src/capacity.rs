use ashore_domain::{
    Certainty, ExpenseClass, Frequency, Money, Month, PriorityPayment, Ratio, Rounding, Worksheet,
};

/// What a worksheet leaves for the online loans, in an ordinary month and month by month.
///
/// `capacity` is never negative and never more than `net_income`. The headline figures are those of an ordinary
/// month: amounts that come once and changes known in advance count only in `by_month`, in their own months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapacityResult {
    /// Which of the three situations this is.
    pub status: CapacityStatus,
    /// Recurring income a month.
    pub net_income: Money,
    /// Recurring essential expenses a month.
    pub essential: Money,
    /// What is kept back a month: the stated buffer, or 10 % of `essential`.
    pub buffer: Money,
    /// Income − all expenses − priority debts − buffer; may be negative.
    pub surplus: Money,
    /// What can be paid on ordinary debts a month: `surplus`, or nothing.
    pub capacity: Money,
    /// The same month by month, with one-off amounts and known changes.
    pub by_month: Vec<MonthCapacity>,
    /// (Contract payments + priority debts) / net income; absent without income.
    pub dti: Option<Ratio>,
    /// Essential / net income; absent without income.
    pub essential_ratio: Option<Ratio>,
    /// What the reader should know besides the figures.
    pub findings: Vec<CapacityFinding>,
}

/// Capacity of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthCapacity {
    /// The month.
    pub month: Month,
    /// What can be paid in it; never negative.
    pub capacity: Money,
}

/// Which of three situations a household is in (domain §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CapacityStatus {
    /// The surplus covers what the contracts ask for.
    CanPayContract,
    /// Something is left, but less than the contracts ask for.
    NeedsRelief,
    /// Nothing is left; an offer would be invented. Deferral and help come first.
    CannotPay,
}

/// What the reader of a capacity should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CapacityFinding {
    /// No contract payments were stated: the status compares the surplus with nothing.
    ContractPaymentsMissing,
    /// No income recurs.
    NoRecurringIncome,
    /// The income at this place comes once but names no month, so it counts in none.
    OneOffWithoutMonth {
        /// Place in the list, from 0.
        income: usize,
    },
    /// In this month, the first of its kind, nothing is left although an ordinary month leaves something.
    NothingLeftIn {
        /// The month.
        month: Month,
    },
}

/// What `worksheet` leaves to pay ordinary debts with, for `months` months from `first_month`.
///
/// Weekly amounts count × 52 / 12, two-weekly × 26 / 12, yearly / 12; each line is rounded half up to the fen, so
/// that a creditor can check the sheet line by line. An amount that comes once counts in its month only.
///
/// ```
/// use ashore_domain::{Certainty, Frequency, Income, Money, Worksheet};
/// use ashore_engine::monthly_capacity;
/// let wage = Income { name: "wage".into(), amount: Money::from_yuan(1000), every: Frequency::Week, certainty: Certainty::Fixed };
/// let sheet = Worksheet { income: vec![wage], ..Worksheet::default() };
/// let result = monthly_capacity(&sheet, "2026-12".parse().unwrap(), 1);
/// assert_eq!(result.capacity.to_string(), "4333.33");
/// ```
#[must_use]
pub fn monthly_capacity(worksheet: &Worksheet, first_month: Month, months: u16) -> CapacityResult {
    let mut findings = Vec::new();
    for (income, line) in worksheet.income.iter().enumerate() {
        if line.certainty == Certainty::OneOff && !matches!(line.every, Frequency::Once(_)) {
            findings.push(CapacityFinding::OneOffWithoutMonth { income });
        }
    }
    let net_income: Money = worksheet
        .income
        .iter()
        .filter(|line| line.certainty != Certainty::OneOff)
        .map(|line| recurring(line.amount, line.every))
        .sum();
    let essential: Money = worksheet
        .expenses
        .iter()
        .filter(|line| line.class == ExpenseClass::Essential)
        .map(|line| recurring(line.amount, line.every))
        .sum();
    let expenses: Money = worksheet.expenses.iter().map(|line| recurring(line.amount, line.every)).sum();
    let priority: Money = worksheet.priority.iter().map(|line| recurring(line.amount, line.every)).sum();
    let tenth = essential.times(1, 10, Rounding::HalfUp).unwrap_or(Money::ZERO);
    let buffer = worksheet.buffer.unwrap_or(tenth);
    let surplus = net_income - expenses - priority - buffer;
    let capacity = surplus.max(Money::ZERO);

    let by_month: Vec<MonthCapacity> = (0..i32::from(months))
        .map(|ahead| {
            let month = first_month.plus(ahead);
            let left = surplus + once_in(worksheet, month) + changed_in(worksheet, month);
            MonthCapacity { month, capacity: left.max(Money::ZERO) }
        })
        .collect();

    if net_income.is_zero() {
        findings.push(CapacityFinding::NoRecurringIncome);
    }
    if worksheet.contract_payments.is_none() {
        findings.push(CapacityFinding::ContractPaymentsMissing);
    }
    let contract = worksheet.contract_payments.unwrap_or(Money::ZERO);
    let status = if !surplus.is_positive() {
        CapacityStatus::CannotPay
    } else if surplus >= contract {
        CapacityStatus::CanPayContract
    } else {
        CapacityStatus::NeedsRelief
    };
    if status != CapacityStatus::CannotPay
        && let Some(empty) = by_month.iter().find(|m| m.capacity.is_zero())
    {
        findings.push(CapacityFinding::NothingLeftIn { month: empty.month });
    }
    CapacityResult {
        status,
        net_income,
        essential,
        buffer,
        surplus,
        capacity,
        by_month,
        dti: share(contract + priority, net_income),
        essential_ratio: share(essential, net_income),
        findings,
    }
}

/// What a recurring line comes to in a month; a line that comes once is no part of an ordinary month.
fn recurring(amount: Money, every: Frequency) -> Money {
    let (num, den) = match every {
        Frequency::Month => (1, 1),
        Frequency::Week => (52, 12),
        Frequency::Biweek => (26, 12),
        Frequency::Year => (1, 12),
        Frequency::Once(_) => (0, 1),
    };
    amount.times(num, den, Rounding::HalfUp).unwrap_or(Money::ZERO)
}

/// What comes and goes in this month only.
fn once_in(worksheet: &Worksheet, month: Month) -> Money {
    let here = |amount: Money, every: Frequency| {
        if every == Frequency::Once(month) { amount } else { Money::ZERO }
    };
    let income: Money = worksheet.income.iter().map(|line| here(line.amount, line.every)).sum();
    let expenses: Money = worksheet.expenses.iter().map(|line| here(line.amount, line.every)).sum();
    let once = |line: &PriorityPayment| here(line.amount, line.every);
    income - expenses - worksheet.priority.iter().map(once).sum()
}

fn changed_in(worksheet: &Worksheet, month: Month) -> Money {
    worksheet
        .changes
        .iter()
        .filter(|change| change.from <= month && change.to.is_none_or(|to| month <= to))
        .map(|change| change.income - change.expense)
        .sum()
}

fn share(part: Money, whole: Money) -> Option<Ratio> {
    if whole.is_positive() { Ratio::new(i128::from(part.fen()), i128::from(whole.fen())) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ashore_domain::{CapacityChange, Expense, Income};

    fn income(yuan: i64, every: Frequency, certainty: Certainty) -> Income {
        Income { name: String::new(), amount: Money::from_yuan(yuan), every, certainty }
    }

    fn expense(yuan: i64, class: ExpenseClass, every: Frequency) -> Expense {
        Expense { name: String::new(), class, amount: Money::from_yuan(yuan), every }
    }

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn household() -> Worksheet {
        Worksheet {
            income: vec![
                income(6000, Frequency::Month, Certainty::Fixed),
                income(300, Frequency::Week, Certainty::Variable),
                income(2000, Frequency::Once(month("2027-01")), Certainty::OneOff),
            ],
            expenses: vec![
                expense(3000, ExpenseClass::Essential, Frequency::Month),
                expense(400, ExpenseClass::Flexible, Frequency::Biweek),
                expense(1000, ExpenseClass::Irregular, Frequency::Year),
            ],
            priority: vec![PriorityPayment {
                name: String::new(),
                amount: Money::from_yuan(500),
                every: Frequency::Month,
            }],
            contract_payments: Some(Money::from_yuan(4000)),
            ..Worksheet::default()
        }
    }

    #[test]
    fn every_line_is_turned_into_a_month_and_rounded_once() {
        let result = monthly_capacity(&household(), month("2026-12"), 3);
        // 6000 + 1300.00 − 3000 − 866.67 − 83.33 − 500 − 300 (a tenth of 3000).
        assert_eq!(result.net_income.to_string(), "7300.00");
        assert_eq!(result.essential.to_string(), "3000.00");
        assert_eq!(result.buffer.to_string(), "300.00");
        assert_eq!(result.surplus.to_string(), "2550.00");
        assert_eq!(result.capacity, result.surplus);
        assert_eq!(result.status, CapacityStatus::NeedsRelief);
        assert_eq!(result.dti, Ratio::new(4500, 7300));
        assert_eq!(result.essential_ratio, Ratio::new(30, 73));
        let by_month: Vec<String> = result.by_month.iter().map(|m| m.capacity.to_string()).collect();
        assert_eq!(by_month, ["2550.00", "4550.00", "2550.00"], "the one-off counts in January only");
        assert_eq!(result.findings, []);
    }

    #[test]
    fn a_known_change_counts_in_its_months_and_never_below_zero() {
        let mut sheet = household();
        sheet.changes = vec![
            CapacityChange {
                from: month("2027-01"),
                to: Some(month("2027-01")),
                income: Money::from_yuan(-6000),
                expense: Money::ZERO,
            },
            CapacityChange {
                from: month("2027-02"),
                to: None,
                income: Money::ZERO,
                expense: Money::from_yuan(-50),
            },
        ];
        let result = monthly_capacity(&sheet, month("2026-12"), 3);
        let by_month: Vec<String> = result.by_month.iter().map(|m| m.capacity.to_string()).collect();
        assert_eq!(by_month, ["2550.00", "0.00", "2600.00"]);
        assert_eq!(result.findings, [CapacityFinding::NothingLeftIn { month: month("2027-01") }]);
    }

    #[test]
    fn three_states_and_what_is_missing() {
        let mut sheet = household();
        sheet.contract_payments = Some(Money::from_yuan(2550));
        assert_eq!(monthly_capacity(&sheet, month("2026-12"), 1).status, CapacityStatus::CanPayContract);
        sheet.buffer = Some(Money::from_yuan(2850));
        let none_left = monthly_capacity(&sheet, month("2026-12"), 1);
        assert_eq!((none_left.status, none_left.surplus), (CapacityStatus::CannotPay, Money::ZERO));
        let empty = monthly_capacity(&Worksheet::default(), month("2026-12"), 0);
        assert_eq!(empty.status, CapacityStatus::CannotPay);
        assert_eq!((empty.dti, empty.essential_ratio), (None, None));
        assert_eq!(
            empty.findings,
            [CapacityFinding::NoRecurringIncome, CapacityFinding::ContractPaymentsMissing]
        );
        let windfall = Worksheet {
            income: vec![income(100, Frequency::Month, Certainty::OneOff)],
            ..Worksheet::default()
        };
        let findings = monthly_capacity(&windfall, month("2026-12"), 1).findings;
        assert!(findings.contains(&CapacityFinding::OneOffWithoutMonth { income: 0 }));
    }
}
