//! Pages are drawn and mails are read in a process of its own: a file built to exhaust the stack, or to take a parser
//! over, costs its own picture and nothing else.
//!
//! It is this same program, started with one hidden argument. It gets the file through a pipe and answers with a picture
//! or with words; it has no key, no environment, no way to open files or start programs, and bounded memory and time.

use std::io::{Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use ashore_importers::view::{pages, words};

use super::mail;
use crate::clock::moment;

/// The argument that makes this program a drawer of one page.
const DRAW: &str = "--draw-page";
/// In the place of a page's number: the words of all.
const WORDS: &str = "words";
/// In the place of a page's number: the mail, told.
const MAIL: &str = "mail";
/// The longest a page or a mail may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is asked whether anybody still waits.
const MOMENT: Duration = Duration::from_millis(100);
/// The largest picture.
const MOST_PICTURE: u64 = 128 << 20;

/// What is asked of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// How many pages it has.
    Count,
    /// One of them, from 1.
    Page(u32),
    /// Its words.
    Words,
    /// What it says, if it is a mail.
    Mail,
}

impl Wanted {
    fn argument(self) -> String {
        match self {
            Self::Count => "0".to_owned(),
            Self::Page(page) => page.max(1).to_string(),
            Self::Words => WORDS.to_owned(),
            Self::Mail => MAIL.to_owned(),
        }
    }

    fn of(argument: &str) -> Option<Self> {
        Some(match argument {
            WORDS => Self::Words,
            MAIL => Self::Mail,
            "0" => Self::Count,
            page => Self::Page(page.parse().ok()?),
        })
    }

    const fn most(self) -> u64 {
        match self {
            Self::Count | Self::Words | Self::Page(_) => MOST_PICTURE,
            Self::Mail => mail::MOST_ANSWER,
        }
    }
}

/// Does the drawer's work and ends, if that is what this process was started for. Shells ask before anything else.
#[must_use]
pub fn draw_if_asked(output: &mut dyn Write) -> Option<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next()? != DRAW {
        return None;
    }
    let wanted = Wanted::of(&arguments.next()?)?;
    let mut bytes = Vec::new();
    let read = std::io::stdin().take(pages::MOST_BYTES).read_to_end(&mut bytes);
    // From here on it can do nothing but reckon and answer.
    let shut_in = read.ok().and_then(|size| crate::import::shut_in(size as u64).ok());
    let answer = shut_in.and_then(|()| match wanted {
        Wanted::Words => words::words(bytes).ok().map(String::into_bytes),
        Wanted::Count => pages::count(bytes).ok().map(|count| count.to_string().into_bytes()),
        Wanted::Page(page) => pages::draw(bytes, usize::try_from(page).ok()?).ok(),
        Wanted::Mail => mail::read(bytes),
    });
    let said = answer.map(|answer| output.write_all(&answer).and_then(|()| output.flush()));
    Some(if matches!(said, Some(Ok(()))) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a drawer answers about this file; `None` when it could not be drawn, for whatever reason, or nobody wants it any
/// more.
pub(super) fn ask(bytes: Vec<u8>, wanted: Wanted, going: &mut dyn FnMut() -> bool) -> Option<Vec<u8>> {
    let mut drawer = Command::new(std::env::current_exe().ok()?);
    drawer.arg(DRAW).arg(wanted.argument());
    ask_by(&mut drawer, bytes, wanted.most(), going)
}

fn ask_by(
    drawer: &mut Command,
    bytes: Vec<u8>,
    most: u64,
    going: &mut dyn FnMut() -> bool,
) -> Option<Vec<u8>> {
    let mut child =
        drawer.env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return None };
    // Written and read at the same time, so that neither side waits for the other; a drawer that ends early breaks the
    // pipe, and its answer tells.
    std::thread::spawn(move || drop(input.write_all(&bytes)));
    let (say, heard) = mpsc::channel();
    std::thread::spawn(move || {
        let mut answer = Vec::new();
        let read = output.take(most).read_to_end(&mut answer);
        drop(say.send(read.ok().map(|_| answer)));
    });
    let begun = moment();
    let answer = loop {
        match heard.recv_timeout(MOMENT) {
            Err(RecvTimeoutError::Timeout) if begun.elapsed() < PATIENCE && going() => {}
            Err(_) => break None,
            Ok(answer) => break answer,
        }
    };
    if answer.is_none() {
        drop(child.kill());
    }
    let ended = child.wait().is_ok_and(|status| status.success());
    answer.filter(|answer| ended && !answer.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_drawer_that_takes_long_is_ended_when_nobody_waits_for_it_any_more() {
        let begun = moment();
        let mut asked = 0;
        let answer = ask_by(Command::new("/bin/sleep").arg("600"), vec![1; 1 << 20], 1 << 20, &mut || {
            asked += 1;
            asked < 3
        });
        assert_eq!((answer, asked), (None, 3));
        assert!(begun.elapsed() < PATIENCE / 2);
        let answer = ask_by(&mut Command::new("/bin/cat"), b"words".to_vec(), 1 << 20, &mut || true);
        assert_eq!(answer.as_deref(), Some(&b"words"[..]));
    }
}
