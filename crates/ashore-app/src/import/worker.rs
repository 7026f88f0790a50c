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

use crate::{AppError, ErrorCode};

/// The argument that makes this program a reader of one file.
const READ: &str = "--read-foreign-file";

/// The longest silence: a reader that says nothing for so long hangs.
const SILENCE: Duration = Duration::from_secs(60);

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

/// Gives up everything that reading does not need, for good.
#[cfg(target_os = "linux")]
pub(crate) fn shut_in(size: u64) -> Result<(), Box<dyn std::error::Error>> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    const MEMORY: u64 = 1 << 30;
    // A second for every half megabyte, and time to begin with.
    let seconds = 60 + size / (512 * 1024);
    let limit = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    for (resource, most) in [
        (Resource::Data, MEMORY),
        (Resource::Cpu, seconds),
        // Not a byte into any file, no dump of memory, no child.
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Nproc, 0),
    ] {
        setrlimit(resource, limit(most))?;
    }
    filter()
}

/// Takes away the calls that open, connect and start. A system without such filters keeps the limits.
#[cfg(target_os = "linux")]
fn filter() -> Result<(), Box<dyn std::error::Error>> {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    use std::collections::BTreeMap;

    let refused = [
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_sendto,
        libc::SYS_sendmsg,
        libc::SYS_io_uring_setup,
        libc::SYS_execve,
        libc::SYS_execveat,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_kill,
        libc::SYS_openat,
        libc::SYS_openat2,
        libc::SYS_unlinkat,
        libc::SYS_renameat2,
        libc::SYS_mkdirat,
        libc::SYS_linkat,
        libc::SYS_symlinkat,
        libc::SYS_fchmodat,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_open,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_creat,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_fork,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_vfork,
    ];
    let rules: BTreeMap<i64, Vec<seccompiler::SeccompRule>> =
        refused.into_iter().map(|call| (call, Vec::new())).collect();
    let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, denied, std::env::consts::ARCH.try_into()?)?;
    let program: BpfProgram = filter.try_into()?;
    drop(seccompiler::apply_filter(&program));
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn shut_in(_size: u64) -> Result<(), Box<dyn std::error::Error>> {
    Ok(())
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

    /// Hands over everything the reader says, until it has said all.
    ///
    /// # Errors
    /// Whatever `take` refuses with; the reader is stopped then.
    pub(super) fn hear(
        mut self,
        mut take: impl FnMut(Event) -> Result<(), AppError>,
    ) -> Result<End, AppError> {
        loop {
            let event = match self.events.recv_timeout(SILENCE) {
                Ok(Ok(Some(event))) => event,
                Ok(Ok(None)) | Err(RecvTimeoutError::Disconnected) => {
                    return Ok(End::Lost("reader_broke_off"));
                }
                Ok(Err(FrameError::BrokeOff | FrameError::Pipe(_))) => {
                    return Ok(End::Lost(self.why_it_died()));
                }
                Ok(Err(_)) => return Ok(End::Lost("reader_talked_nonsense")),
                Err(RecvTimeoutError::Timeout) => return Ok(End::Lost("reader_hung")),
            };
            match event {
                Event::Done(summary) => return Ok(End::Done(summary)),
                Event::Refused(refusal) => return Ok(End::Refused(refusal)),
                Event::SourceFailed(why) => {
                    let message = format!("the file could not be read: {why}");
                    return Err(AppError::field(ErrorCode::FileUnreadable, "file", message));
                }
                other => take(other)?,
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
