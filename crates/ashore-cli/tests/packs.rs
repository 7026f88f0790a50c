//! A pack from the command line, verified by strangers' tools: sha256sum, bagit, openssl with a throw-away timestamp
//! authority, the Python script in the pack, and `verify-pack`.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn cli(home: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ashore-cli"))
        .env("ASHORE_PASSPHRASE", "一只很普通的通行短语")
        .current_dir(home)
        .args(["--json", "--now", NOW, "--vault"])
        .arg(home.join("vault"))
        .args(args)
        .output()
        .unwrap()
}

fn ok(home: &Path, args: &[&str]) -> Value {
    let output = cli(home, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn tool(folder: &Path, program: impl AsRef<std::ffi::OsStr>, args: &[&str]) -> Output {
    Command::new(program).current_dir(folder).args(args).output().unwrap()
}

fn passes(folder: &Path, program: impl AsRef<std::ffi::OsStr>, args: &[&str]) {
    let output = tool(folder, program, args);
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&said));
}

/// Installed by scripts/setup.sh beside the build.
fn bagit() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("tools/python/bin/bagit.py")
}

/// A timestamp authority for one test.
fn authority(folder: &Path) {
    let config = "[tsa]\ndefault_tsa = here\n[here]\nserial = serial\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\n\
                  digests = sha256\nordering = no\ntsa_name = yes\naccuracy = secs:1\n";
    let extensions = "[ext]\nextendedKeyUsage = critical,timeStamping\n";
    std::fs::write(folder.join("tsa.cnf"), config).unwrap();
    std::fs::write(folder.join("ext.cnf"), extensions).unwrap();
    std::fs::write(folder.join("serial"), "01\n").unwrap();
    passes(
        folder,
        "openssl",
        &[
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-subj",
            "/CN=Test CA",
            "-days",
            "3650",
        ],
    );
    passes(
        folder,
        "openssl",
        &[
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "tsa.key",
            "-out",
            "tsa.csr",
            "-subj",
            "/CN=Test TSA",
        ],
    );
    passes(
        folder,
        "openssl",
        &[
            "x509",
            "-req",
            "-in",
            "tsa.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-out",
            "tsa.pem",
            "-days",
            "3650",
            "-extfile",
            "ext.cnf",
            "-extensions",
            "ext",
        ],
    );
}

fn answer(folder: &Path, query: &str, response: &str) {
    passes(
        folder,
        "openssl",
        &[
            "ts",
            "-reply",
            "-config",
            "tsa.cnf",
            "-queryfile",
            query,
            "-inkey",
            "tsa.key",
            "-signer",
            "tsa.pem",
            "-out",
            response,
        ],
    );
}

#[test]
fn strangers_verify_a_pack_with_their_own_tools() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path();
    ok(home, &["demo"]);
    authority(home);

    let asked = ok(home, &["anchor", "request", "-o", "head.tsq"]);
    passes(home, "openssl", &["ts", "-query", "-in", "head.tsq", "-text"]);
    answer(home, "head.tsq", "head.tsr");
    // Answers that are none of ours are refused and nothing is kept.
    passes(
        home,
        "openssl",
        &["ts", "-query", "-digest", &"ab".repeat(32), "-sha256", "-cert", "-out", "other.tsq"],
    );
    answer(home, "other.tsq", "other.tsr");
    passes(
        home,
        "openssl",
        &["ts", "-query", "-digest", asked["digest"].as_str().unwrap(), "-sha256", "-out", "nonce.tsq"],
    );
    answer(home, "nonce.tsq", "nonce.tsr");
    std::fs::write(home.join("junk.tsr"), b"<html>").unwrap();
    for refused in ["other.tsr", "nonce.tsr", "junk.tsr"] {
        let output = cli(home, &["anchor", "import", refused]);
        assert_eq!(output.status.code(), Some(1), "{refused}");
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert_eq!(error["error"]["code"], "anchor_refused", "{refused}");
    }
    let kept = ok(home, &["anchor", "import", "head.tsr"]);
    assert_eq!((&kept["digest"], &kept["authority"]), (&asked["digest"], &Value::from("Test TSA")));
    assert_eq!(ok(home, &["anchor", "import", "head.tsr"]), kept, "kept once");
    let anchors = ok(home, &["anchor", "list"]);
    assert_eq!((anchors["anchors"].as_array().unwrap().len(), &anchors["waiting"]), (1, &Value::Null));

    let loans = ok(home, &["loan", "list"]);
    let loan = loans["loans"][0]["id"].as_str().unwrap();
    let whole = ok(home, &["export", "pack", "-o", "whole", "--zip"]);
    ok(home, &["export", "pack", "-o", "chosen", "--loan", loan]);
    ok(home, &["export", "pack", "-o", "masked", "--loan", loan, "--masked"]);
    ok(home, &["export", "pack", "-o", "both", "--masked", "--originals"]);
    assert_eq!(whole["anchors"], 1);
    for pack in ["whole", "chosen", "masked", "both"] {
        let folder = home.join(pack);
        passes(&folder, "sha256sum", &["-c", "--quiet", "tagmanifest-sha256.txt"]);
        passes(&folder, "sha256sum", &["-c", "--quiet", "manifest-sha256.txt"]);
        passes(home, bagit(), &["--validate", pack]);
        passes(&folder, "python3", &["-B", "verify.py"]);
        for signed in ["tagmanifest-sha256.txt", "data/head.json"] {
            let signature = format!("{signed}.sig");
            passes(
                &folder,
                "openssl",
                &[
                    "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", signed, "-sigfile",
                    &signature,
                ],
            );
        }
        let anchor = "data/anchors/0001/head.json";
        passes(
            &folder,
            "openssl",
            &["ts", "-verify", "-data", anchor, "-in", &format!("{anchor}.tsr"), "-CAfile", "../ca.pem"],
        );
        let verdict = ok(home, &["verify-pack", pack]);
        assert_eq!((&verdict["whole"], &verdict["first_break"]), (&Value::from(true), &Value::Null));
        assert_eq!(verdict["anchors"][0]["entries"], asked["entries"]);
    }
    assert_eq!(ok(home, &["verify-pack", "whole.zip"])["whole"], true);

    // The same changes are refused by all of them.
    let records = home.join("chosen/data/records.jsonl");
    let mut bytes = std::fs::read(&records).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&records, bytes).unwrap();
    let output = cli(home, &["verify-pack", "chosen"]);
    assert_eq!(output.status.code(), Some(1));
    let verdict: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(verdict["whole"], false);
    assert!(verdict["first_break"].as_str().unwrap().starts_with("data/records.jsonl, line "), "{verdict}");
    let folder = home.join("chosen");
    assert!(!tool(&folder, "sha256sum", &["-c", "--quiet", "manifest-sha256.txt"]).status.success());
    assert!(!tool(home, bagit(), &["--validate", "chosen"]).status.success());
    let script = tool(&folder, "python3", &["-B", "verify.py"]);
    assert_eq!(script.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&script.stdout).contains("data/records.jsonl, line "));

    assert_eq!(
        cli(home, &["export", "pack", "-o", "whole"]).status.code(),
        Some(2),
        "not into a folder in use"
    );
    ok(home, &["export", "open", "-o", "open"]);
    assert!(home.join("open/csv/evidence.csv").exists() && home.join("open/json/facts.jsonl").exists());
    assert_eq!(cli(home, &["verify-pack", "nowhere"]).status.code(), Some(2));
    assert_eq!(ok(home, &["evidence", "verify"])["whole"], true);
    assert_eq!(ok(home, &["vault", "check"])["whole"], true);
}
