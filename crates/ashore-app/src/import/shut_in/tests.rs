use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::os::fd::AsFd as _;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::*;

/// Names the folder that the inner process tries to harm.
const INSIDE: &str = "ASHORE_TEST_SHUT_IN";

/// Every attempt with what came of it; the process is shut in before the first.
#[allow(clippy::disallowed_methods, clippy::disallowed_types)] // a network is what it must not reach
fn attempts(folder: &Path) -> BTreeMap<&'static str, io::Result<()>> {
    let (kept, other, empty) = (folder.join("kept"), folder.join("other"), folder.join("empty"));
    let mut open = File::from(io::stdin().as_fd().try_clone_to_owned().unwrap());
    let parent = rustix::process::getppid().unwrap();
    let nobody = folder.join("no-such-socket");
    shut_in(0).unwrap();

    let mut memory = vec![1u8; 64 << 20];
    open.read_exact(&mut memory[..4]).expect("what lies open is read");
    assert_eq!(&memory[..4], b"kept");
    BTreeMap::from([
        ("open", File::open(&kept).map(drop)),
        ("create", File::create(&other).map(drop)),
        ("look at", fs::metadata(&kept).map(drop)),
        ("list", fs::read_dir(folder).map(drop)),
        ("unlink", fs::remove_file(&kept)),
        ("rename", fs::rename(&kept, &other)),
        ("truncate", truncate(&kept)),
        ("shorten", open.set_len(0)),
        ("chmod", fs::set_permissions(&kept, PermissionsExt::from_mode(0o777))),
        ("chmod open", open.set_permissions(PermissionsExt::from_mode(0o777))),
        ("date", open.set_modified(std::time::UNIX_EPOCH)),
        ("mkdir", fs::create_dir(&other)),
        ("rmdir", fs::remove_dir(&empty)),
        ("link", fs::hard_link(&kept, &other)),
        ("symlink", symlink(&kept, &other)),
        ("go elsewhere", std::env::set_current_dir("/")),
        ("socket pair", UnixStream::pair().map(drop)),
        ("socket", UnixDatagram::unbound().map(drop)),
        ("connect", UnixStream::connect(nobody).map(drop)),
        ("network", std::net::UdpSocket::bind("127.0.0.1:0").map(drop)),
        ("start", Command::new("/bin/true").status().map(drop)),
        ("become", Err(Command::new("/bin/true").exec())),
        ("thread", std::thread::Builder::new().spawn(|| ()).map(drop)),
        ("signal", rustix::process::test_kill_process(parent).map_err(Into::into)),
    ])
}

/// By path; the standard library has no such call.
#[allow(unsafe_code)]
fn truncate(path: &Path) -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt as _;
    let path = std::ffi::CString::new(path.as_os_str().as_bytes()).unwrap();
    // SAFETY: the path is a C string and outlives the call.
    let done = unsafe { libc::truncate(path.as_ptr(), 0) };
    if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Runs twice: as the test, and inside the process that the test starts.
#[test]
fn a_process_that_is_shut_in_can_open_make_remove_and_start_nothing() {
    if let Some(folder) = std::env::var_os(INSIDE) {
        let done = attempts(Path::new(&folder));
        let refused =
            |done: &io::Result<()>| done.as_ref().is_err_and(|why| why.kind() == ErrorKind::PermissionDenied);
        let through: Vec<_> = done.iter().filter(|(_, done)| !refused(done)).collect();
        assert!(through.is_empty(), "not refused: {through:?}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    fs::write(&kept, "kept as it was").unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let before = fs::metadata(&kept).unwrap();
    let inside = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture"])
        .arg("import::shut_in::tests::a_process_that_is_shut_in_can_open_make_remove_and_start_nothing")
        .env(INSIDE, folder.path())
        .stdin(File::options().read(true).write(true).open(&kept).unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = [inside.stdout, inside.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(inside.status.success() && said.contains("1 passed"), "{said}");
    let mut left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["empty", "kept"]);
    let after = fs::metadata(&kept).unwrap();
    assert_eq!(fs::read(&kept).unwrap(), b"kept as it was");
    let about = |of: fs::Metadata| (of.permissions().mode(), of.modified().unwrap());
    assert_eq!(about(after), about(before));
}

#[test]
fn only_a_kernel_that_knows_no_such_lists_does_without() {
    let answered = |code| seccompiler::Error::Seccomp(io::Error::from_raw_os_error(code));
    for code in [libc::ENOSYS, libc::EINVAL] {
        assert!(linux::unless_unknown(Err(answered(code))).is_ok());
    }
    for code in [libc::EPERM, libc::EACCES, libc::ENOMEM, libc::EFAULT] {
        assert!(linux::unless_unknown(Err(answered(code))).is_err(), "{code}");
    }
    assert!(linux::unless_unknown(Err(seccompiler::Error::ThreadSync(1))).is_err());
    assert!(linux::unless_unknown(Err(seccompiler::Error::EmptyFilter)).is_err());
    assert!(linux::unless_unknown(Ok(())).is_ok());
}
