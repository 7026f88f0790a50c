use ashore_domain::{AgreedForm, Agreement, AgreementId, Buckets, CustomRow, EvidenceId, LoanId, ProposalId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_with::{DisplayFromStr, serde_as, skip_serializing_none};

use super::form::{Choice, Day, mirrors};
use super::row::{BucketsRecord, RowRecord};

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Agreement", deny_unknown_fields)]
pub(super) struct AgreementRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: AgreementId,
    #[serde_as(as = "DisplayFromStr")]
    loan: LoanId,
    #[serde_as(as = "Option<DisplayFromStr>")]
    proposal: Option<ProposalId>,
    #[serde_as(as = "Option<DisplayFromStr>")]
    supersedes: Option<AgreementId>,
    #[serde_as(as = "Day")]
    agreed_on: NaiveDate,
    #[serde_as(as = "Day")]
    effective_from: NaiveDate,
    #[serde_as(as = "Choice")]
    form: AgreedForm,
    creditor: Option<String>,
    payment_account: Option<String>,
    #[serde_as(as = "BucketsRecord")]
    waived: Buckets,
    #[serde_as(as = "Vec<RowRecord>")]
    rows: Vec<CustomRow>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    evidence: Vec<EvidenceId>,
    note: Option<String>,
}

mirrors! { AgreementRecord => Agreement }
