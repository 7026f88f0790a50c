//! Attached files for the page to show, straight from the vault: `ashore-file://localhost/<file>[/page/<n>|/mail]`, and
//! pages of the letter that is being looked at: `ashore-file://localhost/<preview>/letter/<n>`.
//!
//! Bytes are opened chunk by chunk into memory and never written anywhere. What is answered is named by its content,
//! may not be taken for anything else, and comes with a policy under which nothing in it acts or fetches.

use std::borrow::Cow;

use ashore_app::contacts::{FileInHand, MOST_AT_ONCE};
use ashore_app::{AppError, ErrorCode};
use tauri::http::header::{
    ACCEPT_RANGES, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, RANGE, X_CONTENT_TYPE_OPTIONS,
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
    Bytes {
        start: u64,
        end: Option<u64>,
        ranged: bool,
    },
    Page(u32),
    /// A page of the letter that is being looked at.
    Letter(u32),
    Mail {
        dark: bool,
    },
    Style,
}

#[derive(Debug, PartialEq, Eq)]
struct Asked {
    file: String,
    what: What,
}

impl Asked {
    fn read(request: &Request<Vec<u8>>) -> Option<Self> {
        let uri = request.uri();
        if request.method() != Method::GET || uri.host() != Some("localhost") {
            return None;
        }
        let mut path = uri.path().split('/').skip(1);
        let (file, rest) = (path.next()?, path.next());
        let what = match (file, rest, path.next()) {
            ("mail.css", None, None) => What::Style,
            (_, None, None) => match request.headers().get(RANGE) {
                Some(range) => {
                    let (start, end) = range_of(range.to_str().ok()?)?;
                    What::Bytes { start, end, ranged: true }
                }
                None => What::Bytes { start: 0, end: None, ranged: false },
            },
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
            What::Bytes { start, end, ranged } => self.bytes(desk, *start, *end, *ranged),
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

    /// Without a range the whole file, as pictures are asked for; with one, as much of it as one answer carries.
    fn bytes(
        &self,
        desk: &Desk,
        start: u64,
        end: Option<u64>,
        ranged: bool,
    ) -> Result<Response<Cow<'static, [u8]>>, AppError> {
        let length = end.map_or(MOST_AT_ONCE, |end| end.saturating_sub(start).saturating_add(1));
        let mut piece = desk.read(|app| app.file_piece(&self.file, start, length))?;
        if ranged {
            let last = (start + piece.bytes.len() as u64).saturating_sub(1);
            let range = format!("bytes {start}-{last}/{}", piece.whole);
            let mut answer = plain(piece.mime, piece.bytes);
            *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
            if let Ok(range) = range.parse() {
                answer.headers_mut().insert(CONTENT_RANGE, range);
            }
            return Ok(answer);
        }
        while (piece.bytes.len() as u64) < piece.whole && piece.bytes.len() as u64 <= MOST_WHOLE {
            let more = desk.read(|app| app.file_piece(&self.file, piece.bytes.len() as u64, MOST_AT_ONCE))?;
            if more.bytes.is_empty() {
                break;
            }
            piece.bytes.extend(more.bytes);
        }
        Ok(plain(piece.mime, piece.bytes))
    }
}

/// The largest picture that is answered whole.
const MOST_WHOLE: u64 = 128 << 20;

/// `bytes=0-1023` or `bytes=1024-`; one range, from its beginning.
fn range_of(text: &str) -> Option<(u64, Option<u64>)> {
    let (start, end) = text.strip_prefix("bytes=")?.split_once('-')?;
    let start = start.trim().parse().ok()?;
    let end = match end.trim() {
        "" => None,
        end => Some(end.parse().ok().filter(|end| *end >= start)?),
    };
    Some((start, end))
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
        let whole = What::Bytes { start: 0, end: None, ranged: false };
        for (method, uri, range, expected) in [
            ("GET", "ashore-file://localhost/ab", None, Some(whole)),
            (
                "GET",
                "ashore-file://localhost/ab",
                Some("bytes=5-9"),
                Some(What::Bytes { start: 5, end: Some(9), ranged: true }),
            ),
            (
                "GET",
                "ashore-file://localhost/ab",
                Some("bytes=5-"),
                Some(What::Bytes { start: 5, end: None, ranged: true }),
            ),
            ("GET", "ashore-file://localhost/ab", Some("bytes=9-5"), None),
            ("GET", "ashore-file://localhost/ab", Some("lines=1-2"), None),
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
