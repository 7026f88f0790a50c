//! Foreign files made fit to be looked at: what could act is taken out, what is left can only be read.

mod html;
#[cfg(feature = "pages")]
pub mod pages;
#[cfg(feature = "pages")]
pub mod words;

pub use html::{Harmless, harmless};

use crate::encoding::encoding_of;
use crate::formats::mail;
use crate::{Mail, Reason};

/// What a stored file can be shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    /// A still picture.
    Picture,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// Pages.
    Pdf,
    /// Words.
    Text,
    /// A letter over the net.
    Mail,
    /// Nothing here shows it; it can be saved.
    Unknown,
}

impl Look {
    /// What a media type is shown as. Only types that the page's own engine decodes without acting on them are pictures,
    /// sound or moving pictures; SVG and HTML are shown as the text they are.
    #[must_use]
    pub fn of(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/bmp" | "image/avif" => {
                Self::Picture
            }
            "application/pdf" => Self::Pdf,
            "message/rfc822" => Self::Mail,
            "application/json"
            | "application/xml"
            | "application/mbox"
            | "application/x-ndjson"
            | "image/svg+xml" => Self::Text,
            _ => match essence.split_once('/') {
                Some(("audio", _)) => Self::Audio,
                Some(("video", _)) => Self::Video,
                Some(("text", _)) => Self::Text,
                _ => Self::Unknown,
            },
        }
    }
}

/// The text of these bytes, in whatever encoding they are. `whole` is false when a file goes on after them.
#[must_use]
pub fn text(bytes: &[u8], whole: bool) -> String {
    let (encoding, mark) = encoding_of(bytes, whole);
    let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
    // What reorders or hides other text is shown as what it is.
    text.chars()
        .map(|sign| match sign {
            '\n' | '\t' | '\r' => sign,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
            sign if sign.is_control() => char::REPLACEMENT_CHARACTER,
            sign => sign,
        })
        .collect()
}

/// The mail of these bytes.
///
/// # Errors
/// Why it is not read: built to break programs, or no mail at all.
pub fn mail(bytes: Vec<u8>) -> Result<Mail, Reason> {
    mail::single(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_act_is_shown_as_itself() {
        for (media_type, look) in [
            ("image/png", Look::Picture),
            ("IMAGE/JPEG; x=y", Look::Picture),
            ("image/svg+xml", Look::Text),
            ("text/html", Look::Text),
            ("audio/amr", Look::Audio),
            ("video/mp4", Look::Video),
            ("application/pdf", Look::Pdf),
            ("message/rfc822", Look::Mail),
            ("application/zip", Look::Unknown),
            ("application/x-executable", Look::Unknown),
            ("nonsense", Look::Unknown),
        ] {
            assert_eq!(Look::of(media_type), look, "{media_type}");
        }
    }

    #[test]
    fn text_shows_what_hides() {
        let (gbk, _, _) = encoding_rs::GB18030.encode("还款记录");
        assert_eq!(text(&gbk, true), "还款记录");
        assert_eq!(text("a\u{202e}gnp.exe\u{0007}\n".as_bytes(), true), "a\u{fffd}gnp.exe\u{fffd}\n");
        assert_eq!(text(&"还款".as_bytes()[..4], false), "还\u{fffd}");
    }
}
