//! Files taken in through the command line, by the real reading process.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const PASSPHRASE: &str = "一只很普通的通行短语";
const NOW: &str = "2026-11-18T09:30:00+08:00";

struct Cli {
    home: tempfile::TempDir,
}

impl Cli {
    fn new() -> Self {
        let cli = Self { home: tempfile::tempdir().unwrap() };
        cli.ok(&["vault", "create"]);
        cli
    }

    fn run(&self, args: &[&str], data: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ashore-cli"));
        command.env("ASHORE_PASSPHRASE", PASSPHRASE).args(["--json", "--now", NOW, "--vault"]);
        command.arg(self.home.path().join("vault")).args(args);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(data.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    fn exits(&self, args: &[&str], status: i32) -> Value {
        let output = self.run(args, "");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(status), "{args:?}: {said}");
        serde_json::from_slice(if output.stdout.is_empty() { &output.stderr } else { &output.stdout })
            .unwrap()
    }

    fn ok(&self, args: &[&str]) -> Value {
        self.exits(args, 0)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.home.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn import(&self, file: &Path, more: &[&str], status: i32) -> Value {
        let mut args = vec!["import", file.to_str().unwrap()];
        args.extend(more);
        self.exits(&args, status)["files"][0].take()
    }

    fn ids(&self, query: &str) -> Vec<String> {
        serde_json::from_value(self.ok(&["search", query])["ids"].take()).unwrap()
    }

    fn facts(&self) -> u64 {
        let info = self.ok(&["vault", "info"]);
        let facts = &info["facts"];
        facts.as_u64().or_else(|| facts.as_str()?.parse().ok()).unwrap()
    }
}

/// Four messages, the last twice; an emoji split in two, and one message that says no time.
const MESSAGES: &str = r#"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="6">
  <sms protocol="0" address="106980095188" date="1762732800000" type="1" subject="null" body="【戊山小贷】您的借款已逾期3天，请尽快處理 &#55357;&#56832;" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" contact_name="(Unknown)" />
  <sms protocol="0" address="13800000417" date="1762732900000" type="2" subject="null" body="我想协商还款" read="1" status="-1" locked="0" contact_name="王经理" />
  <sms protocol="0" address="13800000417" date="1762733000000" type="1" subject="null" body="可以分18期" read="1" status="-1" locked="0" contact_name="王经理" />
  <sms protocol="0" address="95588" date="1762733100000" type="1" subject="null" body="工资到账5,000.00元" read="1" status="-1" locked="0" contact_name="null" />
  <sms protocol="0" address="95588" date="1762733100000" type="1" subject="null" body="工资到账5,000.00元" read="1" status="-1" locked="0" contact_name="null" />
  <sms protocol="0" address="95588" type="1" subject="null" body="没有时间" read="1" status="-1" locked="0" contact_name="null" />
</smses>
"#;

#[test]
fn a_backup_is_looked_at_taken_in_once_and_found() {
    let cli = Cli::new();
    let file = cli.write("sms-20251110.xml", MESSAGES.as_bytes());
    let before = cli.facts();

    let seen = cli.import(&file, &["--dry-run"], 1);
    let counts =
        |report: &Value| ["found", "stored", "duplicates"].map(|name| report[name].as_u64().unwrap());
    assert_eq!(counts(&seen), [6, 4, 1]);
    assert_eq!(seen["left_out"][0]["reason"], "time_missing");
    assert!(seen["left_out"][0]["where"].as_str().unwrap().contains('6'), "{seen}");
    assert_eq!(cli.facts(), before, "looking stores nothing");

    let taken = cli.import(&file, &[], 1);
    assert_eq!(taken, seen, "what is taken is what was shown");
    let again = cli.import(&file, &[], 1);
    assert_eq!(counts(&again), [6, 0, 5]);
    assert_eq!(cli.facts(), before + 5, "four messages and the file");

    let [late] = &cli.ids("處理")[..] else { panic!("one message") };
    assert_eq!(cli.ids("处理"), std::slice::from_ref(late));
    assert_eq!(cli.ids("😀").len(), 1, "the split emoji is whole");
    let [second, first] = &cli.ids("13800000417")[..] else { panic!("two messages") };
    let shown = cli.ok(&["evidence", "show", second]);
    assert_eq!(
        (shown["details"]["body"].as_str(), shown["direction"].as_str()),
        (Some("可以分18期"), Some("incoming"))
    );
    assert_eq!(shown["at"], "2025-11-10T08:03:20+08:00");
    assert_eq!(cli.ok(&["evidence", "show", first])["people"][0]["name"], "王经理");
    assert_eq!(cli.ok(&["evidence", "verify"])["whole"], true);
    assert_eq!(cli.ok(&["vault", "check"])["whole"], true);
}

#[test]
fn a_mail_is_kept_with_its_file_and_a_record_can_be_amended_attached_to_and_deleted() {
    let cli = Cli::new();
    let mail = "From: =?UTF-8?B?5a6i5pyN?= <kf@example.cn>\r\nTo: me@example.cn\r\nSubject: =?UTF-8?B?5YiG5pyf5pa55qGI?=\r\n\
        Date: Mon, 10 Nov 2025 09:00:00 +0800\r\nMessage-ID: <1@example.cn>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n同意延期两个月\r\n";
    let file = cli.write("无名.dat", mail.as_bytes());
    let report = cli.import(&file, &[], 0);
    assert_eq!((report["format"].as_str(), report["stored"].as_u64()), (Some("eml"), Some(1)));
    let [id] = &cli.ids("延期")[..] else { panic!("one mail") };
    let shown = cli.ok(&["evidence", "show", id]);
    assert_eq!(shown["details"]["subject"], "分期方案");
    let attachment = shown["files"][0]["id"].as_str().unwrap();
    let copy = cli.home.path().join("copy.eml");
    cli.ok(&["attachment", "get", attachment, "-o", copy.to_str().unwrap()]);
    assert_eq!(std::fs::read(&copy).unwrap(), mail.as_bytes(), "byte for byte");

    let output =
        cli.run(&["evidence", "amend", id, "--data", "-"], r#"{"summary": "同意延期", "tags": ["要紧"]}"#);
    let amended: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (amended["corrects"].as_str(), amended["files"][0]["id"].as_str()),
        (Some(id.as_str()), Some(attachment))
    );
    assert_eq!(
        cli.ids("两个月"),
        [amended["id"].as_str().unwrap()],
        "the correction is found, the old one not"
    );
    let refused = cli.run(&["evidence", "amend", id, "--data", "-"], r#"{"summary": "又改"}"#);
    assert_eq!(refused.status.code(), Some(2), "a record is corrected once");

    let scan = cli.write("扫描.txt", "信封".as_bytes());
    let with = cli.ok(&["attach", scan.to_str().unwrap(), "--to", amended["id"].as_str().unwrap()]);
    assert_eq!(with["files"].as_array().unwrap().len(), 2);
    let last = with["id"].as_str().unwrap();
    let gone = cli.ok(&["evidence", "remove", last, "--reason", "误存"]);
    assert_eq!((gone["removed"].as_str(), gone["details"]["body"].as_str()), (Some("误存"), Some("")));
    assert!(cli.ids("延期").is_empty());
    for file in with["files"].as_array().unwrap() {
        let to = cli.home.path().join("x");
        cli.exits(&["attachment", "get", file["id"].as_str().unwrap(), "-o", to.to_str().unwrap()], 2);
    }
    assert_eq!(cli.ok(&["evidence", "verify"])["whole"], true, "the chain still verifies");
    assert_eq!(cli.ok(&["vault", "check"])["whole"], true);
    let again = cli.import(&file, &[], 0);
    assert_eq!(
        (again["stored"].as_u64(), again["duplicates"].as_u64()),
        (Some(0), Some(1)),
        "what was deleted stays so"
    );
}

#[test]
fn what_is_no_file_of_ours_is_refused_with_its_reason_and_costs_nothing() {
    let cli = Cli::new();
    let before = cli.facts();
    let nested: String = "Content-Type: message/rfc822\n\n".repeat(40_000);
    for (name, bytes, reason) in [
        ("empty.xml", Vec::new(), "empty"),
        ("noise.bin", vec![0xA5; 5000], "unrecognised"),
        ("deep.eml", format!("From: a@b.cn\nSubject: x\n{nested}").into_bytes(), "too_deep"),
    ] {
        let file = cli.write(name, &bytes);
        let report = cli.import(&file, &[], 1);
        assert_eq!(report["left_out"][0], json!({"where": "file", "reason": reason}), "{name}: {report}");
        assert_eq!(report["stored"], 0);
    }
    assert_eq!(cli.exits(&["import", "/no/such/file"], 2)["error"]["code"], "file_unreadable");
    assert_eq!(cli.facts(), before);
    let objects = cli.home.path().join("vault/objects/tmp");
    assert!(std::fs::read_dir(objects).map_or(0, Iterator::count) == 0, "no copy is left behind");
}
