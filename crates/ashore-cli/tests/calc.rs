//! `calc` as a script sees it: streams, exit statuses, order, and memory that does not grow.
#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_ashore-cli");

fn calc(question: &str, input: &str) -> Output {
    let mut run = Command::new(PROGRAM)
        .args(["calc", question])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    run.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    run.wait_with_output().unwrap()
}

#[test]
fn the_exit_status_says_whether_a_line_was_refused() {
    for (input, status) in [
        ("", 0),
        ("\n\n", 0),
        ("{\"period\":\"month\",\"flows\":[\"1\",\"1\"]}\n", 0),
        ("{\"period\":\"month\",\"flows\":[\"1\",\"-2\",\"1\"]}", 0),
        ("nonsense\n{\"period\":\"month\",\"flows\":[\"1\",\"-2\"]}\n", 1),
    ] {
        let output = calc("cost", input);
        assert_eq!(output.status.code(), Some(status), "{input}");
        assert!(output.stderr.is_empty());
        let asked = input.lines().filter(|line| !line.trim().is_empty()).count();
        assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), asked);
    }
    for usage in [&["calc"][..], &["calc", "weather"], &["sail"], &[]] {
        let output = Command::new(PROGRAM).args(usage).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{usage:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty());
    }
    assert_eq!(Command::new(PROGRAM).arg("--help").output().unwrap().status.code(), Some(0));
}

fn question(id: usize) -> String {
    format!(
        "{{\"id\":{id},\"loan\":{{\"principal\":\"30000\",\"disbursed_on\":\"2025-01-15\",\"method\":\"equal_installment\",\
         \"rate\":{{\"value\":\"0.18\",\"per\":\"year\"}},\"terms\":36,\"first_due\":\"2025-02-15\"}}}}\n"
    )
}

/// Ten thousand questions take no more memory than a thousand.
#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_input() {
    let mut run = Command::new(PROGRAM)
        .args(["calc", "schedule"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = run.stdin.take().unwrap();
    let mut answers = BufReader::new(run.stdout.take().unwrap()).lines();
    let reader = std::thread::spawn(move || {
        let mut count = 0;
        while let Some(Ok(line)) = answers.next() {
            assert!(line.starts_with(&format!("{{\"id\":{count},")), "{line}");
            count += 1;
        }
        count
    });
    let peak = || -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", run.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    for id in 0..1_000 {
        input.write_all(question(id).as_bytes()).unwrap();
    }
    let early = peak();
    for id in 1_000..10_000 {
        input.write_all(question(id).as_bytes()).unwrap();
    }
    let late = peak();
    drop(input);
    assert_eq!(reader.join().unwrap(), 10_000);
    assert!(run.wait().unwrap().success());
    assert!(late <= early + 1_024, "{early} kB after a thousand lines, {late} kB after ten thousand");
}
