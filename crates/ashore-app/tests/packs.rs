//! Packs: nothing in them can be changed unseen, nothing of others is in them, and they appear whole or not at all.
#![allow(clippy::unwrap_used, clippy::panic)] // in helpers of tests too

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ashore_app::ErrorCode;
use ashore_app::evidence::{ExportPackRequest, PackView, verify_pack};
use ashore_app::loans::AddLoanRequest;
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;
use serde_json::json;

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn loan(app: &mut App<Unlocked>, name: &str) -> String {
    let request = AddLoanRequest {
        app: name.to_owned(),
        received: Some("15000".to_owned()),
        payment: Some("1418.39".to_owned()),
        terms: Some("12".to_owned()),
        first_due: Some("2026-07-28".to_owned()),
        terms_paid: Some("2".to_owned()),
        ..AddLoanRequest::default()
    };
    app.add_loan(&request).unwrap().id
}

fn call(app: &mut App<Unlocked>, loans: &[&str], summary: &str, file: Option<&Path>) -> String {
    let files: Vec<String> =
        file.map(|path| app.stage_file(path, &mut |_, _| true).unwrap().handle).into_iter().collect();
    let request = json!({
        "loan_ids": loans, "at": "2026-11-16T10:42", "direction": "incoming", "summary": summary,
        "people": [
            {"role": "collector", "organisation": "某催收", "phone": "13800000417"},
            {"role": "third_party", "name": "王小明", "phone": "13911112222"}
        ],
        "details": {"kind": "call", "number": "13800000417", "duration_s": 372, "status": "answered",
            "transcript": "我们也打了王小明的电话 139 1111 2222，身份证 11010519491231002X"},
        "files": files,
    });
    app.log_contact(&serde_json::from_value(request).unwrap()).unwrap().id
}

/// Two loans, a few calls, two recordings.
fn filled(home: &Home) -> (App<Unlocked>, String, String) {
    let mut app = home.created(NOW);
    let (ours, other) = (loan(&mut app, "甲借"), loan(&mut app, "乙秘密贷"));
    let recording = |name: &str, bytes: &[u8]| {
        let path = home.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let one = recording("录音 一.amr", b"#!AMR\none");
    let two = recording("../two.amr".trim_start_matches("../"), b"#!AMR\ntwo");
    for round in 0..6 {
        call(&mut app, &[&ours], &format!("第 {round} 次来电"), (round == 0).then_some(one.as_path()));
        call(&mut app, &[&other], "乙家的话", (round == 1).then_some(two.as_path()));
    }
    (app, ours, other)
}

fn export(app: &mut App<Unlocked>, request: &ExportPackRequest, to: &Path) -> PackView {
    app.export_pack(request, to, &mut |_, _| true).unwrap()
}

fn files(top: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(top).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn everything_as_text(top: &Path) -> String {
    files(top).values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
}

#[test]
fn a_thousand_changes_are_all_refused_at_their_place() {
    let home = Home::new();
    let (mut app, ours, _) = filled(&home);
    let packs: Vec<PathBuf> = ["whole", "chosen"].map(|name| home.path().join(name)).into();
    export(&mut app, &ExportPackRequest::default(), &packs[0]);
    export(&mut app, &ExportPackRequest { loan_ids: vec![ours], ..ExportPackRequest::default() }, &packs[1]);
    let mut changes = 0;
    let mut seed = 7u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for pack in &packs {
        assert!(verify_pack(pack).unwrap().whole);
        let before = files(pack);
        let names: Vec<&String> = before.keys().collect();
        for round in 0..510 {
            let name = names[round % names.len()];
            let (path, bytes) = (pack.join(name), &before[name]);
            let mut changed = bytes.clone();
            let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            let what = if lines.len() < 3 { 0 } else { round % 5 };
            match what {
                // a byte, a line dropped, doubled, swapped with the next, cut off at the end
                1 => {
                    changed = {
                        let at = next(lines.len());
                        lines
                            .iter()
                            .enumerate()
                            .filter(|(i, _)| *i != at)
                            .flat_map(|(_, l)| l.to_vec())
                            .collect()
                    }
                }
                2 => {
                    changed = {
                        let at = next(lines.len());
                        lines
                            .iter()
                            .enumerate()
                            .flat_map(|(i, l)| l.repeat(1 + usize::from(i == at)))
                            .collect()
                    }
                }
                3 => {
                    changed = {
                        let at = next(lines.len() - 1);
                        let mut lines = lines.clone();
                        lines.swap(at, at + 1);
                        lines.concat()
                    }
                }
                4 => changed.truncate(bytes.len() - lines[lines.len() - 1].len()),
                _ => {
                    let at = next(changed.len());
                    changed[at] ^= 1 << next(8);
                }
            }
            if changed == *bytes {
                continue;
            }
            fs::write(&path, &changed).unwrap();
            let verdict = verify_pack(pack).unwrap();
            assert!(!verdict.whole, "{name}: change {what} passed");
            // A change of one of the three files of the seal shows where the seal or the digest no longer fits.
            let sealing = ["tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig", "key.pem"];
            let named = |fault: &ashore_app::evidence::PackFaultView| {
                fault.path == *name || sealing.contains(&name.as_str())
            };
            assert!(verdict.faults.iter().any(named), "{name}: change {what} shows as {:?}", verdict.faults);
            assert!(verdict.first_break.is_some());
            fs::write(&path, bytes).unwrap();
            changes += 1;
        }
        for name in &names {
            fs::remove_file(pack.join(name)).unwrap();
            assert!(!verify_pack(pack).unwrap().whole, "{name} is gone");
            fs::write(pack.join(name), &before[*name]).unwrap();
        }
        fs::write(pack.join("data/extra"), b"x").unwrap();
        assert_eq!(verify_pack(pack).unwrap().faults[0].path, "data/extra");
        fs::remove_file(pack.join("data/extra")).unwrap();
        assert!(verify_pack(pack).unwrap().whole);
    }
    assert!(changes >= 1000, "{changes}");
}

/// Somebody who rewrites every manifest lacks the vault's key.
#[test]
fn rewritten_manifests_do_not_help() {
    let home = Home::new();
    let (mut app, ours, _) = filled(&home);
    let pack = home.path().join("pack");
    export(&mut app, &ExportPackRequest { loan_ids: vec![ours], ..ExportPackRequest::default() }, &pack);
    let before = files(&pack);
    let text = |name: &str| String::from_utf8(before[name].clone()).unwrap();
    let records = text("data/records.jsonl");
    let swapped = {
        let mut lines: Vec<&str> = records.lines().collect();
        lines.swap(3, 4);
        lines.join("\n") + "\n"
    };
    for (name, changed) in [
        ("data/records.jsonl", records.replace("第 1 次", "第 9 次")),
        ("data/records.jsonl", swapped),
        ("data/head.json", text("data/head.json").replace("2026-11-18", "2025-11-18")),
        ("data/chain.jsonl", text("data/chain.jsonl").lines().skip(1).map(|l| format!("{l}\n")).collect()),
        ("data/index.html", text("data/index.html").replace("来电", "来信")),
    ] {
        assert_ne!(changed, text(name), "{name}");
        fs::write(pack.join(name), &changed).unwrap();
        for (manifest, inside) in [("manifest-sha256.txt", true), ("tagmanifest-sha256.txt", false)] {
            let listed = files(&pack)
                .into_iter()
                .filter(|(path, _)| path.starts_with("data/") == inside && !path.starts_with("tagmanifest"));
            let lines: String = listed
                .map(|(path, bytes)| format!("{}  {path}\n", ashore_evidence::digest_of(&bytes)))
                .collect();
            fs::write(pack.join(manifest), lines).unwrap();
        }
        let verdict = verify_pack(&pack).unwrap();
        assert!(!verdict.whole, "{name}");
        assert_eq!(verdict.faults[0].path, "tagmanifest-sha256.txt.sig");
        if name != "data/index.html" {
            assert!(
                verdict.faults.iter().any(|fault| fault.path.starts_with("data/")),
                "{name}: {:?}",
                verdict.faults
            );
        }
        for (name, bytes) in &before {
            fs::write(pack.join(name), bytes).unwrap();
        }
    }
}

#[test]
fn other_loans_are_not_disclosed_and_the_export_is_an_entry() {
    let home = Home::new();
    let (mut app, ours, other) = filled(&home);
    let shared = call(&mut app, &[&ours, &other], "两家都说到", None);
    let before = app.verify_evidence().unwrap().count;
    let pack = home.path().join("pack");
    let view = export(
        &mut app,
        &ExportPackRequest { loan_ids: vec![ours.clone()], ..ExportPackRequest::default() },
        &pack,
    );
    assert_eq!((view.also_of_others.as_str(), view.files.as_str(), view.unchanged_since), ("1", "1", None));
    let text = everything_as_text(&pack);
    assert!(text.contains(&ours) && text.contains("甲借") && text.contains(&shared));
    assert!(!text.contains("乙秘密贷") && !text.contains("乙家的话") && !text.contains("#!AMR\ntwo"));
    let verdict = verify_pack(&pack).unwrap();
    assert!(verdict.whole && verdict.anchors.is_empty(), "{verdict:?}");
    assert_eq!(verdict.records, view.records);
    let after = app.verify_evidence().unwrap().count;
    assert_eq!(after.parse::<u64>().unwrap(), before.parse::<u64>().unwrap() + 1, "the ledger knows of it");
    assert!(app.check_vault().unwrap().whole);

    let again = app.export_pack(&ExportPackRequest::default(), &pack, &mut |_, _| true).unwrap_err();
    assert_eq!(again.code, ErrorCode::FolderNotEmpty);
    assert!(verify_pack(&pack).unwrap().whole, "what was there is as it was");
    let unknown = ExportPackRequest { loan_ids: vec![shared], ..ExportPackRequest::default() };
    let refused = app.export_pack(&unknown, &home.path().join("none"), &mut |_, _| true).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
    let left: Vec<_> =
        fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name == "none" || name.contains("ashore-part")), "{left:?}");
}

#[test]
fn a_masked_pack_shows_no_third_person_and_proves_by_digests() {
    let home = Home::new();
    let (mut app, ours, _) = filled(&home);
    let pack = home.path().join("masked");
    let request = ExportPackRequest { loan_ids: vec![ours], masked: true, ..ExportPackRequest::default() };
    let view = export(&mut app, &request, &pack);
    assert_eq!((view.files.as_str(), view.originals), ("0", false));
    let text = everything_as_text(&pack);
    for secret in ["王小明", "13911112222", "139 1111 2222", "11010519491231002X", "#!AMR"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(text.contains("13800000417") && text.contains("〔第三人1〕"), "the matter stays readable");
    let verdict = verify_pack(&pack).unwrap();
    assert!(verdict.whole && verdict.masked, "{verdict:?}");

    let with = home.path().join("with");
    let view = export(&mut app, &ExportPackRequest { originals: true, ..request }, &with);
    assert_eq!((view.files.as_str(), view.originals), ("1", true));
    assert!(everything_as_text(&with).contains("王小明"));
    assert!(verify_pack(&with).unwrap().whole);
}

#[test]
fn an_archive_is_the_same_pack_and_hostile_ones_are_refused() {
    use std::io::Write;
    let home = Home::new();
    let (mut app, ..) = filled(&home);
    let pack = home.path().join("pack");
    let view = export(&mut app, &ExportPackRequest { zip: true, ..ExportPackRequest::default() }, &pack);
    let archive = PathBuf::from(view.zip.unwrap());
    let (folder, zipped) = (verify_pack(&pack).unwrap(), verify_pack(&archive).unwrap());
    assert!(zipped.whole, "{zipped:?}");
    assert_eq!(folder, zipped);
    let bytes = fs::read(&archive).unwrap();
    let changed = home.path().join("changed.zip");
    for step in 0..60 {
        let mut other = bytes.clone();
        let at = step * bytes.len() / 60;
        other[at] ^= 0x20;
        fs::write(&changed, &other).unwrap();
        let verdict = verify_pack(&changed).unwrap();
        // A bit of an archive that carries no content (a date, a flag nobody reads) changes no file of the pack.
        assert!(!verdict.whole || verdict == zipped, "byte {at}");
    }
    for end in [0, 10, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&changed, &bytes[..end]).unwrap();
        assert!(!verify_pack(&changed).unwrap().whole, "cut off at {end}");
    }
    let hostile = |name: &str, link: bool, zeros: usize| {
        let mut archive = zip::ZipWriter::new(fs::File::create(&changed).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        for (path, bytes) in files(&pack) {
            archive.start_file(format!("p/{path}"), options).unwrap();
            archive.write_all(&bytes).unwrap();
        }
        if link {
            archive.add_symlink(format!("p/{name}"), "/etc/passwd", options).unwrap();
        } else {
            archive.start_file(format!("p/{name}"), options).unwrap();
            archive.write_all(&vec![0; zeros]).unwrap();
        }
        archive.finish().unwrap();
        verify_pack(&changed).unwrap()
    };
    for (name, link, zeros) in [
        ("../../escaped", false, 3),
        ("data/link", true, 0),
        ("data/originals/..\\evil", false, 3),
        ("data/x\u{202e}gpj.exe", false, 3),
        ("data/bomb", false, 50_000_000),
    ] {
        let verdict = hostile(name, link, zeros);
        assert!(!verdict.whole, "{name}");
        assert!(
            verdict.faults.iter().any(|fault| fault.path.ends_with(name)),
            "{name}: {:?}",
            verdict.faults
        );
    }
    assert!(!home.path().join("escaped").exists() && !home.path().parent().unwrap().join("escaped").exists());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/passwd", pack.join("data/link")).unwrap();
        assert_eq!(verify_pack(&pack).unwrap().faults[0].path, "data/link");
    }
    assert_eq!(verify_pack(&home.path().join("nowhere")).unwrap_err().code, ErrorCode::FileUnreadable);
}

#[test]
fn everything_leaves_in_open_formats() {
    let home = Home::new();
    let (mut app, ours, _) = filled(&home);
    call(&mut app, &[&ours], "=HYPERLINK(\"http://x\")", None);
    let open = home.path().join("open");
    let view = app.export_open(&open, &mut |_, _| true).unwrap();
    assert_eq!(view.files, "2");
    let found = files(&open);
    assert_eq!(
        found["json/facts.jsonl"].iter().filter(|byte| **byte == b'\n').count().to_string(),
        view.facts
    );
    let evidence = String::from_utf8(found["csv/evidence.csv"].clone()).unwrap();
    assert!(evidence.contains("'=HYPERLINK"), "no formula");
    assert!(found.contains_key("csv/evidence_people.csv") && found.contains_key("csv/loan_opened.csv"));
    assert!(found.values().any(|bytes| bytes == b"#!AMR\ntwo"));
    assert_eq!(app.export_open(&open, &mut |_, _| true).unwrap_err().code, ErrorCode::FolderNotEmpty);
}

#[test]
fn a_derived_file_points_to_its_original() {
    let home = Home::new();
    let (mut app, ours, _) = filled(&home);
    let path = home.path().join("original.png");
    fs::write(&path, b"\x89PNG\r\n\x1a\nfirst").unwrap();
    let first = call(&mut app, &[&ours], "截图", Some(&path));
    let first = app.contact(&first).unwrap();
    fs::write(&path, b"\x89PNG\r\n\x1a\nmasked").unwrap();
    let handle = app.stage_file(&path, &mut |_, _| true).unwrap().handle;
    let request = |from: &str| {
        serde_json::from_value(json!({"loan_ids": [ours], "direction": "none", "summary": "打码副本", "files": [handle],
            "derived": [{"handle": handle, "derived_from": from}], "details": {"kind": "note", "body": "给投诉用"}}))
        .unwrap()
    };
    let unknown = "00000000-0000-0000-0000-000000000000";
    assert!(app.log_contact(&request(unknown)).is_err(), "an original that is not stored");
    let handle = app.stage_file(&path, &mut |_, _| true).unwrap().handle;
    let request = serde_json::from_value(json!({"loan_ids": [ours], "direction": "none", "summary": "打码副本", "files": [handle],
        "derived": [{"handle": handle, "derived_from": first.files[0].id}], "details": {"kind": "note", "body": "给投诉用"}}))
    .unwrap();
    let second = app.log_contact(&request).unwrap();
    assert_eq!(
        (second.files[0].original, second.files[0].derived_from.as_ref()),
        (false, Some(&first.files[0].id))
    );

    // A transcript is masked on its way out; the picture goes as the borrower made it; the original stays.
    fs::write(&path, "王小明（13911112222）说：知道了。").unwrap();
    let handle = app.stage_file(&path, &mut |_, _| true).unwrap().handle;
    let request = serde_json::from_value(json!({"loan_ids": [ours], "direction": "none", "summary": "誊写", "files": [handle],
        "derived": [{"handle": handle, "derived_from": first.files[0].id}], "details": {"kind": "note", "body": "给投诉用"}}))
    .unwrap();
    app.log_contact(&request).unwrap();
    let pack = home.path().join("pack");
    let request = ExportPackRequest { loan_ids: vec![ours], masked: true, ..ExportPackRequest::default() };
    let view = export(&mut app, &request, &pack);
    assert_eq!((view.files.as_str(), view.derived.as_str()), ("2", "2"));
    let inside = files(&pack);
    let copies: Vec<&Vec<u8>> =
        inside.iter().filter(|(name, _)| name.starts_with("data/derived/")).map(|(_, bytes)| bytes).collect();
    assert_eq!(copies[0], b"\x89PNG\r\n\x1a\nmasked");
    let words = String::from_utf8(copies[1].clone()).unwrap();
    assert!(words.contains("〔第三人1〕") && !words.contains("1391111"), "{words}");
    assert!(!inside.keys().any(|name| name.starts_with("data/originals/")));
    let index = String::from_utf8(inside["data/index.html"].clone()).unwrap();
    assert_eq!(index.matches("./derived/").count(), 2);
    assert!(verify_pack(&pack).unwrap().whole);
}

#[test]
fn an_export_that_is_ended_leaves_nothing_and_is_no_entry() {
    let home = Home::new();
    let (mut app, ..) = filled(&home);
    let recording = home.path().join("long.amr");
    fs::write(&recording, vec![7; 3 << 20]).unwrap();
    let (loans, file) = (app.list_loans().unwrap().loans, Some(recording.as_path()));
    call(&mut app, &[&loans[0].id], "录音", file);
    let place = home.path().join("out");
    fs::create_dir(&place).unwrap();
    let before = app.verify_evidence().unwrap().count;
    // Each time a little later: in the records, in the files, in the archive.
    let mut ends = 0;
    for patience in 0.. {
        let mut left = patience;
        let mut told = |_, _| {
            left -= 1;
            left >= 0
        };
        let pack = ExportPackRequest { zip: true, ..ExportPackRequest::default() };
        let ended = if patience % 2 == 0 {
            app.export_pack(&pack, &place.join("pack"), &mut told).map(drop)
        } else {
            app.export_open(&place.join("open"), &mut told).map(drop)
        };
        let Err(error) = ended else { break };
        assert_eq!(error.code, ErrorCode::Cancelled);
        assert_eq!(fs::read_dir(&place).unwrap().count(), 0, "after {patience} answers");
        assert_eq!(app.verify_evidence().unwrap().count, before);
        ends += 1;
    }
    assert!(ends > 8, "only {ends} questions were asked");
}
