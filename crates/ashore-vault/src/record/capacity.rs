use ashore_domain::{
    Asset, AssetUse, CapacityChange, Certainty, Dependant, Expense, ExpenseClass, Frequency, Income, Money,
    Month, PriorityPayment, Worksheet,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_with::{DisplayFromStr, serde_as, skip_serializing_none};

use super::form::{Choice, Day, Fen, mirrors};

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Worksheet", deny_unknown_fields)]
pub(super) struct WorksheetRecord {
    #[serde_as(as = "Option<Day>")]
    as_of: Option<NaiveDate>,
    #[serde_as(as = "Vec<IncomeRecord>")]
    income: Vec<Income>,
    #[serde_as(as = "Vec<ExpenseRecord>")]
    expenses: Vec<Expense>,
    #[serde_as(as = "Vec<PriorityRecord>")]
    priority: Vec<PriorityPayment>,
    #[serde_as(as = "Option<Fen>")]
    contract_payments: Option<Money>,
    #[serde_as(as = "Option<Fen>")]
    buffer: Option<Money>,
    #[serde_as(as = "Vec<ChangeRecord>")]
    changes: Vec<CapacityChange>,
    #[serde_as(as = "Vec<DependantRecord>")]
    dependants: Vec<Dependant>,
    #[serde_as(as = "Vec<AssetRecord>")]
    assets: Vec<Asset>,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Frequency", rename_all = "snake_case")]
enum FrequencyRecord {
    Month,
    Week,
    Biweek,
    Year,
    Once(#[serde_as(as = "DisplayFromStr")] Month),
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Income", deny_unknown_fields)]
struct IncomeRecord {
    name: String,
    #[serde_as(as = "Fen")]
    amount: Money,
    #[serde_as(as = "FrequencyRecord")]
    every: Frequency,
    #[serde_as(as = "Choice")]
    certainty: Certainty,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Expense", deny_unknown_fields)]
struct ExpenseRecord {
    name: String,
    #[serde_as(as = "Choice")]
    class: ExpenseClass,
    #[serde_as(as = "Fen")]
    amount: Money,
    #[serde_as(as = "FrequencyRecord")]
    every: Frequency,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "PriorityPayment", deny_unknown_fields)]
struct PriorityRecord {
    name: String,
    #[serde_as(as = "Fen")]
    amount: Money,
    #[serde_as(as = "FrequencyRecord")]
    every: Frequency,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "CapacityChange", deny_unknown_fields)]
struct ChangeRecord {
    #[serde_as(as = "DisplayFromStr")]
    from: Month,
    #[serde_as(as = "Option<DisplayFromStr>")]
    to: Option<Month>,
    #[serde_as(as = "Fen")]
    income: Money,
    #[serde_as(as = "Fen")]
    expense: Money,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Dependant", deny_unknown_fields)]
struct DependantRecord {
    relation: String,
    age: Option<u8>,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Asset", deny_unknown_fields)]
struct AssetRecord {
    name: String,
    #[serde_as(as = "Fen")]
    value: Money,
    #[serde_as(as = "Choice")]
    r#use: AssetUse,
}

mirrors! {
    WorksheetRecord => Worksheet,
    FrequencyRecord => Frequency,
    IncomeRecord => Income,
    ExpenseRecord => Expense,
    PriorityRecord => PriorityPayment,
    ChangeRecord => CapacityChange,
    DependantRecord => Dependant,
    AssetRecord => Asset,
}
