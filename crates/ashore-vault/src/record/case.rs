use ashore_domain::{
    Agreement, AgreementId, AgreementStep, Answer, CaseEntry, CaseEntryId, CaseStage, CaseStep,
    ConfirmationForm, DocumentState, EvidenceId, Hardship, HardshipKind, LoanId, Money, PartyId, PersonRole,
    PointVerdict, ProposalId, Side,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_with::{DisplayFromStr, serde_as, skip_serializing_none};

use super::agreement::AgreementRecord;
use super::form::{Choice, Day, Fen, mirrors};

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "CaseEntry", deny_unknown_fields)]
pub(super) struct CaseRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: CaseEntryId,
    #[serde_as(as = "Option<DisplayFromStr>")]
    loan: Option<LoanId>,
    #[serde_as(as = "Day")]
    on: NaiveDate,
    #[serde_as(as = "StepRecord")]
    step: CaseStep,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    evidence: Vec<EvidenceId>,
    note: Option<String>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "CaseStep", rename_all = "snake_case", deny_unknown_fields)]
enum StepRecord {
    Hardship(#[serde_as(as = "HardshipRecord")] Hardship),
    Stage(#[serde_as(as = "Choice")] CaseStage),
    Document {
        document: String,
        #[serde_as(as = "Choice")]
        state: DocumentState,
    },
    Task {
        what: String,
        #[serde_as(as = "Choice")]
        by: PersonRole,
        #[serde_as(as = "Option<Day>")]
        due: Option<NaiveDate>,
        rule: Option<String>,
        #[serde_as(as = "Option<DisplayFromStr>")]
        #[serde(default)]
        agreement: Option<AgreementId>,
    },
    TaskDone {
        #[serde_as(as = "DisplayFromStr")]
        task: CaseEntryId,
    },
    Accepted {
        #[serde_as(as = "DisplayFromStr")]
        proposal: ProposalId,
        #[serde_as(as = "Choice")]
        by: Side,
        #[serde_as(as = "Choice")]
        form: ConfirmationForm,
    },
    AgreementDraft(#[serde_as(as = "AgreementRecord")] Agreement),
    AgreementState {
        #[serde_as(as = "DisplayFromStr")]
        agreement: AgreementId,
        #[serde_as(as = "Choice")]
        state: AgreementStep,
    },
    AgreementRead {
        #[serde_as(as = "DisplayFromStr")]
        agreement: AgreementId,
        text: String,
        #[serde_as(as = "Vec<(_, Choice)>")]
        points: Vec<(String, PointVerdict)>,
    },
    Legitimacy {
        #[serde_as(as = "DisplayFromStr")]
        party: PartyId,
        #[serde_as(as = "Vec<(_, Choice)>")]
        answers: Vec<(String, Answer)>,
    },
    PromiseDone {
        #[serde_as(as = "DisplayFromStr")]
        record: EvidenceId,
        position: u16,
    },
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Hardship", deny_unknown_fields)]
struct HardshipRecord {
    #[serde_as(as = "Choice")]
    kind: HardshipKind,
    what: String,
    #[serde_as(as = "Day")]
    since: NaiveDate,
    #[serde_as(as = "Option<Day>")]
    until: Option<NaiveDate>,
    #[serde_as(as = "Option<Fen>")]
    income_before: Option<Money>,
    #[serde_as(as = "Option<Fen>")]
    income_now: Option<Money>,
    turning_point: Option<String>,
}

mirrors! { CaseRecord => CaseEntry, StepRecord => CaseStep, HardshipRecord => Hardship }
