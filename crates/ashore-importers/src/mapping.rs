//! Tables of unknown origin: which column is what.

use serde::{Deserialize, Serialize};

/// Which column of a table is what, by the names in its header row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// Sheet of a workbook; the first that fits when not given.
    pub sheet: Option<String>,
    /// Day, or day and time.
    pub date: String,
    /// Day for rows that leave the first one empty, such as the day of booking.
    pub date_else: Option<String>,
    /// Time of day, when it stands apart.
    pub time: Option<String>,
    /// Where the amount stands.
    pub amount: AmountColumns,
    /// Who stood on the other side.
    pub counterparty: Option<String>,
    /// Their account.
    pub counterparty_account: Option<String>,
    /// The borrower's account or way of paying.
    pub own_account: Option<String>,
    /// What kind of payment it is.
    pub category: Option<String>,
    /// Goods, summary, purpose.
    pub description: Option<String>,
    /// Number of the payment.
    pub order_no: Option<String>,
    /// The merchant's number of it.
    pub merchant_no: Option<String>,
    /// Balance after it.
    pub balance: Option<String>,
    /// Currency.
    pub currency: Option<String>,
    /// Status.
    pub status: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// Where amount and direction stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AmountColumns {
    /// One column, minus for money that went (`negative_is_in` turns that round, as on credit cards).
    Signed {
        /// The column.
        amount: String,
        /// True when a minus means money that came.
        negative_is_in: bool,
    },
    /// One column of amounts and one that says 收入/支出, 借/贷, in/out.
    Directed {
        /// The column of amounts.
        amount: String,
        /// The column of directions.
        direction: String,
    },
    /// One column for money that came and one for money that went.
    Split {
        /// Money that came.
        income: String,
        /// Money that went.
        expense: String,
    },
    /// One column without a sign; the words of the description tell the way (消费, 退货, 还款).
    Described {
        /// The column.
        amount: String,
    },
}

impl Default for AmountColumns {
    fn default() -> Self {
        Self::Signed { amount: String::new(), negative_is_in: false }
    }
}

/// What a table looks like, for whoever maps its columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Outline {
    /// Its sheets; a text table has one without a name.
    pub sheets: Vec<OutlineSheet>,
    /// What the names and contents of the columns suggest, as far as they do.
    pub suggestion: Option<Box<Mapping>>,
}

/// One sheet of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OutlineSheet {
    /// Its name.
    pub name: Option<String>,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Its first rows.
    pub rows: Vec<Vec<String>>,
    /// Number of the header row, from 1.
    pub header_row: u64,
}
