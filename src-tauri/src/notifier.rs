//! Native notifications. Every way in which one can fail is soft: the reminder stays in the app and is shown there.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use notify_rust::{Hint, Notification, NotificationResponse, Urgency};

/// One notification: what it says and what it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// First line.
    pub title: String,
    /// The rest; may be empty.
    pub body: String,
    /// Label of the button that opens the item.
    pub open: String,
    /// Label of the button that shows it again later.
    pub snooze: String,
}

/// What a person did with a notification. Any program on the session bus can pretend to be that person, so neither
/// answer may do more than show something or wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Show the item.
    Open,
    /// Remind again later.
    Snooze,
}

/// Called with the answer, on a thread of its own, at most once.
pub type OnAnswer = Box<dyn FnOnce(Answer) + Send>;

/// Puts a notification in front of a person. Desktops and phones each have their own.
pub trait Notifier: Send + Sync {
    /// Shows it and returns at once. `Ok` means that the desktop took it.
    ///
    /// # Errors
    /// There is no notification daemon, or it refused.
    fn show(&self, note: &Note, on_answer: OnAnswer) -> Result<(), NotShown>;
}

/// The desktop did not take the notification.
#[derive(Debug, thiserror::Error)]
#[error("the desktop took no notification: {0}")]
pub struct NotShown(String);

/// The freedesktop notifications of Linux desktops, over the session bus (a Unix socket).
#[derive(Debug, Default)]
pub struct DesktopNotifier {
    waiting: Arc<AtomicUsize>,
}

impl DesktopNotifier {
    /// Each notification that can still be answered holds a thread; beyond these the oldest way back is the tray.
    const MOST_WAITING: usize = 32;
}

impl Notifier for DesktopNotifier {
    fn show(&self, note: &Note, on_answer: OnAnswer) -> Result<(), NotShown> {
        let mut wanted = Notification::new();
        wanted
            .appname("Ashore")
            .icon("ashore")
            .summary(&note.title)
            .body(&plain(&note.body))
            .urgency(Urgency::Normal)
            // Not kept in the desktop's history, which lies outside the vault.
            .hint(Hint::Transient(true))
            .hint(Hint::DesktopEntry("ashore".to_owned()))
            .action("default", &note.open)
            .action("open", &note.open)
            .action("snooze", &note.snooze);
        let (taken, told) = std::sync::mpsc::sync_channel(1);
        let waiting = Arc::clone(&self.waiting);
        thread::Builder::new()
            .name("notification".to_owned())
            .spawn(move || {
                let shown = wanted.show();
                let may_wait = waiting.fetch_add(1, Ordering::Relaxed) < Self::MOST_WAITING;
                match shown {
                    Ok(handle) => {
                        // The scheduler has stopped listening only when the program is ending.
                        taken.send(Ok(())).ok();
                        if may_wait && let Err(error) = handle.wait_for_response(Deliver(Some(on_answer))) {
                            crate::say(&format!("An answer to a notification was lost: {error}"));
                        }
                    }
                    Err(error) => {
                        taken.send(Err(NotShown(error.to_string()))).ok();
                    }
                }
                waiting.fetch_sub(1, Ordering::Relaxed);
            })
            .map_err(|error| NotShown(error.to_string()))?;
        told.recv().unwrap_or_else(|_| Err(NotShown("its thread ended".to_owned())))
    }
}

/// Hands the answer on.
struct Deliver(Option<OnAnswer>);

impl notify_rust::ResponseHandler for Deliver {
    fn call(self, response: &NotificationResponse) {
        let answer = match response {
            NotificationResponse::Default => Answer::Open,
            NotificationResponse::Action(name) if name == "open" => Answer::Open,
            NotificationResponse::Action(name) if name == "snooze" => Answer::Snooze,
            _ => return,
        };
        if let Some(on_answer) = self.0 {
            on_answer(answer);
        }
    }
}

/// Daemons read the body as markup; ours is text.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lenders_name_is_no_markup() {
        assert_eq!(plain("甲贷 <b>A&B</b>"), "甲贷 &lt;b&gt;A&amp;B&lt;/b&gt;");
    }
}
