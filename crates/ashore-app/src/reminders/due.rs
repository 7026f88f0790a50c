use ashore_domain::{LoanId, Money, ReminderStage, ReminderSubject};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, TimeZone};

use crate::AppError;
use crate::clock::shanghai;
use crate::session::{App, Unlocked};

/// One stage of one due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DueReminder {
    pub(crate) subject: ReminderSubject,
    pub(crate) stage: ReminderStage,
    /// When it stands.
    pub(crate) at: DateTime<FixedOffset>,
    pub(crate) due: NaiveDate,
    pub(crate) loan: LoanId,
    pub(crate) name: String,
    pub(crate) term: u16,
    pub(crate) amount: Money,
    pub(crate) agreed: bool,
}

/// Hour of the day at which reminders stand.
const HOUR: u32 = 9;

/// Nine in the morning, Shanghai, on a civil day.
pub(super) fn morning_of(day: NaiveDate) -> DateTime<FixedOffset> {
    let at = day.and_time(NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default());
    // A fixed offset has exactly one instant for every local time.
    shanghai().from_local_datetime(&at).earliest().unwrap_or_else(|| at.and_utc().fixed_offset())
}

impl App<Unlocked> {
    /// Every stage of every unpaid due between two days, in order of time. Agreements speak where they hold,
    /// contracts everywhere else: a request silences nothing.
    pub(crate) fn reminders_between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DueReminder>, AppError> {
        let today = self.clock.today();
        let (first, last) = (from - TimeDelta::days(1), to + TimeDelta::days(3));
        let mut reminders = Vec::new();
        for file in self.open_loan_files()? {
            for due in file.dues(today, first, last)? {
                let subject = match file.agreement_by_schedule(due.schedule) {
                    Some(agreement) => {
                        ReminderSubject::AgreementTerm { agreement: agreement.id, term: due.term }
                    }
                    None => ReminderSubject::LoanTerm { loan: file.id(), term: due.term },
                };
                for stage in ReminderStage::ALL {
                    let day = due.due + TimeDelta::days(stage.offset_days());
                    let at = morning_of(day);
                    // A stage that was over before we heard of the loan reminds of nothing.
                    if !(from..=to).contains(&day) || at < file.state.opened_at {
                        continue;
                    }
                    reminders.push(DueReminder {
                        subject,
                        stage,
                        at,
                        due: due.due,
                        loan: file.id(),
                        name: file.name().to_owned(),
                        term: due.term,
                        amount: due.amount,
                        agreed: due.schedule > 0,
                    });
                }
            }
        }
        reminders.sort_by(|a, b| (a.at, &a.name, a.term).cmp(&(b.at, &b.name, b.term)));
        Ok(reminders)
    }
}
