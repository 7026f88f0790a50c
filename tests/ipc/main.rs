//! The TypeScript that the page calls is what Rust serves, byte for byte.

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
fn amounts_and_ids_never_cross_as_floats() {
    let committed = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BINDINGS)).expect("committed");
    for word in ["amount", "payment", "principal", "interest", "fees", "total", "balance", "_id"] {
        for line in committed.lines().filter(|line| line.trim_start().starts_with(word) || line.contains(&format!("{word}:"))) {
            assert!(!line.contains(": number"), "an amount or id crosses as a number: {line}");
        }
    }
}
