use ashore_domain::{Buckets, LenderKind, Money, ProductKind};
use chrono::{DateTime, FixedOffset, NaiveDate};

/// Everything a letter is filled from. What is not known is absent; nothing is guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The letter's day.
    pub today: NaiveDate,
    /// Who writes.
    pub borrower: Borrower,
    /// Who is written to.
    pub creditor: Creditor,
    /// The loan.
    pub loan: Loan,
    /// Income and expenses.
    pub capacity: Option<Capacity>,
    /// Why income fell.
    pub hardship: Option<Hardship>,
    /// What is asked for first, and if that is not possible.
    pub requests: Vec<Request>,
    /// What the lender offered by word of mouth.
    pub spoken: Option<Contact>,
    /// The agreement in force.
    pub agreement: Option<Agreement>,
    /// Records to refer to, numbered in this order.
    pub evidence: Vec<Contact>,
    /// Rules that apply to this lender and this kind of letter.
    pub rules: Vec<Citation>,
    /// What was sent before and what became of it, a clause each.
    pub earlier: Vec<String>,
    /// The cost of the loan against its reference line.
    pub cost: Vec<CostLine>,
    /// By when an answer is asked for.
    pub reply_by: NaiveDate,
}

/// The borrower's own particulars.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Borrower {
    pub name: Option<String>,
    /// Its middle covered.
    pub id_number: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub email: Option<String>,
}

/// The creditor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creditor {
    /// Full legal name, when known.
    pub legal_name: Option<String>,
    /// The name the borrower knows.
    pub brand: String,
    /// What it legally is.
    pub kind: LenderKind,
}

impl Creditor {
    /// The legal name, or the brand until it is known.
    #[must_use]
    pub fn name(&self) -> &str {
        self.legal_name.as_deref().unwrap_or(&self.brand)
    }
}

/// The loan as of the letter's day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Loan {
    pub name: String,
    pub product: ProductKind,
    pub contract_no: Option<String>,
    pub disbursed_on: Option<NaiveDate>,
    pub principal: Option<Money>,
    pub terms: Option<u16>,
    /// What is owed, by bucket.
    pub outstanding: Buckets,
    pub accrued_not_due: Money,
    pub overdue_days: u32,
    pub overdue_since: Option<NaiveDate>,
    pub overdue_total: Money,
    /// Payments recorded, oldest first.
    pub payments: Vec<(NaiveDate, Money)>,
    /// Every term: number, due, payable, paid, unpaid.
    pub rows: Vec<LoanRow>,
    pub settled: bool,
}

/// A term of the loan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct LoanRow {
    pub term: u16,
    pub due: NaiveDate,
    pub payable: Money,
    pub paid: Money,
    pub unpaid: Money,
}

/// What comes in, what must go out, what is left, a month.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Capacity {
    pub as_of: Option<NaiveDate>,
    pub income: Vec<(String, Money)>,
    pub expenses: Vec<(String, Money)>,
    pub priority: Vec<(String, Money)>,
    pub total_income: Money,
    pub total_expenses: Money,
    pub total_priority: Money,
    pub buffer: Money,
    /// For all online loans together.
    pub capacity: Money,
    pub dependants: Vec<String>,
    pub assets: Vec<(String, Money)>,
    /// The other online loans: how many, what they ask for in the coming month.
    pub other_loans: Option<(usize, Money)>,
}

/// What befell the borrower.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Hardship {
    pub what: String,
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
    pub income_before: Option<Money>,
    pub income_now: Option<Money>,
    pub turning_point: Option<String>,
    /// Numbers of the records that show it.
    pub proofs: Vec<String>,
}

/// A request to the lender.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Request {
    pub rows: Vec<(NaiveDate, Money)>,
    pub waived: Buckets,
    /// Further reliefs, each as a clause.
    pub reliefs: Vec<String>,
    pub expires_on: Option<NaiveDate>,
}

impl Request {
    /// Everything it would pay.
    #[must_use]
    pub fn total(&self) -> Money {
        self.rows.iter().map(|(_, amount)| *amount).sum()
    }
}

/// A record of something said, sent or shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Contact {
    /// Number in the index, such as `E1`.
    pub number: String,
    pub at: DateTime<FixedOffset>,
    /// Only the day is known.
    pub day_only: bool,
    pub kind: String,
    pub who: Option<String>,
    pub summary: String,
    pub outcomes: Vec<String>,
    pub third_party: bool,
    /// Names of the files with their SHA-256.
    pub files: Vec<(String, String)>,
    pub court: Option<(Option<String>, Option<String>, Option<NaiveDate>)>,
    pub report: Option<(Option<String>, Option<NaiveDate>)>,
}

/// An agreement in writing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Agreement {
    pub agreed_on: NaiveDate,
    pub effective_from: NaiveDate,
    pub creditor: Option<String>,
    pub payment_account: Option<String>,
    pub rows: Vec<LoanRow>,
    pub waived: Buckets,
}

/// A rule with its place and the day it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Citation {
    /// What it says, as a clause of a letter.
    pub text: String,
    pub source: String,
    pub as_of: NaiveDate,
}

/// One measure of cost against its line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct CostLine {
    pub measure: String,
    pub value: String,
    pub line: String,
    /// Where the line is written, as a reader knows it.
    pub rule: String,
}
