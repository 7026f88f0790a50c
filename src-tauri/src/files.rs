//! Attached files for the page to show, straight from the vault: `ashore-file://localhost/<file>[/page/<n>|/mail]`, and
//! pages of the letter that is being looked at: `ashore-file://localhost/<preview>/letter/<n>`.
//!
//! Bytes are opened chunk by chunk into memory and never written anywhere. What is answered is named by its content,
//! may not be taken for anything else, and comes with a policy under which nothing in it acts or fetches.

use std::borrow::Cow;

use ashore_app::contacts::{FileInHand, MOST_AT_ONCE};
use ashore_app::{AppError, ErrorCode};
use tauri::http::header::{
    ACCEPT_RANGES, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_LENGTH,
    CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use tauri::http::{Method, Request, Response, StatusCode};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::state::Desk;

/// The protocol's name.
pub(crate) const SCHEME: &str = "ashore-file";

/// Nothing runs, nothing is fetched, nothing is sent; the style is the one below.
const POLICY: &str = "default-src 'none'; style-src ashore-file://localhost; sandbox";
/// The page itself, in its two guises.
const OURS: [&str; 2] = ["tauri://localhost", "http://localhost:5173"];

/// Answers one request, away from the window's thread.
#[allow(clippy::needless_pass_by_value)] // Tauri hands these over
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    let asked = tauri::async_runtime::spawn_blocking(move || {
        let answer = Asked::read(&request)
            .map_or_else(|| refused(StatusCode::NOT_FOUND), |asked| asked.answer(&app.state::<Desk>()));
        responder.respond(answer);
    });
    // Nobody waits for it: the responder answers.
    drop(asked);
}

/// What of which file.
#[derive(Debug, PartialEq, Eq)]
enum What {
    /// As itself: all of it, or this range.
    Bytes(Option<Range>),
    /// Only what would be said of it.
    Head,
    Page(u32),
    /// A page of the letter that is being looked at.
    Letter(u32),
    Mail {
        dark: bool,
    },
    Style,
}

/// Of a file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Range {
    /// From here to there, both included, or to the end.
    From { start: u64, end: Option<u64> },
    /// The last so many.
    Last(u64),
}

impl Range {
    /// Where it begins in a file of this length, and how long it is; `None` where the file has nothing of it.
    fn within(self, whole: u64) -> Option<(u64, u64)> {
        let (start, last) = match self {
            Self::From { start, end } => (start, end.unwrap_or(u64::MAX).min(whole.saturating_sub(1))),
            Self::Last(count) => (whole.saturating_sub(count.min(whole)), whole.saturating_sub(1)),
        };
        let none = start >= whole || matches!(self, Self::Last(0));
        (!none).then(|| (start, last.saturating_sub(start).saturating_add(1)))
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Asked {
    file: String,
    what: What,
}

impl Asked {
    fn read(request: &Request<Vec<u8>>) -> Option<Self> {
        let uri = request.uri();
        let head = request.method() == Method::HEAD;
        if !(head || request.method() == Method::GET) || uri.host() != Some("localhost") {
            return None;
        }
        let mut path = uri.path().split('/').skip(1);
        let (file, rest) = (path.next()?, path.next());
        let what = match (file, rest, path.next()) {
            (_, None, None) if head => What::Head,
            _ if head => return None,
            ("mail.css", None, None) => What::Style,
            // A range that is none is as if nothing had been said of it (RFC 9110, 14.2).
            (_, None, None) => What::Bytes(
                request.headers().get(RANGE).and_then(|range| range.to_str().ok()).and_then(range_of),
            ),
            (_, Some("page"), Some(number)) => What::Page(number.parse().ok()?),
            (_, Some("letter"), Some(number)) => What::Letter(number.parse().ok()?),
            (_, Some("mail"), None) => What::Mail { dark: uri.query() == Some("dark") },
            _ => return None,
        };
        Some(Self { file: file.to_owned(), what })
    }

    fn answer(&self, desk: &Desk) -> Response<Cow<'static, [u8]>> {
        let answered = match &self.what {
            What::Style => Ok(plain("text/css", STYLE.as_bytes().to_vec())),
            What::Page(number) => {
                self.in_hand(desk, |file| file.page(*number)).map(|png| plain("image/png", png))
            }
            What::Letter(number) => {
                desk.read(|app| app.letter_page(&self.file, *number)).map(|png| plain("image/png", png))
            }
            What::Mail { dark } => self
                .in_hand(desk, FileInHand::mail)
                .map(|html| plain("text/html; charset=utf-8", document(&html, *dark))),
            What::Bytes(Some(range)) => self.range(desk, *range),
            What::Bytes(None) => self.whole(desk),
            What::Head => self.head(desk),
        };
        answered.unwrap_or_else(|error| refused(status(&error)))
    }

    /// Drawn and read without holding up the vault; one that was locked meanwhile shows nothing more.
    fn in_hand<T>(
        &self,
        desk: &Desk,
        show: impl FnOnce(FileInHand) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let shown = show(desk.read(|app| app.take_in_hand(&self.file))?)?;
        desk.read(|_| Ok(shown))
    }

    /// As much of the range as one answer carries.
    fn range(&self, desk: &Desk, range: Range) -> Result<Response<Cow<'static, [u8]>>, AppError> {
        let whole = desk.read(|app| app.file_piece(&self.file, 0, 0))?.whole;
        let Some((start, length)) = range.within(whole) else {
            let mut answer = refused(StatusCode::RANGE_NOT_SATISFIABLE);
            say(&mut answer, CONTENT_RANGE, &format!("bytes */{whole}"));
            return Ok(answer);
        };
        let piece = desk.read(|app| app.file_piece(&self.file, start, length))?;
        let last = (start + piece.bytes.len() as u64).saturating_sub(1);
        let mut answer = plain(piece.mime, piece.bytes);
        *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
        say(&mut answer, CONTENT_RANGE, &format!("bytes {start}-{last}/{whole}"));
        Ok(answer)
    }

    /// The whole file, as pictures are asked for.
    fn whole(&self, desk: &Desk) -> Result<Response<Cow<'static, [u8]>>, AppError> {
        let mut piece = desk.read(|app| app.file_piece(&self.file, 0, MOST_AT_ONCE))?;
        if piece.whole > MOST_WHOLE {
            return Ok(refused(StatusCode::PAYLOAD_TOO_LARGE));
        }
        while (piece.bytes.len() as u64) < piece.whole {
            let more = desk.read(|app| app.file_piece(&self.file, piece.bytes.len() as u64, MOST_AT_ONCE))?;
            if more.bytes.is_empty() {
                break;
            }
            piece.bytes.extend(more.bytes);
        }
        Ok(plain(piece.mime, piece.bytes))
    }

    fn head(&self, desk: &Desk) -> Result<Response<Cow<'static, [u8]>>, AppError> {
        let piece = desk.read(|app| app.file_piece(&self.file, 0, 0))?;
        let mut answer = plain(piece.mime, Vec::new());
        say(&mut answer, CONTENT_LENGTH, &piece.whole.to_string());
        Ok(answer)
    }
}

/// The largest picture that is answered whole.
const MOST_WHOLE: u64 = 128 << 20;

/// `bytes=0-1023`, `bytes=1024-` or `bytes=-500`: one range.
fn range_of(text: &str) -> Option<Range> {
    let (start, end) = text.trim().strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| -> Option<u64> {
        (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
    };
    match (start.trim(), end.trim()) {
        ("", last) => Some(Range::Last(number(last)?)),
        (start, "") => Some(Range::From { start: number(start)?, end: None }),
        (start, end) => {
            let (start, end) = (number(start)?, number(end)?);
            (start <= end).then_some(Range::From { start, end: Some(end) })
        }
    }
}

fn say(answer: &mut Response<Cow<'static, [u8]>>, name: tauri::http::HeaderName, value: &str) {
    // Digits and a few signs always are a value.
    if let Ok(value) = value.parse() {
        answer.headers_mut().insert(name, value);
    }
}

fn plain(media_type: &'static str, bytes: Vec<u8>) -> Response<Cow<'static, [u8]>> {
    let mut answer = Response::new(Cow::Owned(bytes));
    let headers = answer.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, media_type),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (ACCEPT_RANGES, "bytes"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, if cfg!(feature = "custom-protocol") { OURS[0] } else { OURS[1] }),
        (ACCESS_CONTROL_EXPOSE_HEADERS, "content-range"),
    ] {
        headers.insert(name, tauri::http::HeaderValue::from_static(value));
    }
    answer
}

fn refused(status: StatusCode) -> Response<Cow<'static, [u8]>> {
    let mut answer = plain("text/plain", Vec::new());
    *answer.status_mut() = status;
    answer
}

fn status(error: &AppError) -> StatusCode {
    match error.code {
        ErrorCode::Locked => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::BadRequest => StatusCode::RANGE_NOT_SATISFIABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The frame's document around text that was made harmless.
fn document(harmless: &str, dark: bool) -> Vec<u8> {
    let class = if dark { "dark" } else { "light" };
    format!(
        "<!doctype html><html lang=\"und\" class=\"{class}\"><head><meta charset=\"utf-8\"><title>.</title>\
         <link rel=\"stylesheet\" href=\"{SCHEME}://localhost/mail.css\"></head><body><main>{harmless}</main></body></html>"
    )
    .into_bytes()
}

const STYLE: &str = "html{font:16px/1.6 'Noto Sans CJK SC',sans-serif;color:#1b2733;background:#fff}\
html.dark{color:#e6edf3;background:#17212b}body{margin:0;padding:12px;overflow-wrap:anywhere}\
table{max-width:100%;border-collapse:collapse}td,th{padding:2px 6px;vertical-align:top}pre{white-space:pre-wrap}";

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &str, uri: &str, range: Option<&str>) -> Option<Asked> {
        let mut request = Request::builder().method(method).uri(uri);
        if let Some(range) = range {
            request = request.header(RANGE, range);
        }
        Asked::read(&request.body(Vec::new()).unwrap())
    }

    #[test]
    fn only_what_is_meant_is_understood() {
        let whole = || Some(What::Bytes(None));
        let from = |start, end| Some(What::Bytes(Some(Range::From { start, end })));
        for (method, uri, range, expected) in [
            ("GET", "ashore-file://localhost/ab", None, whole()),
            ("GET", "ashore-file://localhost/ab", Some("bytes=5-9"), from(5, Some(9))),
            ("GET", "ashore-file://localhost/ab", Some("bytes=5-"), from(5, None)),
            ("GET", "ashore-file://localhost/ab", Some("bytes=-7"), Some(What::Bytes(Some(Range::Last(7))))),
            ("GET", "ashore-file://localhost/ab", Some("bytes=9-5"), whole()),
            ("GET", "ashore-file://localhost/ab", Some("bytes=-"), whole()),
            ("GET", "ashore-file://localhost/ab", Some("bytes=+1-2"), whole()),
            ("GET", "ashore-file://localhost/ab", Some("bytes=1-2,4-5"), whole()),
            ("GET", "ashore-file://localhost/ab", Some("bytes=0-99999999999999999999"), whole()),
            ("GET", "ashore-file://localhost/ab", Some("lines=1-2"), whole()),
            ("HEAD", "ashore-file://localhost/ab", None, Some(What::Head)),
            ("HEAD", "ashore-file://localhost/ab/page/3", None, None),
            ("GET", "ashore-file://localhost/ab/page/3", None, Some(What::Page(3))),
            ("GET", "ashore-file://localhost/ab/page/x", None, None),
            ("GET", "ashore-file://localhost/ab/letter/2", None, Some(What::Letter(2))),
            ("GET", "ashore-file://localhost/ab/letter/", None, None),
            ("GET", "ashore-file://localhost/ab/mail?dark", None, Some(What::Mail { dark: true })),
            ("GET", "ashore-file://localhost/mail.css", None, Some(What::Style)),
            ("GET", "ashore-file://localhost/ab/../../etc/passwd", None, None),
            ("POST", "ashore-file://localhost/ab", None, None),
            ("GET", "ashore-file://elsewhere/ab", None, None),
        ] {
            assert_eq!(
                asked(method, uri, range).map(|asked| asked.what),
                expected,
                "{method} {uri} {range:?}"
            );
        }
    }

    #[test]
    fn a_range_is_what_the_file_has_of_it() {
        let from = |start, end| Range::From { start, end };
        for (range, whole, expected) in [
            (from(0, Some(0)), 10, Some((0, 1))),
            (from(0, None), 10, Some((0, 10))),
            (from(9, Some(9)), 10, Some((9, 1))),
            (from(4, Some(99)), 10, Some((4, 6))),
            (from(0, Some(u64::MAX)), 10, Some((0, 10))),
            (from(10, None), 10, None),
            (from(u64::MAX, None), 10, None),
            (from(0, None), 0, None),
            (Range::Last(3), 10, Some((7, 3))),
            (Range::Last(30), 10, Some((0, 10))),
            (Range::Last(0), 10, None),
            (Range::Last(1), 0, None),
        ] {
            assert_eq!(range.within(whole), expected, "{range:?} of {whole}");
        }
    }

    #[test]
    fn every_answer_is_shut_in() {
        for answer in [plain("image/png", vec![1]), refused(StatusCode::FORBIDDEN)] {
            let header = |name: &str| {
                answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
            };
            assert!(header("content-security-policy").starts_with("default-src 'none'"));
            assert!(header("content-security-policy").ends_with("sandbox"));
            assert_eq!((header("x-content-type-options"), header("cache-control")), ("nosniff", "no-store"));
        }
    }
}
