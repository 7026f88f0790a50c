//! `docs/codes.md` explains every code there is.

use std::fs;
use std::path::Path;

/// `FieldMissing` → `field_missing`.
fn snake(variant: &str) -> String {
    let mut word = String::new();
    for letter in variant.chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

/// The variants of the enum that begins after `start`.
fn variants(source: &str) -> Vec<String> {
    let body = source.split_once('{').unwrap().1;
    let body = body.split("\n}").next().unwrap();
    body.lines()
        .map(str::trim)
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| line.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_code_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("../../docs/codes.md")).unwrap();
    let mut codes = variants(include_str!("../code.rs").split_once("pub enum ErrorCode").unwrap().1);
    for folder in ["src/wire", "src/calc"] {
        for file in fs::read_dir(root.join(folder)).unwrap() {
            let source = fs::read_to_string(file.unwrap().path()).unwrap();
            // Findings are the enums that cross as `{"code", …}`.
            for tagged in source.split("#[serde(tag = \"code\"").skip(1) {
                codes.extend(variants(tagged.split_once("enum ").unwrap().1));
            }
        }
    }
    assert!(codes.len() > 80, "the sources were not read: {codes:?}");
    let missing: Vec<_> = codes
        .iter()
        .map(|code| snake(code))
        .filter(|code| !page.contains(&format!("| `{code}` |")))
        .collect();
    assert!(missing.is_empty(), "docs/codes.md does not explain {missing:?}");
}
