use ashore_domain::{ReminderKind, ReminderSubject};
use chrono::Days;

use super::{Item, Told, Wanted};
use crate::AppError;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};

/// Unpaid dues. Agreements speak where they hold, contracts everywhere else: a request silences nothing.
pub(super) fn items(_: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Told, AppError> {
    let mut told = Told::default();
    for file in wanted.files {
        match of(file, wanted) {
            Ok(items) => told.items.extend(items),
            Err(why) => told.cannot(ReminderKind::LoanDue, file.name(), &why),
        }
    }
    Ok(told)
}

fn of(file: &LoanFile, wanted: &Wanted<'_>) -> Result<Vec<Item>, AppError> {
    let grace =
        file.terms().map(|terms| u64::from(terms.get().grace_days)).filter(|days| *days > 0).map(Days::new);
    // What was paid stays paid under a clock that was set back since.
    let paid = file.payments.iter().filter(|one| one.counts()).map(|one| one.payment.on).max();
    let today = paid.map_or(wanted.today, |last| last.max(wanted.today));
    let items = file.dues(today, wanted.from, wanted.to)?.into_iter().map(|due| {
        let (kind, key) = match file.agreement_by_schedule(due.schedule) {
            Some(agreement) => (ReminderKind::AgreementDue, agreement.id.to_string()),
            None => (ReminderKind::LoanDue, file.id().to_string()),
        };
        let item = Item::new(kind, &key, due.due, file.state.opened_at);
        Item {
            subject: ReminderSubject { kind, key, place: due.term },
            name: file.name().to_owned(),
            loan: Some(file.id()),
            term: Some(due.term),
            amount: Some(due.amount),
            grace_until: grace
                .filter(|_| due.schedule == 0 && due.term > 0)
                .and_then(|days| due.due.checked_add_days(days)),
            agreed: due.schedule > 0,
            ..item
        }
    });
    Ok(items.collect())
}
