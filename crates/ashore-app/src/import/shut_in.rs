//! What a process that reads foreign bytes gives up for good before the first of them.

/// Gives up everything that reading does not need: memory and time beyond a bound, any byte into any file, and on Linux
/// every call of the system but those of a short list. `size` is that of the file; a larger one may take longer.
///
/// A kernel that knows no such lists keeps the bounds alone; a list refused for any other reason is an error.
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
    let program = linux::allowed()?;
    linux::unless_unknown(seccompiler::apply_filter(&program))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn shut_in(_size: u64) -> Result<(), Box<dyn std::error::Error>> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;
    use std::error::Error;

    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule,
    };

    /// Bytes that lie open already, memory, time, chance, and the end. Whatever is not here is answered with "not
    /// permitted" and goes on: a library that tries something newer first falls back to what it knows.
    const PLAIN: [i64; 30] = [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_pread64,
        libc::SYS_lseek,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_clock_gettime,
        libc::SYS_clock_getres,
        libc::SYS_clock_nanosleep,
        libc::SYS_gettimeofday,
        libc::SYS_getrandom,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_ppoll,
        libc::SYS_getpid,
        libc::SYS_gettid,
    ];

    /// The list as the kernel takes it.
    pub(super) fn allowed() -> Result<BpfProgram, Box<dyn Error>> {
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
            PLAIN.into_iter().map(|call| (call, Vec::new())).collect();
        let only = |place, op, value| {
            SeccompCondition::new(place, SeccompCmpArgLen::Dword, op, value)
                .and_then(|condition| SeccompRule::new(vec![condition]))
        };
        // Memory that can be run would let bytes become a program.
        let run = u64::from(libc::PROT_EXEC.unsigned_abs());
        for call in [libc::SYS_mmap, libc::SYS_mprotect] {
            rules.insert(call, vec![only(2, SeccompCmpOp::MaskedEq(run), 0)?]);
        }
        // Ending oneself, as an exhausted memory does; nobody else.
        rules.insert(libc::SYS_tgkill, vec![only(0, SeccompCmpOp::Eq, std::process::id().into())?]);
        let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let here = std::env::consts::ARCH.try_into()?;
        Ok(SeccompFilter::new(rules, denied, SeccompAction::Allow, here)?.try_into()?)
    }

    /// A kernel built without such lists answers that it knows no such call or argument; the bounds stand there alone.
    pub(super) fn unless_unknown(applied: Result<(), seccompiler::Error>) -> Result<(), Box<dyn Error>> {
        match applied {
            Err(seccompiler::Error::Prctl(why) | seccompiler::Error::Seccomp(why))
                if matches!(why.raw_os_error(), Some(libc::ENOSYS | libc::EINVAL)) =>
            {
                Ok(())
            }
            applied => Ok(applied?),
        }
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;
