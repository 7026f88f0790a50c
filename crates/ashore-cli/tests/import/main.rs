//! Files taken in through the command line, by the real reading process.
#![allow(clippy::unwrap_used, clippy::panic)] // in helpers of tests too

mod formats;
mod hostile;

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

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ashore-cli"));
        command.env("ASHORE_PASSPHRASE", PASSPHRASE).args(["--json", "--now", NOW, "--vault"]);
        command.arg(self.home.path().join("vault"));
        command
    }

    fn run(&self, args: &[&str], data: &str) -> Output {
        let mut command = self.command();
        command.args(args);
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
    let how = shown["extraction"].clone();
    assert_eq!((how["tool"].as_str(), how["app"].as_str()), (Some("eml"), Some("Ashore")));
    assert_eq!(how["app_version"], env!("CARGO_PKG_VERSION"), "all crates have one version");
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
    assert_eq!(with["extraction"], how, "how it was obtained stays with it");
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

#[test]
fn a_table_of_unknown_origin_is_read_once_somebody_says_which_column_is_what() {
    let cli = Cli::new();
    let file = cli.write(
        "我的账.csv",
        "记账本\n天,钱,人,说明\n2025-11-10,-1418.39,示例消金,还款\n2025-11-11,20,甲,\n".as_bytes(),
    );
    let asked = cli.import(&file, &[], 1);
    assert_eq!(asked["left_out"][0], json!({"where": "file", "reason": "mapping_needed"}));
    assert_eq!(asked["sheets"][0]["columns"], json!(["天", "钱", "人", "说明"]));
    assert_eq!(asked["sheets"][0]["rows"][0][1], "-1418.39");

    let mapping =
        cli.write("m.json", r#"{"date":"天","amount":"钱","counterparty":"人","note":"说明"}"#.as_bytes());
    let mapping = mapping.to_str().unwrap();
    let seen = cli.import(&file, &["--mapping", mapping, "--dry-run"], 0);
    assert_eq!((seen["found"].as_u64(), seen["stored"].as_u64()), (Some(2), Some(2)), "{seen}");
    let taken = cli.import(&file, &["--mapping", mapping], 0);
    assert_eq!(taken["stored"], 2);
    let [id] = &cli.ids("示例消金")[..] else { panic!("one payment") };
    let shown = cli.ok(&["evidence", "show", id]);
    assert_eq!(
        (shown["details"]["amount"].as_str(), shown["direction"].as_str()),
        (Some("1418.39"), Some("outgoing"))
    );
    assert_eq!(cli.import(&file, &["--mapping", mapping], 0)["duplicates"], 2);

    let file = file.to_str().unwrap();
    for (text, code, field) in [
        (r#"{"amount":"钱"}"#, "field_missing", "mapping.date"),
        (r#"{"date":"天"}"#, "field_missing", "mapping.amount"),
        (r#"{"date":"天","amount":"钱","colour":"x"}"#, "bad_request", "--mapping"),
        ("not json", "bad_request", "--mapping"),
    ] {
        let mapping = cli.write("bad.json", text.as_bytes());
        let refused = cli.exits(&["import", file, "--mapping", mapping.to_str().unwrap()], 2);
        assert_eq!(
            (refused["error"]["code"].as_str(), refused["error"]["field"].as_str()),
            (Some(code), Some(field))
        );
    }
    let mapping = cli.write("other.json", r#"{"date":"天","amount":"没有这一列"}"#.as_bytes());
    let report = cli.import(Path::new(file), &["--mapping", mapping.to_str().unwrap()], 1);
    assert_eq!(report["left_out"][0]["reason"], "column_missing");
}

/// So many messages that taking them in lasts a while.
const MANY: u64 = 1_500;

fn many() -> String {
    let mut text = format!("<smses count=\"{MANY}\">\n");
    for n in 0..MANY {
        let (at, words) =
            (1_762_732_800_000 + n * 60_000, "您的借款已逾期，请尽快处理，详情请登录查看。".repeat(3));
        text.push_str(&format!(
            "<sms address=\"1069{n:06}\" date=\"{at}\" type=\"1\" body=\"第{n}条：{words}\" />\n"
        ));
    }
    text + "</smses>\n"
}

/// What is there afterwards: nothing of the file, or all of it; and the vault is whole either way.
fn all_or_nothing(cli: &Cli, before: u64) -> bool {
    let facts = cli.facts();
    assert!(facts == before || facts == before + MANY + 1, "{facts} facts, {before} before");
    assert_eq!(cli.ok(&["evidence", "verify"])["whole"], true);
    assert_eq!(cli.ok(&["vault", "check"])["whole"], true);
    let objects = cli.home.path().join("vault/objects/tmp");
    assert!(std::fs::read_dir(objects).map_or(0, Iterator::count) == 0, "no copy is left behind");
    facts > before
}

#[test]
fn a_process_killed_while_taking_a_file_in_has_taken_all_of_it_or_nothing() {
    let cli = Cli::new();
    let file = cli.write("many.xml", many().as_bytes());
    let (vault, empty) = (cli.home.path().join("vault"), cli.home.path().join("empty"));
    copy(&vault, &empty);
    let before = cli.facts();
    #[allow(clippy::disallowed_methods)] // kills are spread over how long it takes here
    let begun = std::time::Instant::now();
    assert_eq!(cli.import(&file, &[], 0)["stored"], MANY);
    let whole = begun.elapsed();
    let mut nothing = 0;
    for step in 1..9 {
        std::fs::remove_dir_all(&vault).unwrap();
        copy(&empty, &vault);
        let mut child =
            cli.command().args(["import", file.to_str().unwrap()]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * step / 9);
        child.kill().unwrap();
        child.wait().unwrap();
        nothing += u32::from(!all_or_nothing(&cli, before));
    }
    assert!(nothing > 2, "only {nothing} of 8 kills came in time");
    assert_eq!(cli.import(&file, &[], 0)["found"], MANY, "and it can be taken in after that");
}

/// A limit on the size of files stands for a disk that has no more room: writing fails in the middle.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_leaves_the_vault_as_it_was() {
    let cli = Cli::new();
    let file = cli.write("many.xml", many().as_bytes());
    let before = cli.facts();
    let mut refused = 0;
    for kilobytes in ["200", "400", "700", "1500", "3000"] {
        let program = env!("CARGO_BIN_EXE_ashore-cli");
        let mut limited = Command::new("bash");
        limited.args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", kilobytes, program]);
        let vault = cli.home.path().join("vault");
        limited.args(["--json", "--now", NOW, "--vault"]).arg(&vault).arg("import").arg(&file);
        let output = limited.env("ASHORE_PASSPHRASE", PASSPHRASE).output().unwrap();
        let taken = all_or_nothing(&cli, before);
        if taken {
            assert_eq!(output.status.code(), Some(0), "{output:?}");
            break;
        }
        refused += 1;
        assert_eq!(output.status.code(), Some(4), "{kilobytes} KiB: {output:?}");
        let said: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert!(!said["error"]["message"].as_str().unwrap().is_empty(), "{said}");
    }
    assert!(refused > 1, "only {refused} limits were reached");
    assert_eq!(cli.import(&file, &[], 0)["found"], MANY, "and it can be taken in once there is room");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { std::fs::copy(&from, &to).map(drop).unwrap() }
    }
}
