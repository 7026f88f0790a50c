//! What the two programs are made of, as cargo resolves it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::source::root;

/// A crate of the workspace.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) manifest: String,
    pub(crate) license: Option<String>,
    pub(crate) publish: Option<Vec<String>>,
    pub(crate) dependencies: Vec<Dependency>,
}

/// One line of its manifest.
pub(crate) struct Dependency {
    pub(crate) name: String,
    kind: Option<String>,
    pub(crate) features: Vec<String>,
}

impl Package {
    /// What ends up in the program, by name: nothing for tests or build scripts alone.
    pub(crate) fn shipped_dependencies(&self) -> impl Iterator<Item = &str> {
        self.dependencies.iter().filter(|d| d.kind.is_none()).map(|d| d.name.as_str())
    }
}

fn metadata() -> &'static Value {
    static METADATA: OnceLock<Value> = OnceLock::new();
    METADATA.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--offline"])
            .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
            .current_dir(root())
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
    })
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(text).collect()
}

/// The crates of the workspace.
pub(crate) fn members() -> Vec<Package> {
    let own: BTreeSet<String> = texts(&metadata()["workspace_members"]).into_iter().collect();
    let packages = metadata()["packages"].as_array().expect("packages");
    let members = packages.iter().filter(|p| own.contains(&text(&p["id"]))).map(|p| Package {
        name: text(&p["name"]),
        manifest: text(&p["manifest_path"]),
        license: p["license"].as_str().map(str::to_owned),
        publish: p["publish"].as_array().map(|_| texts(&p["publish"])),
        dependencies: p["dependencies"]
            .as_array()
            .expect("dependencies")
            .iter()
            .map(|d| Dependency {
                name: text(&d["name"]),
                kind: d["kind"].as_str().map(str::to_owned),
                features: texts(&d["features"]),
            })
            .collect(),
    });
    members.collect()
}

/// Names of every crate that is linked into the program of this package, on Linux.
fn linked_into(program: &str) -> BTreeSet<String> {
    let nodes = metadata()["resolve"]["nodes"].as_array().expect("nodes");
    let by_id: BTreeMap<&str, &Value> = nodes.iter().map(|n| (n["id"].as_str().expect("id"), n)).collect();
    let names: BTreeMap<String, String> = metadata()["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .map(|p| (text(&p["id"]), text(&p["name"])))
        .collect();
    let start = names.iter().find(|(_, name)| *name == program).expect("the program's package").0;
    let (mut seen, mut open) = (BTreeSet::new(), vec![start.as_str()]);
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        for dependency in by_id[id]["deps"].as_array().expect("deps") {
            let kinds = dependency["dep_kinds"].as_array().expect("kinds");
            if kinds.iter().any(|kind| kind["kind"].is_null()) {
                open.push(dependency["pkg"].as_str().expect("an id"));
            }
        }
    }
    seen.into_iter().map(|id| names[id].clone()).collect()
}

/// Crates that exist to speak over a network.
const NETWORK: [&str; 26] = [
    "async-net",
    "async-tungstenite",
    "attohttpc",
    "curl",
    "curl-sys",
    "h2",
    "h3",
    "hickory-resolver",
    "hyper",
    "hyper-rustls",
    "hyper-tls",
    "hyper-util",
    "isahc",
    "minreq",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "rustls",
    "surf",
    "tokio-native-tls",
    "tokio-rustls",
    "tokio-tungstenite",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
];

#[test]
fn neither_program_can_speak_over_a_network() {
    for program in ["ashore", "ashore-cli"] {
        let linked = linked_into(program);
        assert!(linked.contains("ashore-domain"), "the walk over {program} is broken");
        let found: Vec<_> = NETWORK.iter().filter(|name| linked.contains(**name)).collect();
        assert!(found.is_empty(), "{program} links {found:?}");
    }
}

#[test]
fn the_command_line_has_no_window() {
    let linked = linked_into("ashore-cli");
    for name in ["tauri", "gtk", "webkit2gtk", "notify-rust", "zbus"] {
        assert!(!linked.contains(name), "ashore-cli links {name}");
    }
}

#[test]
fn there_is_one_database() {
    for program in ["ashore", "ashore-cli"] {
        let linked = linked_into(program);
        assert!(linked.contains("rusqlite"), "{program} has no vault");
        for name in ["sqlx", "diesel", "sled", "redb", "rocksdb"] {
            assert!(!linked.contains(name), "{program} links a second database, {name}");
        }
    }
}
