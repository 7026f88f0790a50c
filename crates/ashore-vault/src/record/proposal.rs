use ashore_domain::{
    Buckets, ContactChannel, DeferredInterest, EvidenceId, LoanId, Money, PaymentStep, Proposal, ProposalId,
    ProposedRow, Relief, Side,
};
use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_with::{DisplayFromStr, serde_as, skip_serializing_none};

use super::form::{Choice, Day, Fen, Instant, mirrors};
use super::row::BucketsRecord;

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Proposal", deny_unknown_fields)]
pub(super) struct ProposalRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: ProposalId,
    #[serde_as(as = "DisplayFromStr")]
    loan: LoanId,
    #[serde_as(as = "Choice")]
    by: Side,
    #[serde_as(as = "Instant")]
    made_at: DateTime<FixedOffset>,
    #[serde_as(as = "Option<DisplayFromStr>")]
    in_reply_to: Option<ProposalId>,
    #[serde_as(as = "Option<Choice>")]
    channel: Option<ContactChannel>,
    #[serde_as(as = "Vec<ReliefRecord>")]
    reliefs: Vec<Relief>,
    #[serde_as(as = "BucketsRecord")]
    waived: Buckets,
    #[serde_as(as = "Vec<ProposedRowRecord>")]
    rows: Vec<ProposedRow>,
    #[serde_as(as = "Option<Day>")]
    expires_on: Option<NaiveDate>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    evidence: Vec<EvidenceId>,
    note: Option<String>,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "ProposedRow", deny_unknown_fields)]
struct ProposedRowRecord {
    #[serde_as(as = "Day")]
    due: NaiveDate,
    #[serde_as(as = "Fen")]
    amount: Money,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Relief", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ReliefRecord {
    Deferral {
        months: u16,
        #[serde_as(as = "Choice")]
        interest: DeferredInterest,
    },
    TermExtension {
        terms: u16,
        #[serde_as(as = "Option<DisplayFromStr>")]
        rate: Option<Decimal>,
    },
    IndividualInstalment {
        terms: u16,
        #[serde_as(as = "DisplayFromStr")]
        rate: Decimal,
        #[serde_as(as = "Option<Fen>")]
        total: Option<Money>,
        #[serde_as(as = "Option<Fen>")]
        balloon: Option<Money>,
    },
    InterestStop {
        #[serde_as(as = "Day")]
        from: NaiveDate,
    },
    Waiver {
        lapses_on_breach: bool,
    },
    LumpSumSettlement {
        #[serde_as(as = "Fen")]
        amount: Money,
        #[serde_as(as = "Day")]
        until: NaiveDate,
    },
    InterestOnly {
        months: u16,
    },
    StepPlan {
        #[serde_as(as = "Vec<StepRecord>")]
        steps: Vec<PaymentStep>,
    },
    MinimumPayment {
        #[serde_as(as = "Fen")]
        amount: Money,
    },
    CollectionPause {
        #[serde_as(as = "Day")]
        until: NaiveDate,
    },
    RateCut {
        #[serde_as(as = "DisplayFromStr")]
        rate: Decimal,
    },
    CostToCap {
        #[serde_as(as = "DisplayFromStr")]
        rate: Decimal,
    },
    DebtConsolidation,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "PaymentStep", deny_unknown_fields)]
struct StepRecord {
    months: u16,
    #[serde_as(as = "Fen")]
    amount: Money,
}

mirrors! { ProposalRecord => Proposal, ProposedRowRecord => ProposedRow, ReliefRecord => Relief, StepRecord => PaymentStep }
