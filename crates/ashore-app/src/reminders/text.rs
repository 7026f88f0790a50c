use ashore_domain::ReminderStage;
use chrono::Datelike;

use super::due::DueReminder;
use crate::session::{Language, NotificationText};

/// Title and body of a notification. Neutral text names nobody and no amount.
pub(super) fn of(reminder: &DueReminder, language: Language, detail: NotificationText) -> (String, String) {
    let title = title(language);
    if detail == NotificationText::Neutral {
        return (title, neutral(language));
    }
    let DueReminder { name, term, amount, due, stage, .. } = reminder;
    let body = match language {
        Language::Chinese => {
            let when = match stage {
                ReminderStage::ThreeDaysBefore => "3 天后到期",
                ReminderStage::DayBefore => "明天到期",
                ReminderStage::OnTheDay => "今天到期",
                ReminderStage::DayAfter => "昨天到期，还没有记录付款",
            };
            format!("{name} 第 {term} 期 ¥{amount}，{} 月 {} 日，{when}", due.month(), due.day())
        }
        Language::English => {
            let when = match stage {
                ReminderStage::ThreeDaysBefore => "due in 3 days",
                ReminderStage::DayBefore => "due tomorrow",
                ReminderStage::OnTheDay => "due today",
                ReminderStage::DayAfter => "was due yesterday, no payment is recorded",
            };
            format!("{name}, term {term}: ¥{amount}, {due}, {when}")
        }
    };
    (title, body)
}

/// Title of every notification.
pub(super) fn title(language: Language) -> String {
    match language {
        Language::Chinese => "提醒",
        Language::English => "Reminder",
    }
    .to_owned()
}

/// What may stand on a lock screen.
pub(super) fn neutral(language: Language) -> String {
    match language {
        Language::Chinese => "有一件事到时间了",
        Language::English => "Something is due",
    }
    .to_owned()
}
