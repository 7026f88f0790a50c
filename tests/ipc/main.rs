//! The TypeScript that the page calls is what Rust serves, byte for byte.

#![allow(clippy::expect_used)] // what a test stands on

use std::fs;
use std::path::Path;

use specta_typescript::Typescript;

/// Where the page takes its commands from; committed.
const BINDINGS: &str = "ui/src/ipc/bindings.ts";

#[test]
fn the_pages_commands_are_those_rust_serves() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let fresh = folder.path().join("bindings.ts");
    ashore_shell::ipc().export(Typescript::default(), &fresh).expect("every type can be told in TypeScript");
    let fresh = fs::read_to_string(fresh).expect("it was just written");

    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join(BINDINGS);
    if std::env::var("ASHORE_BINDINGS").is_ok_and(|wish| wish == "write") {
        fs::write(&committed, &fresh).expect("the user interface is beside us");
    }
    let committed = fs::read_to_string(committed).unwrap_or_default();
    assert!(committed == fresh, "{BINDINGS} is not what Rust serves; write it anew: make bindings");
}

#[test]
fn amounts_rates_and_ids_cross_as_text() {
    let bindings =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BINDINGS)).expect("committed");
    let exact = [
        "id",
        "amount",
        "payment",
        "principal",
        "interest",
        "penalty",
        "compound",
        "late_fee",
        "fees",
        "total",
        "balance",
        "received",
        "paid",
        "unpaid",
        "left",
        "cash",
        "capacity",
        "rate",
        "available",
        "short",
    ];
    let mut seen = 0;
    for field in bindings.split(['\n', ';', '{', ',']) {
        let Some((name, kind)) = field.trim().split_once(": ") else { continue };
        let name = name.trim_end_matches('?');
        if exact.contains(&name) || name.ends_with("_id") {
            assert!(!kind.contains("number"), "{name} crosses as a number, where its last digit may change");
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} amounts and ids were found: the reading is broken");
}
