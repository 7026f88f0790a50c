//! The few words that stand outside the page: tray, window title, buttons of a notification. They name nobody and no
//! amount.

use ashore_app::session::{Language, Preferences};
use chrono::{DateTime, Datelike, FixedOffset};

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    language: Language,
}

impl Words {
    /// In the language of the window.
    pub(crate) const fn of(preferences: &Preferences) -> Self {
        Self { language: preferences.language }
    }

    const fn choose(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self.language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    /// The program's name, and the whole window title.
    pub(crate) const fn name(self) -> &'static str {
        self.choose("上岸", "Ashore")
    }

    /// Window title while the sample is open.
    pub(crate) const fn sample_name(self) -> &'static str {
        self.choose("示例 · 上岸", "Sample · Ashore")
    }

    /// Opens the window, or the item of a notification.
    pub(crate) const fn open(self) -> &'static str {
        self.choose("打开", "Open")
    }

    /// Reminds again later.
    pub(crate) const fn snooze(self) -> &'static str {
        self.choose("稍后再提醒", "Remind me later")
    }

    /// Closes the vault.
    pub(crate) const fn lock(self) -> &'static str {
        self.choose("锁定", "Lock")
    }

    /// Ends the program and its reminders.
    pub(crate) const fn quit(self) -> &'static str {
        self.choose("退出（不再提醒）", "Quit (no reminders)")
    }

    /// Title of a notification put off while the vault was open and shown while it is locked.
    pub(crate) const fn reminder(self) -> &'static str {
        self.choose("提醒", "Reminder")
    }

    /// Its neutral body.
    pub(crate) const fn something_is_due(self) -> &'static str {
        self.choose("有一件事到时间了", "Something is due")
    }

    /// Body of a notification that only tries the way.
    pub(crate) const fn this_is_a_test(self) -> &'static str {
        self.choose("这是试发，通知能送到", "A test: notifications reach you")
    }

    /// Name proposed for the calendar file; it tells nothing.
    pub(crate) const fn calendar_file(self) -> &'static str {
        self.choose("提醒.ics", "reminders.ics")
    }

    /// When the next reminder stands, and nothing more.
    pub(crate) fn next_reminder(self, at: Option<DateTime<FixedOffset>>) -> String {
        let Some(at) = at else {
            return self.choose("没有待办的提醒", "No reminder is waiting").to_owned();
        };
        match self.language {
            Language::Chinese => format!("下次提醒：{} 月 {} 日", at.month(), at.day()),
            Language::English => format!("Next reminder: {}", at.format("%-d %b")),
        }
    }
}
