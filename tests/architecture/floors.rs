//! Crates depend downward only, never sideways.

use std::collections::BTreeMap;

use crate::trees::{Package, members};

/// Which floor each crate stands on.
const FLOORS: [(&str, u8); 9] = [
    ("ashore-domain", 0),
    ("ashore-engine", 1),
    ("ashore-evidence", 1),
    ("ashore-vault", 2),
    ("ashore-importers", 2),
    ("ashore-documents", 2),
    ("ashore-app", 3),
    ("ashore-cli", 4),
    ("ashore", 4),
];
const FACADE: &str = "ashore-app";
const TESTS_ONLY: &str = "ashore-test-support";

fn floor(name: &str) -> Option<u8> {
    FLOORS.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, floor)| *floor)
}

#[test]
fn every_crate_has_a_floor() {
    for package in members() {
        assert!(
            floor(&package.name).is_some() || package.name == TESTS_ONLY,
            "{} stands on no floor",
            package.name
        );
    }
}

#[test]
fn crates_depend_downward_only() {
    for package in members() {
        let Some(own) = floor(&package.name) else { continue };
        for dependency in package.shipped_dependencies() {
            assert_ne!(dependency, TESTS_ONLY, "{} ships what only tests may use", package.name);
            if let Some(below) = floor(dependency) {
                assert!(
                    below < own,
                    "{} (floor {own}) depends on {dependency} (floor {below})",
                    package.name
                );
            }
        }
    }
}

#[test]
fn shells_know_the_facade_alone_and_only_it_knows_several_adapters() {
    for package in members() {
        let ours: Vec<&str> = package.shipped_dependencies().filter(|name| floor(name).is_some()).collect();
        if floor(&package.name) == Some(4) {
            assert_eq!(ours, [FACADE], "{} goes around the façade", package.name);
        }
        if package.name != FACADE {
            let adapters = ours.iter().filter(|name| floor(name) == Some(2)).count();
            assert!(adapters <= 1, "{} knows {adapters} adapters", package.name);
        }
    }
}

/// Who alone may bring in what.
#[test]
fn each_means_has_one_owner() {
    let owners: BTreeMap<&str, &[&str]> = [
        ("rusqlite", &["ashore-vault"][..]),
        ("argon2", &["ashore-vault"]),
        ("chacha20poly1305", &["ashore-vault"]),
        ("typst", &["ashore-documents"]),
        ("tauri", &["ashore"]),
        ("notify-rust", &["ashore"]),
        ("tokio", &["ashore", "ashore-cli"]),
        ("clap", &["ashore-cli"]),
        ("ed25519-dalek", &["ashore-evidence", "ashore-vault"]),
        ("getrandom", &["ashore-vault", "ashore-app"]),
    ]
    .into();
    for package in members() {
        for dependency in package.shipped_dependencies() {
            if let Some(allowed) = owners.get(dependency) {
                assert!(allowed.contains(&package.name.as_str()), "{} depends on {dependency}", package.name);
            }
        }
    }
}

#[test]
fn pure_crates_bring_no_means() {
    let means = ["serde", "tokio", "rusqlite", "rand", "getrandom", "specta", "tracing", "log", "regex"];
    for package in members().iter().filter(|p| floor(&p.name).is_some_and(|floor| floor <= 1)) {
        for dependency in package.shipped_dependencies() {
            assert!(!means.contains(&dependency), "{} depends on {dependency}", package.name);
        }
        let clocks = package.dependencies.iter().filter(|d| d.name == "chrono").flat_map(|d| &d.features);
        for feature in clocks {
            assert!(!["clock", "now"].contains(&feature.as_str()), "{} can read the clock", package.name);
        }
    }
}

#[test]
fn every_crate_keeps_the_house_rules() {
    for Package { name, manifest, publish, license, .. } in members() {
        let text = std::fs::read_to_string(&manifest).expect("a manifest");
        assert!(text.contains("[lints]\nworkspace = true"), "{name} leaves the workspace's lints");
        assert_eq!(license.as_deref(), Some("Apache-2.0"), "{name} has another licence");
        assert!(publish.as_ref().is_some_and(Vec::is_empty), "{name} could be published by mistake");
    }
}
