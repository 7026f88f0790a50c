use ashore_importers::{AmountColumns, Mapping, Outline};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{AppError, ErrorCode};

/// Which column of a table is what, by the names in its header row. `date` is needed, and either `amount` (alone, with
/// `direction`, or with `signs`) or both `income` and `expense`; everything else may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct MappingForm {
    /// Sheet of a workbook; the first that fits when absent.
    pub sheet: Option<String>,
    /// Day, or day and time.
    pub date: Option<String>,
    /// Day of rows that leave the first one empty, such as the day of booking.
    pub date_else: Option<String>,
    /// Time of day, where it stands apart.
    pub time: Option<String>,
    /// Amounts.
    pub amount: Option<String>,
    /// Says 收入/支出, 借/贷, in/out.
    pub direction: Option<String>,
    /// Money that came, where it stands apart.
    pub income: Option<String>,
    /// Money that went, where it stands apart.
    pub expense: Option<String>,
    /// What a minus in `amount` means, when there is no `direction`.
    pub signs: Signs,
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

/// What a minus means in a column of amounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Signs {
    /// Money that went, as on accounts.
    #[default]
    MinusIsOut,
    /// Money that came, as on credit cards.
    MinusIsIn,
    /// Nothing: the words of the description tell the way.
    InWords,
}

/// A sheet whose columns somebody can map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SheetView {
    /// Its name; absent in a text table.
    pub name: Option<String>,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Its first rows.
    pub rows: Vec<Vec<String>>,
}

/// Beyond this a column's name is no name.
const LONGEST_NAME: usize = 200;

impl MappingForm {
    pub(super) fn read(&self) -> Result<Mapping, AppError> {
        let given = |column: &Option<String>| {
            column.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
        };
        let missing = |field: &str, message: &str| AppError::field(ErrorCode::FieldMissing, field, message);
        if self.names().any(|name| name.chars().count() > LONGEST_NAME) {
            let message = format!("no column's name is longer than {LONGEST_NAME} signs");
            return Err(AppError::field(ErrorCode::FieldTooLong, "mapping", message));
        }
        let date =
            given(&self.date).ok_or_else(|| missing("mapping.date", "say which column has the day"))?;
        let amount = match (given(&self.amount), given(&self.income), given(&self.expense)) {
            (Some(amount), None, None) => match (given(&self.direction), self.signs) {
                (Some(direction), _) => AmountColumns::Directed { amount, direction },
                (None, Signs::InWords) => AmountColumns::Described { amount },
                (None, signs) => AmountColumns::Signed { amount, negative_is_in: signs == Signs::MinusIsIn },
            },
            (None, Some(income), Some(expense)) => AmountColumns::Split { income, expense },
            (Some(_), ..) => {
                let message = "either one column of amounts, or one for money that came and one that went";
                return Err(AppError::field(ErrorCode::BadRequest, "mapping.amount", message));
            }
            _ => return Err(missing("mapping.amount", "say which column has the amount")),
        };
        Ok(Mapping {
            sheet: given(&self.sheet),
            date,
            date_else: given(&self.date_else),
            time: given(&self.time),
            amount,
            counterparty: given(&self.counterparty),
            counterparty_account: given(&self.counterparty_account),
            own_account: given(&self.own_account),
            category: given(&self.category),
            description: given(&self.description),
            order_no: given(&self.order_no),
            merchant_no: given(&self.merchant_no),
            balance: given(&self.balance),
            currency: given(&self.currency),
            status: given(&self.status),
            note: given(&self.note),
        })
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        [
            &self.sheet,
            &self.date,
            &self.date_else,
            &self.time,
            &self.amount,
            &self.direction,
            &self.income,
            &self.expense,
            &self.counterparty,
            &self.counterparty_account,
            &self.own_account,
            &self.category,
            &self.description,
            &self.order_no,
            &self.merchant_no,
            &self.balance,
            &self.currency,
            &self.status,
            &self.note,
        ]
        .into_iter()
        .flatten()
        .map(String::as_str)
    }

    pub(super) fn of(mapping: &Mapping) -> Self {
        let mapping = mapping.clone();
        let mut form = Self {
            sheet: mapping.sheet,
            date: Some(mapping.date),
            date_else: mapping.date_else,
            time: mapping.time,
            counterparty: mapping.counterparty,
            counterparty_account: mapping.counterparty_account,
            own_account: mapping.own_account,
            category: mapping.category,
            description: mapping.description,
            order_no: mapping.order_no,
            merchant_no: mapping.merchant_no,
            balance: mapping.balance,
            currency: mapping.currency,
            status: mapping.status,
            note: mapping.note,
            ..Self::default()
        };
        match mapping.amount {
            AmountColumns::Signed { amount, negative_is_in } => {
                form.amount = Some(amount);
                form.signs = if negative_is_in { Signs::MinusIsIn } else { Signs::MinusIsOut };
            }
            AmountColumns::Directed { amount, direction } => {
                (form.amount, form.direction) = (Some(amount), Some(direction));
            }
            AmountColumns::Split { income, expense } => {
                (form.income, form.expense) = (Some(income), Some(expense));
            }
            AmountColumns::Described { amount } => {
                (form.amount, form.signs) = (Some(amount), Signs::InWords);
            }
        }
        form
    }
}

impl SheetView {
    pub(super) fn all(outline: &Outline) -> Vec<Self> {
        let sheets = outline.sheets.iter().map(|sheet| Self {
            name: sheet.name.clone(),
            columns: sheet.columns.clone(),
            rows: sheet.rows.clone(),
        });
        sheets.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_reads_back_as_it_was_shown() {
        let amounts = [
            AmountColumns::Signed { amount: "钱".into(), negative_is_in: true },
            AmountColumns::Signed { amount: "钱".into(), negative_is_in: false },
            AmountColumns::Directed { amount: "钱".into(), direction: "向".into() },
            AmountColumns::Split { income: "入".into(), expense: "出".into() },
            AmountColumns::Described { amount: "钱".into() },
        ];
        for amount in amounts {
            let mapping =
                Mapping { date: "天".into(), amount, note: Some("注".into()), ..Mapping::default() };
            assert_eq!(MappingForm::of(&mapping).read().unwrap(), mapping);
        }
    }

    #[test]
    fn what_is_missing_is_asked_for_by_its_field() {
        let column = |name: &str| Some(name.to_owned());
        for (form, field) in [
            (MappingForm { amount: column("钱"), ..MappingForm::default() }, "mapping.date"),
            (MappingForm { date: column("天"), ..MappingForm::default() }, "mapping.amount"),
            (
                MappingForm { date: column("天"), amount: column(" "), ..MappingForm::default() },
                "mapping.amount",
            ),
            (
                MappingForm { date: column("天"), income: column("入"), ..MappingForm::default() },
                "mapping.amount",
            ),
            (
                MappingForm {
                    date: column("天"),
                    amount: column("钱"),
                    income: column("入"),
                    expense: column("出"),
                    ..MappingForm::default()
                },
                "mapping.amount",
            ),
        ] {
            assert_eq!(form.read().unwrap_err().field.as_deref(), Some(field), "{form:?}");
        }
    }
}
