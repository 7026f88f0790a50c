use ashore_domain::{Agreement, AgreementStep as Step, CaseEntry, CaseEntryId, CaseStep, Fact, PersonRole};
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

use crate::rules::case_rules;
use crate::{AppError, id};

/// What is to be done after a step of an agreement taken `on` a day, each with its day (domain §4.4, rules/case.toml).
/// What the step itself already brings to an end is left out.
pub(crate) fn follow_ups(
    agreement: &Agreement,
    step: Step,
    on: NaiveDate,
    now: DateTime<FixedOffset>,
) -> Result<Vec<Fact>, AppError> {
    let mut tasks = Vec::new();
    for row in &case_rules()?.tasks {
        let ended = row.until.is_some_and(|until| Step::from(until) <= step);
        let from = match (row.from.as_deref(), step) {
            (Some("first_due"), Step::Signed) => agreement.rows.first().map(|row| row.due),
            (Some("last_due"), Step::Signed) => agreement.rows.last().map(|row| row.due),
            (Some("signed"), Step::Signed)
            | (Some("breached"), Step::Breached)
            | (Some("cured"), Step::Cured)
            | (Some("completed"), Step::Completed | Step::CertificateReceived | Step::CreditRecordChecked) => {
                Some(on)
            }
            _ => None,
        };
        let due = from.and_then(|day| day.checked_add_signed(TimeDelta::days(row.days)));
        let Some(due) = due.filter(|_| !ended) else { continue };
        tasks.push(Fact::Case(CaseEntry {
            id: CaseEntryId::from_bytes(id::fresh(now)?),
            loan: Some(agreement.loan),
            on: now.date_naive(),
            step: CaseStep::Task {
                what: row.title.clone(),
                by: PersonRole::User,
                due: Some(due),
                rule: Some(row.id.clone()),
                agreement: Some(agreement.id),
            },
            evidence: Vec::new(),
            note: None,
        }));
    }
    Ok(tasks)
}
