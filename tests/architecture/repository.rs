//! What every file keeps to.

use crate::source::{Source, files, root};

/// Written by a program.
fn generated(source: &Source) -> bool {
    source.path.ends_with("ipc/bindings.ts")
}

fn test(source: &Source) -> bool {
    source.path.contains("/tests/") || source.path.starts_with("tests/") || source.path.contains(".test.")
}

#[test]
fn files_are_short_enough_to_be_read() {
    const MOST: usize = 500;
    let long: Vec<_> = files(&[".rs", ".ts", ".vue", ".css", ".py", ".sh"])
        .into_iter()
        .filter(|source| !generated(source) && !test(source))
        .map(|source| (source.text.lines().count(), source.path))
        .filter(|(lines, _)| *lines > MOST)
        .collect();
    assert!(long.is_empty(), "longer than {MOST} lines: {long:?}");
}

#[test]
fn every_test_can_run_and_fail() {
    // Put together here, so that this file does not find itself.
    let words = [
        ["#[ign", "ore"].concat(),
        [".sk", "ip("].concat(),
        [".on", "ly("].concat(),
        ["it.to", "do("].concat(),
        ["assert!(tr", "ue"].concat(),
        ["to", "do!("].concat(),
    ];
    for source in files(&[".rs", ".ts", ".vue"]) {
        let rust = source.path.ends_with(".rs");
        let lines: Vec<&str> = source.text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            // Iterators skip, too; only the test runners of the page know `.skip(` and `.only(` as a way out.
            let found =
                words.iter().find(|word| line.contains(word.as_str()) && !(rust && word.starts_with('.')));
            // A process that another test starts, traces or kills is named so, and that test, in the same file, does run it.
            let name =
                lines.get(number + 1).and_then(|next| next.trim().strip_prefix("fn ")?.split('(').next());
            let runs = name.is_some_and(|name| source.text.contains(&format!("{name}\"")));
            let found = found.filter(|word| !(word.starts_with('#') && runs));
            assert!(found.is_none(), "{}:{}: {found:?}", source.path, number + 1);
        }
    }
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    // The page has a route of its own by the name of the first.
    let homes = ["home", "root", "work", "Users"].map(|top| format!("/{top}/"));
    for source in files(&[
        ".rs", ".ts", ".vue", ".css", ".md", ".toml", ".json", ".sh", ".py", ".yml", "Makefile", "run",
    ]) {
        if source.path.ends_with("package-lock.json") || source.path.ends_with("architecture/repository.rs") {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            let begins = |at: usize| {
                !line[..at].ends_with(|sign: char| sign.is_alphanumeric() || "_@.".contains(sign))
            };
            let found = homes.iter().find(|home| line.match_indices(home.as_str()).any(|(at, _)| begins(at)));
            let route = source.path.starts_with("ui/") && found.is_some_and(|home| *home == homes[0]);
            assert!(
                found.is_none() || route,
                "{}:{}: a path of one machine, {found:?}",
                source.path,
                number + 1
            );
        }
    }
}

#[test]
fn law_is_data() {
    for entry in std::fs::read_dir(root().join("rules")).expect("rules/") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(
            [".csv", ".toml", ".json", ".md"].iter().any(|ending| name.ends_with(ending)),
            "rules/{name} is neither data nor its description"
        );
    }
}

#[test]
fn migrations_are_numbered_without_a_gap() {
    let folder = root().join("migrations");
    let entries = std::fs::read_dir(folder).expect("migrations/").map(|e| e.expect("an entry"));
    let mut names: Vec<String> =
        entries.filter(|e| e.path().is_dir()).map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for (index, name) in names.iter().enumerate() {
        let number = name.split('-').next().and_then(|n| n.parse::<usize>().ok());
        assert_eq!(number, Some(index + 1), "migrations/{name} is out of order");
    }
}

/// The page may call our commands and hear our events; nothing of Tauri or its plugins reaches it.
#[test]
fn the_page_may_do_nothing_else() {
    let capabilities =
        files(&[".json"]).into_iter().filter(|s| s.path.starts_with("src-tauri/capabilities/"));
    for source in capabilities {
        let told: serde_json::Value = serde_json::from_str(&source.text).expect("JSON");
        assert!(told.get("remote").is_none(), "{}: no remote origin may call us", source.path);
        for permission in told["permissions"].as_array().expect("permissions") {
            let name = permission.as_str().expect("a plain permission");
            assert!(name.starts_with("core:event:allow-"), "{}: {name}", source.path);
        }
    }
}

#[test]
fn the_page_is_shut_in() {
    let config = std::fs::read_to_string(root().join("tauri.conf.json")).expect("the configuration");
    let config: serde_json::Value = serde_json::from_str(&config).expect("JSON");
    let (app, security) = (&config["app"], &config["app"]["security"]);
    assert_eq!(app["withGlobalTauri"], false);
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["assetProtocol"]["enable"], false);
    assert_eq!(app["windows"][0]["devtools"], false);
    assert_eq!(app["windows"][0]["incognito"], true);
    assert!(security.get("dangerousDisableAssetCspModification").is_none());
    let csp = security["csp"].as_str().expect("a policy");
    let rule = |name: &str| csp.split(';').map(str::trim).find_map(|r| r.strip_prefix(name)).map(str::trim);
    for (name, value) in [
        ("default-src", "'none'"),
        ("script-src", "'self'"),
        ("style-src", "'self'"),
        // Attached files come from the vault, through a protocol of their own; sound and film are put together in memory.
        ("img-src", "'self' data: blob: ashore-file:"),
        ("media-src", "blob:"),
        ("frame-src", "ashore-file:"),
        ("font-src", "'self' data:"),
        ("connect-src", "ipc: http://ipc.localhost ashore-file:"),
        ("object-src", "'none'"),
        ("base-uri", "'none'"),
        ("form-action", "'none'"),
    ] {
        assert_eq!(rule(name), Some(value), "{name}");
    }
    assert!(!csp.contains("unsafe") && !csp.contains('*') && !csp.contains("https:"), "{csp}");
}

#[test]
fn a_release_lets_nobody_drive_or_inspect_it() {
    let text = std::fs::read_to_string(root().join("src-tauri/src/environment.rs")).expect("environment.rs");
    for name in ["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"] {
        assert!(text.contains(&format!("\"{name}\"")), "{name} is taken from the environment of a release");
    }
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    assert!(!manifest.contains("\"devtools\""), "the inspector is not compiled in");
    let default = manifest.lines().find(|line| line.starts_with("default = ")).expect("default features");
    assert!(!default.contains("automation"), "{default}");
}
