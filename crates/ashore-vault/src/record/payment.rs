use ashore_domain::{
    AgreementId, Bucket, EvidenceId, LoanId, Money, Payment, PaymentId, PaymentReturned, PaymentVoided,
    Waiver,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_with::{DisplayFromStr, serde_as, skip_serializing_none};

use super::form::{BucketAmount, Day, Fen, mirrors};

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Payment", deny_unknown_fields)]
pub(super) struct PaymentRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: PaymentId,
    #[serde_as(as = "DisplayFromStr")]
    loan: LoanId,
    #[serde_as(as = "Day")]
    on: NaiveDate,
    #[serde_as(as = "Fen")]
    amount: Money,
    channel: Option<String>,
    designation: Option<String>,
    #[serde_as(as = "Vec<BucketAmount>")]
    lender_allocation: Vec<(Bucket, Money)>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    evidence: Vec<EvidenceId>,
    #[serde_as(as = "Option<DisplayFromStr>")]
    #[serde(default)]
    together_with: Option<PaymentId>,
    note: Option<String>,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "PaymentVoided", deny_unknown_fields)]
pub(super) struct PaymentVoidedRecord {
    #[serde_as(as = "DisplayFromStr")]
    payment: PaymentId,
    reason: String,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "PaymentReturned", deny_unknown_fields)]
pub(super) struct PaymentReturnedRecord {
    #[serde_as(as = "DisplayFromStr")]
    payment: PaymentId,
    #[serde_as(as = "Day")]
    on: NaiveDate,
    reason: String,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    evidence: Vec<EvidenceId>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Waiver", deny_unknown_fields)]
pub(super) struct WaiverRecord {
    #[serde_as(as = "DisplayFromStr")]
    loan: LoanId,
    #[serde_as(as = "Day")]
    on: NaiveDate,
    #[serde_as(as = "Vec<BucketAmount>")]
    amounts: Vec<(Bucket, Money)>,
    #[serde_as(as = "Option<DisplayFromStr>")]
    agreement: Option<AgreementId>,
    note: Option<String>,
}

mirrors! { PaymentRecord => Payment, PaymentVoidedRecord => PaymentVoided,
PaymentReturnedRecord => PaymentReturned, WaiverRecord => Waiver }
