use ashore_domain::{LoanId, ReminderKind};
use chrono::{NaiveDate, NaiveTime};

use super::super::standing::instant_of;
use super::{Item, Told, Wanted};
use crate::AppError;
use crate::deadlines::REPLY;
use crate::loans::LoanFile;
use crate::offers::REPLY_DAYS;
use crate::session::{App, Unlocked};

/// A yes by word of mouth whose writing has not come, on the day by which it was to be answered.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Told, AppError> {
    let (mut told, asked) = (Told::default(), asked(app)?);
    for file in wanted.files.iter().filter(|file| !file.proposals.is_empty()) {
        match of(app, wanted, file, &asked) {
            Ok(items) => told.items.extend(items),
            Err(why) => told.cannot(ReminderKind::ReplyDue, file.name(), &why),
        }
    }
    Ok(told)
}

fn of(
    app: &App<Unlocked>,
    wanted: &Wanted<'_>,
    file: &LoanFile,
    asked: &[(LoanId, NaiveDate)],
) -> Result<Vec<Item>, AppError> {
    let (mut items, case) = (Vec::new(), app.case_of(file)?);
    if case.settled_by_hand() {
        return Ok(items);
    }
    for offer in &file.proposals {
        let Some((on, _)) = case.spoken_yes(file, offer) else { continue };
        // A letter that went out since waits by a limit of its own.
        if asked.iter().any(|(loan, from)| *loan == file.id() && *from >= on) {
            continue;
        }
        let due = app.working_days_after(on, REPLY_DAYS)?;
        if wanted.covers(due) {
            let words = wanted.words("口头答应的，等书面确认", "said yes, waiting for it in writing");
            items.push(Item {
                name: format!("{} · {words}", file.name()),
                loan: Some(file.id()),
                ..Item::new(ReminderKind::ReplyDue, offer.id, due, instant_of(on, NaiveTime::MIN))
            });
        }
    }
    Ok(items)
}

/// Letters that wait for a written reply: since when, and about which loan.
fn asked(app: &App<Unlocked>) -> Result<Vec<(LoanId, NaiveDate)>, AppError> {
    let mut asked = Vec::new();
    let open = app.state.vault.deadlines()?.into_iter().filter(|one| one.settled.is_none());
    for limit in open.map(|one| one.deadline).filter(|limit| limit.rule == REPLY) {
        asked.extend(limit.loans.iter().map(|loan| (*loan, limit.starts_on)));
    }
    Ok(asked)
}
