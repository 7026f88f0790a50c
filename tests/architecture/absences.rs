//! What is written nowhere, or in one place only.

use crate::source::{Source, says, shipped};

/// Words that stand in no shipped line outside the places named.
struct Absence {
    rule: &'static str,
    words: &'static [&'static str],
    except: &'static [&'static str],
}

const ABSENCES: &[Absence] = &[
    Absence {
        rule: "floats live in one file: money and rates are exact",
        words: &["f64", "f32"],
        // The words of a page are told by its shapes, which a library gives with their opacity.
        except: &["crates/ashore-engine/src/irr.rs", "crates/ashore-importers/src/view/words.rs"],
    },
    Absence {
        rule: "one place reads the time, so that tests and --now replace it",
        words: &["Utc::now", "Local::now", "SystemTime", "Instant::now", "now_v7"],
        // It measures how long a key takes, never which moment it is.
        except: &["crates/ashore-app/src/clock.rs", "crates/ashore-vault/src/key/cost.rs"],
    },
    Absence {
        rule: "only shells print",
        words: &["println!", "print!", "eprintln!", "eprint!", "dbg!", "stdout()", "stderr()"],
        except: &["crates/ashore-cli/", "src-tauri/src/"],
    },
    Absence {
        rule: "nothing opens a network connection",
        words: &["std::net", "TcpStream", "TcpListener", "UdpSocket", "tokio::net", "reqwest", "hyper"],
        except: &[],
    },
    Absence {
        rule: "unsafe stands where a library leaves no other way: keying the database, loading the tray's library",
        words: &["unsafe"],
        except: &["crates/ashore-vault/src/database.rs", "src-tauri/src/desktop.rs"],
    },
    Absence {
        rule: "only the vault knows SQL",
        words: &["rusqlite", "params!"],
        except: &["crates/ashore-vault/"],
    },
    Absence {
        rule: "only the vault holds keys",
        words: &["argon2", "chacha20poly1305"],
        except: &["crates/ashore-vault/"],
    },
    Absence { rule: "only documents knows Typst", words: &["typst"], except: &["crates/ashore-documents/"] },
    Absence { rule: "only the window knows Tauri", words: &["tauri"], except: &["src-tauri/src/"] },
    Absence {
        rule: "nothing is left for later",
        words: &["todo!", "unimplemented!", "FIXME", "XXX"],
        except: &[],
    },
    Absence {
        rule: "no other program is started, and none is replaced but ourselves",
        words: &["Command::new"],
        except: &[
            "crates/ashore-app/src/contacts/draw.rs",
            "crates/ashore-app/src/import/worker.rs",
            "src-tauri/src/environment.rs",
        ],
    },
];

#[test]
fn what_must_stand_nowhere_stands_nowhere() {
    let sources = shipped();
    let mut found = Vec::new();
    for absence in ABSENCES {
        for source in sources.iter().filter(|s| !absence.except.iter().any(|place| s.path.starts_with(place)))
        {
            for (number, line) in source.code() {
                if let Some(word) = absence.words.iter().find(|word| says(&line, word)) {
                    found.push(format!("{}:{number}: `{word}`, but {}", source.path, absence.rule));
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_exception_is_needed() {
    let sources = shipped();
    for absence in ABSENCES {
        for place in absence.except.iter().filter(|place| place.ends_with(".rs")) {
            let uses = |s: &&Source| {
                s.path == **place && s.code().iter().any(|(_, l)| absence.words.iter().any(|w| says(l, w)))
            };
            assert!(
                sources.iter().any(|s| uses(&s)),
                "{place} no longer needs its exception from: {}",
                absence.rule
            );
        }
    }
}

#[test]
fn every_unsafe_says_why_it_is_sound() {
    for source in shipped() {
        let lines: Vec<&str> = source.text.lines().collect();
        for (number, line) in source.code() {
            let before = &lines[number.saturating_sub(5)..number];
            let reasoned = !says(&line, "unsafe") || before.iter().any(|line| line.contains("// SAFETY: "));
            assert!(reasoned, "{}:{number}: unsafe without its reason", source.path);
        }
    }
}

#[test]
fn no_name_is_a_catch_all() {
    let stems = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "service", "shared"];
    for source in shipped() {
        let stem =
            source.path.rsplit('/').next().and_then(|name| name.strip_suffix(".rs")).unwrap_or_default();
        assert!(!stems.contains(&stem), "{}: the name tells nobody what to look for there", source.path);
        for (number, line) in source.code() {
            let words = line.split(|sign: char| !sign.is_alphanumeric()).collect::<Vec<_>>();
            let named = words
                .windows(2)
                .find(|pair| ["struct", "enum", "trait"].contains(&pair[0]))
                .map(|pair| pair[1]);
            let vague = named
                .filter(|n| ["Manager", "Service", "Helper", "Utils"].iter().any(|end| n.ends_with(end)));
            assert!(vague.is_none(), "{}:{number}: {vague:?} is no word of the glossary", source.path);
        }
    }
}

/// The pure floors: values in, values and findings out.
#[test]
fn pure_crates_touch_nothing() {
    let words = [
        "std::fs",
        "std::env",
        "std::io",
        "std::thread",
        "std::process",
        "async",
        "await",
        "getrandom",
        "rand",
    ];
    let pure = ["crates/ashore-domain/", "crates/ashore-engine/", "crates/ashore-evidence/"];
    let mut found = Vec::new();
    for source in shipped().iter().filter(|s| pure.iter().any(|place| s.path.starts_with(place))) {
        for (number, line) in source.code() {
            if let Some(word) = words.iter().find(|word| says(&line, word)) {
                found.push(format!("{}:{number}: `{word}` in a pure crate", source.path));
            }
            if line.contains("derive(") && (says(&line, "Serialize") || says(&line, "Deserialize")) {
                found.push(format!("{}:{number}: a wire form in a pure crate", source.path));
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// Importers turn bytes into words; they are handed both.
#[test]
fn importers_know_no_disk() {
    for source in shipped().iter().filter(|s| s.path.starts_with("crates/ashore-importers/")) {
        for (number, line) in source.code() {
            assert!(!says(&line, "std::fs"), "{}:{number}: importers are handed bytes", source.path);
        }
    }
}
