//! Files built to do harm, through the real reading process: each has a clear report, nothing is opened, unfolded or
//! written that should not be, and the next file is taken in as if nothing had been.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use super::Cli;
use super::formats::archive;

/// Name and bytes; how much is found and stored, what is left out, and the words that come of it.
type Case<'c> = (&'c str, Vec<u8>, [u64; 2], &'c [&'c str], &'c [&'c str]);

const GENUINE: &str =
    r#"<sms address="106980095188" date="1762732800000" type="1" body="请尽快还款" read="1" />"#;
const LINE: &str =
    r#"{"_id":"7","address":"106980095188","date":"1762732800000","type":"1","body":"请尽快还款"}"#;

fn backup(head: &str, body: &str) -> Vec<u8> {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>{head}\n<smses count=\"2\">\n\
         <sms address=\"1069\" date=\"1762732700000\" type=\"1\" body=\"{body}\" read=\"1\" />\n{GENUINE}\n</smses>\n"
    )
    .into_bytes()
}

/// Ten times ten times ten words, nine times over.
fn laughs() -> Vec<u8> {
    let mut entities = String::from("<!ENTITY a \"哈哈哈哈哈哈哈哈哈哈\">");
    for (one, next) in ('a'..'j').zip('b'..) {
        entities.push_str(&format!("<!ENTITY {next} \"{}\">", format!("&{one};").repeat(10)));
    }
    backup(&format!("<!DOCTYPE smses [{entities}]>"), "&j;")
}

/// An archive of archives that would unfold to far more than any disk holds, were somebody to unfold it.
fn forty_two() -> Vec<u8> {
    let mut inner = archive(&[("0.dll", &vec![0; 4 << 20])]);
    for _ in 0..3 {
        let names: Vec<String> = (0..16).map(|number| format!("lib {number}.zip")).collect();
        let entries: Vec<_> = names.iter().map(|name| (name.as_str(), inner.as_slice())).collect();
        inner = archive(&entries);
    }
    inner
}

/// Everything that lies around, but for what is inside the vault.
fn around(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && path.file_name() != Some("vault".as_ref()) {
                folders.push(path.clone());
            }
            found.insert(path);
        }
    }
    found
}

#[test]
fn what_is_built_to_do_harm_is_reported_and_harms_nothing() {
    let cli = Cli::new();
    let secret = cli.write("secret.txt", "不可外泄的一句".as_bytes());
    let external = format!("<!DOCTYPE smses [<!ENTITY x SYSTEM \"file://{}\">]>", secret.display());
    let slipped: [(&str, &[u8]); 5] = [
        ("messages.ndjson", LINE.as_bytes()),
        ("../../slipped.txt", b"out"),
        ("/tmp/ashore-slipped.txt", b"out"),
        ("data/../../slipped.txt", b"out"),
        ("C:\\slipped.txt", b"out"),
    ];
    let gbk = [b"<?xml version='1.0' encoding='UTF-8'?>\n<smses count=\"1\">\n".as_slice(), b"<sms address=\"1069\" date=\"1762732700000\" type=\"1\" body=\"\xc7\xeb\xbe\xa1\xbf\xec\xbb\xb9\xbf\xee\" />\n</smses>\n"].concat();
    let header = format!(
        "From: a@b.cn\r\nSubject: {}\r\nDate: Mon, 10 Nov 2025 09:00:00 +0800\r\n\r\n正文\r\n",
        "a".repeat(2 << 20)
    );
    let whole = backup("", "第一条");
    let cut = whole[..whole.len() - 40].to_vec();
    let spaces = vec![b' '; 17 << 20];
    let facts = cli.facts();
    let cases: [Case<'_>; 8] = [
        ("laughs.xml", laughs(), [2, 2], &[], &["&j;", "请尽快还款"]),
        ("external.xml", backup(&external, "前&x;后"), [2, 2], &[], &["前&x;后", "请尽快还款"]),
        ("slip.zip", archive(&slipped), [1, 1], &["unsafe_name"; 4], &["请尽快还款"]),
        ("forty-two.zip", forty_two(), [0, 0], &["unrecognised"], &[]),
        ("bomb.zip", archive(&[("messages.ndjson", &spaces)]), [0, 0], &["bomb"], &[]),
        ("header.eml", header.into_bytes(), [0, 0], &["header_too_large"], &[]),
        ("gbk.xml", gbk, [1, 1], &[], &["请尽快还款"]),
        ("cut.xml", cut, [2, 1], &["cut_off"], &["第一条"]),
    ];
    for (name, bytes, [found, stored], left_out, words) in cases {
        let cli = Cli { home: tempfile::tempdir_in(cli.home.path()).unwrap() };
        cli.ok(&["vault", "create"]);
        let file = cli.write(name, &bytes);
        let before = around(super_folder(&cli));
        #[allow(clippy::disallowed_methods)] // a file that keeps its reader busy without end is a harm too
        let begun = std::time::Instant::now();
        let report = cli.import(&file, &[], i32::from(!left_out.is_empty()));
        assert!(begun.elapsed() < Duration::from_secs(30), "{name}: {:?}", begun.elapsed());
        assert_eq!(
            [&report["found"], &report["stored"]],
            [&json!(found), &json!(stored)],
            "{name}: {report}"
        );
        let reasons: Vec<&Value> =
            report["left_out"].as_array().unwrap().iter().map(|one| &one["reason"]).collect();
        assert_eq!(reasons, left_out, "{name}");
        for words in words {
            assert_eq!(cli.ids(words).len(), 1, "{name}: {words}");
        }
        for unfolded in [("external.xml", "外泄"), ("laughs.xml", "哈哈")] {
            assert!(unfolded.0 != name || cli.ids(unfolded.1).is_empty(), "{name}");
        }
        assert_eq!(cli.facts(), facts + if stored > 0 { stored + 1 } else { 0 }, "{name}");
        assert_eq!(around(super_folder(&cli)), before, "{name}: something was written beside the vault");
        assert_eq!(fs::read(&file).unwrap(), bytes, "{name}: the file itself is as it was");
        let objects = cli.home.path().join("vault/objects/tmp");
        assert_eq!(fs::read_dir(objects).map_or(0, Iterator::count), 0, "{name}: no copy is left behind");
        let genuine = cli.write("genuine.xml", &backup("", "另一条"));
        assert_eq!(cli.import(&genuine, &[], 0)["found"], 2, "{name}: the next file is taken in");
        assert_eq!(cli.ok(&["vault", "check"])["whole"], true, "{name}");
    }
    assert!(!Path::new("/tmp/ashore-slipped.txt").exists());
}

/// Two folders up from the vault: as far as the archive tries to reach.
fn super_folder(cli: &Cli) -> &Path {
    cli.home.path().parent().unwrap()
}
