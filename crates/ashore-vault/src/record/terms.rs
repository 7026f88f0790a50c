use ashore_domain::{
    Bucket, CompoundOn, CustomRow, DayCount, Fee, FeeAmount, FeeKind, FeeWhen, LenderKind, LoanDraft,
    LoanTerms, Method, Money, Penalty, PenaltyBase, PenaltyDayCount, PenaltyRate, Period, Rate, RatePer,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_with::{DeserializeAs, DisplayFromStr, SerializeAs, serde_as, skip_serializing_none};

use super::form::{Choice, Day, Fen, mirrors};
use super::row::RowRecord;

/// Loan terms; reading them checks them anew.
pub(super) struct TermsRecord;

impl SerializeAs<LoanTerms> for TermsRecord {
    fn serialize_as<S: Serializer>(terms: &LoanTerms, to: S) -> Result<S::Ok, S::Error> {
        DraftRecord::serialize(terms.get(), to)
    }
}

impl<'de> DeserializeAs<'de, LoanTerms> for TermsRecord {
    fn deserialize_as<D: Deserializer<'de>>(from: D) -> Result<LoanTerms, D::Error> {
        LoanTerms::new(DraftRecord::deserialize(from)?).map_err(D::Error::custom)
    }
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "LoanDraft", deny_unknown_fields)]
struct DraftRecord {
    #[serde_as(as = "Fen")]
    principal: Money,
    #[serde_as(as = "Option<Fen>")]
    paid_out: Option<Money>,
    #[serde_as(as = "Day")]
    disbursed_on: NaiveDate,
    #[serde_as(as = "Choice")]
    method: Method,
    #[serde_as(as = "Option<RateRecord>")]
    rate: Option<Rate>,
    #[serde_as(as = "Option<Fen>")]
    payment: Option<Money>,
    #[serde_as(as = "Choice")]
    day_count: DayCount,
    terms: u16,
    #[serde_as(as = "Day")]
    first_due: NaiveDate,
    due_day: Option<u32>,
    #[serde_as(as = "PeriodRecord")]
    period: Period,
    #[serde_as(as = "Vec<FeeRecord>")]
    fees: Vec<Fee>,
    #[serde_as(as = "Vec<RowRecord>")]
    rows: Vec<CustomRow>,
    #[serde_as(as = "Option<PenaltyRecord>")]
    penalty: Option<Penalty>,
    #[serde_as(as = "Option<Fen>")]
    late_fee: Option<Money>,
    #[serde(default, skip_serializing_if = "is_none")]
    grace_days: u16,
    #[serde_as(as = "Vec<Choice>")]
    allocation_order: Vec<Bucket>,
    #[serde_as(as = "Choice")]
    lender_kind: LenderKind,
    #[serde_as(as = "Option<Day>")]
    contract_date: Option<NaiveDate>,
}

/// Contracts without grace are written as if nobody had asked.
#[allow(clippy::trivially_copy_pass_by_ref)] // the signature serde asks for
const fn is_none(days: &u16) -> bool {
    *days == 0
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RateRecord {
    #[serde_as(as = "DisplayFromStr")]
    value: Decimal,
    #[serde_as(as = "Choice")]
    per: RatePer,
}

impl SerializeAs<Rate> for RateRecord {
    fn serialize_as<S: Serializer>(rate: &Rate, to: S) -> Result<S::Ok, S::Error> {
        Self { value: rate.value(), per: rate.per() }.serialize(to)
    }
}

impl<'de> DeserializeAs<'de, Rate> for RateRecord {
    fn deserialize_as<D: Deserializer<'de>>(from: D) -> Result<Rate, D::Error> {
        let record = Self::deserialize(from)?;
        Rate::new(record.value, record.per).map_err(D::Error::custom)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Period", rename_all = "snake_case")]
enum PeriodRecord {
    Month,
    Quarter,
    Week,
    Biweek,
    Days(u16),
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Fee", deny_unknown_fields)]
struct FeeRecord {
    #[serde_as(as = "Choice")]
    kind: FeeKind,
    #[serde_as(as = "FeeAmountRecord")]
    amount: FeeAmount,
    #[serde_as(as = "Choice")]
    when: FeeWhen,
    counts_in_cost: bool,
    payee: Option<String>,
    contract: Option<String>,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "FeeAmount", rename_all = "snake_case")]
enum FeeAmountRecord {
    Fixed(#[serde_as(as = "Fen")] Money),
    OfPrincipal(#[serde_as(as = "DisplayFromStr")] Decimal),
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Penalty", deny_unknown_fields)]
pub(super) struct PenaltyRecord {
    #[serde_as(as = "PenaltyRateRecord")]
    rate: PenaltyRate,
    #[serde_as(as = "Choice")]
    base: PenaltyBase,
    #[serde_as(as = "Choice")]
    compound_on: CompoundOn,
    #[serde_as(as = "Choice")]
    day_count: PenaltyDayCount,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "PenaltyRate", rename_all = "snake_case")]
enum PenaltyRateRecord {
    MultipleOfContract(#[serde_as(as = "DisplayFromStr")] Decimal),
    Stated(#[serde_as(as = "RateRecord")] Rate),
}

mirrors! {
    DraftRecord => LoanDraft,
    PeriodRecord => Period,
    FeeRecord => Fee,
    FeeAmountRecord => FeeAmount,
    PenaltyRecord => Penalty,
    PenaltyRateRecord => PenaltyRate,
}
