use ashore_domain::Buckets;
use ashore_domain::{
    CloseReason, DisclosedFee, FeeKind, Loan, LoanClosed, LoanCorrected, LoanId, LoanParty, LoanTerms, Money,
    Opening, PartyId, PartyRole, ProductKind, StatedBalance,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_with::{DisplayFromStr, serde_as, skip_serializing_none};

use super::form::{Choice, Day, Fen, mirrors};
use super::row::BucketsRecord;
use super::terms::TermsRecord;

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Loan", deny_unknown_fields)]
pub(super) struct LoanRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: LoanId,
    name: String,
    #[serde_as(as = "Choice")]
    product: ProductKind,
    contract_no: Option<String>,
    #[serde_as(as = "Vec<LoanPartyRecord>")]
    parties: Vec<LoanParty>,
    #[serde_as(as = "OpeningRecord")]
    opening: Opening,
    #[serde_as(as = "Option<Vec<DisclosedRecord>>")]
    disclosed: Option<Vec<DisclosedFee>>,
    note: Option<String>,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "DisclosedFee", deny_unknown_fields)]
struct DisclosedRecord {
    #[serde_as(as = "Choice")]
    kind: FeeKind,
    #[serde_as(as = "Fen")]
    amount: Money,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "LoanParty", deny_unknown_fields)]
struct LoanPartyRecord {
    #[serde_as(as = "DisplayFromStr")]
    party: PartyId,
    #[serde_as(as = "Choice")]
    role: PartyRole,
    #[serde_as(as = "Option<DisplayFromStr>")]
    share: Option<Decimal>,
    #[serde_as(as = "Option<Day>")]
    since: Option<NaiveDate>,
    known_by: Option<String>,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Opening", rename_all = "snake_case", deny_unknown_fields)]
enum OpeningRecord {
    Contract {
        #[serde_as(as = "Box<TermsRecord>")]
        terms: Box<LoanTerms>,
        paid_terms: u16,
    },
    Stated(#[serde_as(as = "StatedRecord")] StatedBalance),
    ContractFromBalance {
        #[serde_as(as = "Box<TermsRecord>")]
        terms: Box<LoanTerms>,
        #[serde_as(as = "StatedRecord")]
        stated: StatedBalance,
    },
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "StatedBalance", deny_unknown_fields)]
struct StatedRecord {
    #[serde_as(as = "Day")]
    as_of: NaiveDate,
    #[serde_as(as = "BucketsRecord")]
    buckets: Buckets,
    #[serde_as(as = "Option<Day>")]
    oldest_unpaid_due: Option<NaiveDate>,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "LoanCorrected", deny_unknown_fields)]
pub(super) struct LoanCorrectedRecord {
    #[serde_as(as = "LoanRecord")]
    loan: Loan,
    reason: String,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "LoanClosed", deny_unknown_fields)]
pub(super) struct LoanClosedRecord {
    #[serde_as(as = "DisplayFromStr")]
    loan: LoanId,
    #[serde_as(as = "Day")]
    on: NaiveDate,
    #[serde_as(as = "Choice")]
    reason: CloseReason,
    note: Option<String>,
}

mirrors! {
    LoanRecord => Loan,
    DisclosedRecord => DisclosedFee,
    LoanPartyRecord => LoanParty,
    OpeningRecord => Opening,
    StatedRecord => StatedBalance,
    LoanCorrectedRecord => LoanCorrected,
    LoanClosedRecord => LoanClosed,
}
