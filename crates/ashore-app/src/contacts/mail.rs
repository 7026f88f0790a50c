//! A mail made ready to be read. The process apart reads it, and this one takes what comes as words of a stranger: of
//! bounded size, and shown where nothing in it can act.

use ashore_importers::{Mailbox, view};
use serde::{Deserialize, Serialize};

use super::look::MailView;

/// The most words and the most formatted form of a mail that are shown; the rest is in the saved copy.
const MOST_WORDS: usize = 1 << 20;
const MOST_FORMATTED: usize = 4 << 20;
/// The most names of one kind.
const MOST_NAMES: usize = 1_000;
/// The longest line that is shown of a name or a subject.
const MOST_LINE: usize = 4 << 10;
/// The largest answer: what is above, written as JSON.
pub(super) const MOST_ANSWER: u64 = 32 << 20;

/// What is told of a mail.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Told {
    subject: Option<String>,
    from: Vec<String>,
    to: Vec<String>,
    cc: Vec<String>,
    date: Option<String>,
    /// Its words; `cut` when there are more.
    pub(super) body: String,
    pub(super) cut: bool,
    /// Its formatted form without anything that acts.
    pub(super) formatted: Option<String>,
    pictures: u32,
    files: Vec<String>,
}

/// Reads a mail, in the process apart. `None` when it is none or built to break programs.
pub(super) fn read(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mail = view::mail(bytes).ok()?;
    let harmless = mail.html.as_deref().map(view::harmless);
    let pictures = harmless.as_ref().map_or(0, |harmless| harmless.pictures);
    let files = mail.parts.into_iter().map(|part| part.name.unwrap_or(part.mime));
    let told = Told {
        subject: mail.subject.map(line),
        from: names(mail.from),
        to: names(mail.to),
        cc: names(mail.cc),
        date: mail.date_header.map(line),
        cut: mail.body.len() > MOST_WORDS,
        body: shortened(mail.body, MOST_WORDS),
        // Cut in the middle it would be something else.
        formatted: harmless.map(|harmless| harmless.html).filter(|html| html.len() <= MOST_FORMATTED),
        pictures: u32::try_from(pictures).unwrap_or(u32::MAX),
        files: files.take(MOST_NAMES).map(line).collect(),
    };
    serde_json::to_vec(&told).ok()
}

/// What the process apart told.
pub(super) fn heard(answer: &[u8]) -> Option<Told> {
    serde_json::from_slice(answer).ok()
}

impl Told {
    /// As the page shows it.
    pub(super) fn view(self) -> MailView {
        MailView {
            subject: self.subject,
            from: self.from,
            to: self.to,
            cc: self.cc,
            date: self.date,
            body: self.body,
            formatted: self.formatted.is_some(),
            pictures: self.pictures,
            files: self.files,
        }
    }
}

fn names(boxes: Vec<Mailbox>) -> Vec<String> {
    let one = |mailbox: Mailbox| match (mailbox.name, mailbox.address) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => String::new(),
    };
    boxes.into_iter().map(one).filter(|one| !one.is_empty()).take(MOST_NAMES).map(line).collect()
}

fn line(text: String) -> String {
    shortened(text, MOST_LINE)
}

fn shortened(mut text: String, most: usize) -> String {
    text.truncate(text.floor_char_boundary(most));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_told_in_bounded_words() {
        let many = "<p>很长的一段话</p>".repeat(400_000);
        let mail = format!(
            "From: \"{}\" <a@example.cn>\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{many}",
            "甲".repeat(5_000)
        );
        let answer = read(mail.into_bytes()).unwrap();
        assert!((answer.len() as u64) < MOST_ANSWER);
        let told = heard(&answer).unwrap();
        assert!(told.cut && told.body.len() <= MOST_WORDS && told.formatted.is_none());
        assert!(told.from[0].starts_with('甲') && told.from[0].len() <= MOST_LINE);
        assert!(heard(b"{\"body\": 1}").is_none());
    }
}
