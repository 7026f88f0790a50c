//! Holds the importer of e-mails against real ones that lie beside the project, part by part, each with the parse that
//! stands beside it as JSON. (`scripts/material/imports.py` takes all kinds of files in through the command line.)
//!
//! `cargo run -p ashore-importers --example material -- <folder>`; exits with 1 when anything differs.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ashore_importers::{
    Format, Item, LeftOut, Mail, Mailbox, Outline, Request, Sink, Stopped, Warning, read,
};
use serde_json::Value;

#[derive(Default)]
struct Taken(Vec<Item>);

impl Sink for Taken {
    fn format(&mut self, _: Format) -> Result<(), Stopped> {
        Ok(())
    }
    fn item(&mut self, item: Item) -> Result<(), Stopped> {
        self.0.push(item);
        Ok(())
    }
    fn left_out(&mut self, _: LeftOut) -> Result<(), Stopped> {
        Ok(())
    }
    fn warning(&mut self, _: Warning) -> Result<(), Stopped> {
        Ok(())
    }
    fn outline(&mut self, _: Outline) -> Result<(), Stopped> {
        Ok(())
    }
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        eprintln!("say which folder");
        return ExitCode::from(2);
    };
    let mut differences = Vec::new();
    let mut mails = 0;
    for path in files(&folder) {
        let ends = |ending: &str| path.to_string_lossy().ends_with(ending);
        let Ok(bytes) = fs::read(&path) else { continue };
        if ends(".eml") {
            // The expected parses are of the mail with bare line feeds and of the mail with both signs.
            let bare: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'\r').collect();
            let both = with_carriage_returns(&bytes);
            for (bytes, ending) in [(bare, "json"), (both, "crlf.json")] {
                mails += 1;
                for difference in mail(&bytes, &path.with_extension(ending)) {
                    differences.push(format!("{} ({ending}): {difference}", path.display()));
                }
            }
        }
    }
    println!("{mails} e-mails compared field by field, {} differences", differences.len());
    for difference in &differences {
        println!("  {difference}");
    }
    if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() { open.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found.sort();
    found
}

fn with_carriage_returns(bytes: &[u8]) -> Vec<u8> {
    let mut both = Vec::with_capacity(bytes.len());
    let mut before = 0;
    for byte in bytes {
        if *byte == b'\n' && before != b'\r' {
            both.push(b'\r');
        }
        both.push(*byte);
        before = *byte;
    }
    both
}

/// What of this mail is not as the parse beside it says.
fn mail(bytes: &[u8], expected: &Path) -> Vec<String> {
    let Ok(expected) = fs::read(expected) else { return Vec::new() };
    let Ok(expected) = serde_json::from_slice::<Value>(&expected) else {
        return vec!["no JSON beside it".into()];
    };
    let mut taken = Taken::default();
    if let Err(refusal) = read(&Request::default(), &mut Cursor::new(bytes), &mut taken) {
        return vec![refusal.to_string()];
    }
    let [Item::Mail(mail)] = &taken.0[..] else { return vec![format!("not one mail: {}", taken.0.len())] };
    compare(mail, &expected)
}

fn header<'a>(part: &'a Value, name: &str) -> Option<&'a Value> {
    let headers = part["headers"].as_array()?;
    headers.iter().rev().find(|header| header["name"].as_str() == Some(name)).map(|header| &header["value"])
}

fn mailboxes(value: Option<&Value>) -> Vec<(Option<String>, Option<String>)> {
    let Some(address) = value.and_then(|value| value.get("Address")) else { return Vec::new() };
    let lists: Vec<&Value> = match (address.get("List"), address.get("Group")) {
        (Some(list), _) => vec![list],
        (None, Some(groups)) => {
            groups.as_array().into_iter().flatten().map(|group| &group["addresses"]).collect()
        }
        _ => Vec::new(),
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    lists
        .into_iter()
        .flat_map(|list| list.as_array().into_iter().flatten())
        .map(|one| (text(&one["name"]), text(&one["address"])))
        .collect()
}

fn told(mailboxes: &[Mailbox]) -> Vec<(Option<String>, Option<String>)> {
    mailboxes.iter().map(|one| (one.name.clone(), one.address.clone())).collect()
}

fn date(value: &Value) -> Option<String> {
    let date = value.get("DateTime")?;
    let number = |name: &str| date[name].as_u64().unwrap_or_default();
    let sign = if date["tz_before_gmt"].as_bool()? { '-' } else { '+' };
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        number("year"),
        number("month"),
        number("day"),
        number("hour"),
        number("minute"),
        number("second"),
        number("tz_hour"),
        number("tz_minute")
    ))
}

fn compare(mail: &Mail, expected: &Value) -> Vec<String> {
    let none = Vec::new();
    let parts = expected["parts"].as_array().unwrap_or(&none);
    let Some(root) = parts.first() else { return vec!["the expected parse has no part".into()] };
    let mut differences = Vec::new();
    let mut check = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            differences.push(format!("{what}: {ours:.200?} instead of {theirs:.200?}"));
        }
    };
    for (what, ours, name) in [
        ("from", &mail.from, "from"),
        ("to", &mail.to, "to"),
        ("cc", &mail.cc, "cc"),
        ("bcc", &mail.bcc, "bcc"),
        ("reply to", &mail.reply_to, "reply_to"),
    ] {
        check(what, format!("{:?}", told(ours)), format!("{:?}", mailboxes(header(root, name))));
    }
    let text = |name: &str| header(root, name).and_then(|value| value["Text"].as_str()).map(str::to_owned);
    check("subject", format!("{:?}", mail.subject), format!("{:?}", text("subject")));
    check("message id", format!("{:?}", mail.message_id), format!("{:?}", text("message_id")));
    let happened = mail.happened.map(|time| time.at.format("%Y-%m-%dT%H:%M:%S%:z").to_string());
    check("date", format!("{happened:?}"), format!("{:?}", header(root, "date").and_then(date)));
    let part = |index: &Value| index.as_u64().and_then(|index| parts.get(usize::try_from(index).ok()?));
    let listed =
        |name: &str| expected[name].as_array().into_iter().flatten().filter_map(part).collect::<Vec<_>>();
    let html: String = listed("html_body").iter().filter_map(|part| part["body"]["Html"].as_str()).collect();
    check("html", mail.html.clone().unwrap_or_default(), html);
    // Texts of several parts stand one after another, each on a line of its own.
    let texts: Vec<&str> =
        listed("text_body").iter().filter_map(|part| part["body"]["Text"].as_str()).collect();
    if listed("text_body").iter().all(|part| part["body"].get("Html").is_none()) {
        let joined = texts.iter().fold(String::new(), |mut all, text| {
            if !all.is_empty() && !all.ends_with('\n') {
                all.push('\n');
            }
            all + text
        });
        check("text", mail.body.clone(), joined);
    }
    let attachments = listed("attachments");
    check("number of files", mail.parts.len().to_string(), attachments.len().to_string());
    for (ours, theirs) in mail.parts.iter().zip(attachments) {
        let attribute = |name: &str, key: &str| {
            let attributes = header(theirs, name)?["ContentType"]["attributes"].as_array()?.clone();
            attributes.iter().find(|a| a["name"].as_str() == Some(key))?["value"].as_str().map(str::to_owned)
        };
        let name = attribute("content_disposition", "filename").or_else(|| attribute("content_type", "name"));
        check("file name", format!("{:?}", ours.name), format!("{name:?}"));
        if let Some(kind) = header(theirs, "content_type").map(|value| &value["ContentType"]) {
            let kind = [&kind["c_type"], &kind["c_subtype"]]
                .map(|part| part.as_str().unwrap_or_default().to_lowercase());
            check("file type", ours.mime.clone(), kind.join("/").trim_end_matches('/').to_owned());
        }
        for binary in ["Binary", "InlineBinary"] {
            if let Some(bytes) = theirs["body"][binary].as_array() {
                let bytes: Vec<u8> = bytes.iter().filter_map(|b| u8::try_from(b.as_u64()?).ok()).collect();
                check("file bytes", format!("{:?}", ours.bytes), format!("{bytes:?}"));
            }
        }
        if let Some(text) = theirs["body"]["Text"].as_str().or_else(|| theirs["body"]["Html"].as_str())
            && let Ok(own) = std::str::from_utf8(&ours.bytes)
        {
            check("text file", own.to_owned(), text.to_owned());
        }
        if let Some(id) = header(theirs, "content_id").and_then(|value| value["Text"].as_str()) {
            check("content id", format!("{:?}", ours.content_id), format!("{:?}", Some(id)));
        }
    }
    differences
}
