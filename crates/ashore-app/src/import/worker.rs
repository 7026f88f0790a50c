//! A process of its own for every foreign file: whatever its bytes do to a parser costs that file and nothing else.
//!
//! It is this same program, started with one hidden argument. It gets the file and a pipe, and no environment, no key, no
//! way to open files, start programs or speak to a network; memory and time are bounded.

use std::fs::File;
use std::io::{BufReader, Seek as _, Write};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use ashore_importers::frame::{Event, FrameError, Reader};
use ashore_importers::{Refusal, Request, Summary, worker};

use super::shut_in::shut_in;
use crate::{AppError, ErrorCode};

/// The argument that makes this program a reader of one file.
const READ: &str = "--read-foreign-file";

/// How long silence lasts before it is asked whether to go on.
const MOMENT: Duration = Duration::from_millis(250);
/// The longest silence, in moments: a reader that says nothing for a minute hangs.
const SILENCE: u32 = 240;

/// How far the hearing side may lag behind.
const BACKLOG: usize = 64;

/// Does the reader's work and ends, if that is what this process was started for. Shells ask before anything else.
#[must_use]
pub fn read_if_asked(output: &mut dyn Write) -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != READ {
        return None;
    }
    Some(read(arguments.next()?.to_str().unwrap_or_default(), output))
}

fn read(request: &str, output: &mut dyn Write) -> ExitCode {
    let Ok(request) = serde_json::from_str::<Request>(request) else { return ExitCode::FAILURE };
    let Ok(mut file) = own_input() else { return ExitCode::FAILURE };
    let size = file.metadata().map_or(0, |data| data.len());
    if shut_in(size).is_err() {
        return ExitCode::FAILURE;
    }
    let done = worker::run(&request, &mut file, output);
    if done.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Standard input is the file itself, so that it can be gone through and back.
#[cfg(unix)]
fn own_input() -> std::io::Result<File> {
    use std::os::fd::AsFd as _;
    Ok(File::from(std::io::stdin().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
fn own_input() -> std::io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    Ok(File::from(std::io::stdin().as_handle().try_clone_to_owned()?))
}

/// How the reading of a file ended.
#[derive(Debug)]
pub(super) enum End {
    /// It was read to its end.
    Done(Summary),
    /// It is not read.
    Refused(Refusal),
    /// The reader hung, crashed, was stopped by its limits, or talked nonsense.
    Lost(&'static str),
}

/// A reader at work on one file.
pub(super) struct ReadingProcess {
    child: Child,
    events: Receiver<Result<Option<Event>, FrameError>>,
}

impl ReadingProcess {
    /// Starts a reader on a file, from its beginning.
    pub(super) fn start(file: &File, request: &Request) -> Result<Self, AppError> {
        let failed =
            |why: String| AppError::new(ErrorCode::Io, format!("the reader could not be started: {why}"));
        let mut input = file.try_clone().map_err(|why| failed(why.to_string()))?;
        input.rewind().map_err(|why| failed(why.to_string()))?;
        let this = std::env::current_exe().map_err(|why| failed(why.to_string()))?;
        let request = serde_json::to_string(request).map_err(|why| failed(why.to_string()))?;
        let mut child = Command::new(this)
            .arg(READ)
            .arg(request)
            .env_clear()
            .stdin(Stdio::from(input))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|why| failed(why.to_string()))?;
        let Some(output) = child.stdout.take() else { return Err(failed("it has no output".to_owned())) };
        let (say, events) = mpsc::sync_channel(BACKLOG);
        std::thread::spawn(move || {
            let mut reader = Reader::new(BufReader::with_capacity(1 << 17, output));
            loop {
                let heard = reader.hear();
                let more = matches!(heard, Ok(Some(_)));
                if say.send(heard).is_err() || !more {
                    return;
                }
            }
        });
        Ok(Self { child, events })
    }

    /// Hands over everything the reader says, until it has said all; and every moment of silence, as nothing.
    ///
    /// # Errors
    /// Whatever `take` refuses with; the reader is stopped then.
    pub(super) fn hear(
        mut self,
        mut take: impl FnMut(Option<Event>) -> Result<(), AppError>,
    ) -> Result<End, AppError> {
        let mut silence = 0;
        loop {
            let event = match self.events.recv_timeout(MOMENT) {
                Ok(Ok(Some(event))) => event,
                Ok(Ok(None)) | Err(RecvTimeoutError::Disconnected) => {
                    return Ok(End::Lost("reader_broke_off"));
                }
                Ok(Err(FrameError::BrokeOff | FrameError::Pipe(_))) => {
                    return Ok(End::Lost(self.why_it_died()));
                }
                Ok(Err(_)) => return Ok(End::Lost("reader_talked_nonsense")),
                Err(RecvTimeoutError::Timeout) if silence == SILENCE => return Ok(End::Lost("reader_hung")),
                Err(RecvTimeoutError::Timeout) => {
                    silence += 1;
                    take(None)?;
                    continue;
                }
            };
            silence = 0;
            match event {
                Event::Done(summary) => return Ok(End::Done(summary)),
                Event::Refused(refusal) => return Ok(End::Refused(refusal)),
                Event::SourceFailed(why) => {
                    let message = format!("the file could not be read: {why}");
                    return Err(AppError::field(ErrorCode::FileUnreadable, "file", message));
                }
                other => take(Some(other))?,
            }
        }
    }

    /// Out of time, or broken.
    #[cfg(unix)]
    fn why_it_died(&mut self) -> &'static str {
        use std::os::unix::process::ExitStatusExt as _;
        let signal = self.child.wait().ok().and_then(|status| status.signal());
        match signal {
            Some(libc::SIGXCPU | libc::SIGKILL) => "reader_out_of_time",
            Some(libc::SIGABRT) => "reader_out_of_memory",
            _ => "reader_broke_off",
        }
    }

    #[cfg(not(unix))]
    fn why_it_died(&mut self) -> &'static str {
        "reader_broke_off"
    }
}

impl Drop for ReadingProcess {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing of it stays.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_reader_that_says_nothing_is_ended_when_nobody_wants_it_any_more() {
        let child = Command::new("sleep").arg("600").spawn().unwrap();
        let (says, events) = mpsc::sync_channel(1);
        let silent = ReadingProcess { child, events };
        let mut asked = 0;
        let ended = silent.hear(|event| {
            assert!(event.is_none());
            asked += 1;
            if asked < 3 { Ok(()) } else { Err(AppError::new(ErrorCode::Cancelled, "")) }
        });
        assert_eq!((ended.unwrap_err().code, asked), (ErrorCode::Cancelled, 3));
        drop(says);
    }
}
