//! Speed of taking in, finding and keeping, as ratios in one run: `make bench`. Sizes can be made smaller with
//! `ASHORE_BENCH_MESSAGES`.

#![allow(clippy::disallowed_methods)] // a measure looks at the clock

use std::fs::{self, File};
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use ashore_domain::*;
use chrono::{DateTime, TimeDelta};
use rusqlite::{Connection, types::Value};

use crate::{KdfCost, SearchQuery, Vault, content_key, fold, migration};

fn count() -> u64 {
    std::env::var("ASHORE_BENCH_MESSAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(200_000)
}

/// How often each import is timed.
const ROUNDS: usize = 3;

/// The same sequence every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// Chinese text as such messages have it: phrases of the trade among words drawn from a large stock.
fn body(dice: &mut Dice, stock: &[String]) -> String {
    const PHRASES: &[&str] =
        &["您的借款", "已逾期", "请尽快还款", "协商分期", "减免利息", "联系客服", "尾号8821", "本期账单"];
    let mut text = String::from("【某某金融】");
    for _ in 0..6 + dice.roll(10) {
        match dice.roll(4) {
            0 => text.push_str(PHRASES[dice.roll(PHRASES.len())]),
            _ => text.push_str(&stock[dice.roll(stock.len())]),
        }
        if dice.roll(4) == 0 {
            text.push('，');
        }
    }
    text.push_str(&format!("{}.{:02}元。", dice.roll(20_000), dice.roll(100)));
    text
}

fn stock() -> Vec<String> {
    let mut dice = Dice(7);
    let sign = |dice: &mut Dice| {
        // Some signs are common and most are rare.
        let rank = dice.roll(60) * dice.roll(60);
        char::from_u32(0x4E00 + u32::try_from(rank * 5 % 20_900).unwrap()).unwrap()
    };
    (0..4000).map(|_| (0..2 + dice.roll(2)).map(|_| sign(&mut dice)).collect()).collect()
}

fn record(n: u64, body: &str) -> EvidenceRecord {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    let at = DateTime::parse_from_rfc3339("2024-01-01T08:00:00+08:00").unwrap()
        + TimeDelta::seconds(i64::try_from(n * 180).unwrap());
    let address = format!("1069{:08}", n % 500);
    EvidenceRecord {
        id: EvidenceId::from_bytes(id),
        loans: Vec::new(),
        proposals: Vec::new(),
        agreements: Vec::new(),
        happened: EventTime { at, precision: Precision::Second, source: TimeSource::Device },
        people: Vec::new(),
        direction: Direction::Incoming,
        summary: String::new(),
        outcomes: Vec::new(),
        promises: Vec::new(),
        language: String::new(),
        tags: Vec::new(),
        files: Vec::new(),
        extraction: None,
        details: EvidenceDetails::Sms {
            address: Some(address),
            smsc: None,
            sent: None,
            received: Some(at),
            sim: None,
            thread: None,
            body: body.to_owned(),
        },
        corrects: None,
        confirmation: None,
        imported: Some(Imported {
            import: ImportId::from_bytes([3; 16]),
            number: n,
            key: content_key(&n.to_be_bytes()),
        }),
    }
}

fn vault(dir: &Path) -> Vault {
    let passphrase = Sensitive::new("measure".to_owned());
    Vault::create(dir, &passphrase, KdfCost::FLOOR, DateTime::UNIX_EPOCH).unwrap().0
}

/// Takes in all messages as an import does; how long until they are committed.
fn import(vault: &mut Vault, bodies: &[String]) -> Duration {
    import_in_order(vault, bodies.iter().enumerate())
}

fn import_in_order<'a>(
    vault: &mut Vault,
    bodies: impl ExactSizeIterator<Item = (usize, &'a String)>,
) -> Duration {
    let found = bodies.len() as u64;
    let now = DateTime::UNIX_EPOCH.fixed_offset();
    let staged = vault.stage(&mut Cursor::new(b"<smses/>"), "sms.xml", "application/xml").unwrap();
    let file = staged.file().clone();
    let start = Instant::now();
    let mut importing = vault.import(staged, now).unwrap();
    for (n, body) in bodies {
        let record = record(n as u64, body);
        assert!(!importing.knows_content(&record.imported.unwrap().key).unwrap());
        importing.add(record, Vec::new()).unwrap();
    }
    let id = ImportId::from_bytes([3; 16]);
    importing
        .finish(Import {
            id,
            file,
            format: "sms_backup".to_owned(),
            found,
            stored: found,
            duplicates: 0,
            left_out: 0,
        })
        .unwrap();
    start.elapsed()
}

/// The same import into a database without encryption, by the same code.
fn import_in_clear(dir: &Path, bodies: &[String]) -> Duration {
    let mut clear = vault(dir);
    let mut db = Connection::open(dir.join("clear.db")).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16000; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;",
    )
    .unwrap();
    db.set_prepared_statement_cache_capacity(64);
    migration::migrate(&mut db).unwrap();
    clear.db = db;
    import(&mut clear, bodies)
}

/// The same rows by the command line of SQLite, into the same tables with the same indexes.
fn import_by_command_line(dir: &Path, from: &Connection, bodies: &[String]) -> Duration {
    let database = dir.join("line.db");
    // What .import cannot do is left out of the schema: bytes, absent values, and an option its version may not know.
    let schema = include_str!("../../../../migrations/0001-ledger/up.sql")
        .replace(") STRICT;", ");")
        .replace(", contentless_delete = 1", "")
        .replace("UNIQUE INDEX evidence_by_corrects", "INDEX evidence_by_corrects")
        .replace("WHERE corrects IS NOT NULL", "WHERE corrects <> ''")
        .replace("WHERE confirmation IS NOT NULL", "WHERE confirmation <> ''");
    // The column that is computed goes with the remark on it.
    let (above, below) = schema.split_once(",\n    -- Each fact stands").unwrap();
    let schema = format!("{above}{}", &below[below.find("\n);").unwrap()..]);
    let mut parts = schema.split(" CHECK (length(");
    let mut schema = parts.next().unwrap().to_owned();
    // Each check ends with `) = 32)` or `) = 16)`.
    parts.for_each(|part| schema.push_str(&part[part.find("= ").unwrap() + 5..]));
    let mut script = format!("PRAGMA journal_mode = WAL;\nPRAGMA synchronous = FULL;\n{schema}\n.mode csv\n");
    for table in ["fact", "attachment", "import", "evidence_record"] {
        let path = dir.join(format!("{table}.csv"));
        write_csv(from, table, &path);
        script.push_str(&format!(".import {} {table}\n", path.display()));
    }
    let grams = dir.join("search.csv");
    let mut out = std::io::BufWriter::new(File::create(&grams).unwrap());
    let mut query = from.prepare("SELECT place, seq FROM evidence_record ORDER BY place DESC").unwrap();
    let mut rows = query.query([]).unwrap();
    // In the order of the index, as ours is filled.
    for number in (0..bodies.len()).rev() {
        let row = rows.next().unwrap().unwrap();
        let text = crate::search::grams_of(&record(number as u64, &bodies[number]));
        writeln!(out, "{},\"{text}\"", -row.get::<_, i64>(0).unwrap()).unwrap();
    }
    drop(out);
    // A contentless table takes no rowid from .import by itself; a view with a trigger hands it on.
    script.push_str(
        "CREATE VIEW search_in AS SELECT 0 AS place, '' AS grams;
         CREATE TRIGGER search_in_row INSTEAD OF INSERT ON search_in
         BEGIN INSERT INTO search (rowid, grams) VALUES (NEW.place, NEW.grams); END;\n",
    );
    script.push_str(&format!(".import {} search_in\n", grams.display()));
    let file = dir.join("script.sql");
    fs::write(&file, script).unwrap();
    let start = Instant::now();
    let done = Command::new("sqlite3")
        .arg("-bail")
        .arg(&database)
        .stdin(File::open(&file).unwrap())
        .output()
        .unwrap();
    let took = start.elapsed();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let there: i64 = Connection::open(&database)
        .unwrap()
        .query_row("SELECT count(*) FROM evidence_record", [], |row| row.get(0))
        .unwrap();
    assert_eq!(there.unsigned_abs(), bodies.len() as u64, "{}", String::from_utf8_lossy(&done.stderr));
    took
}

fn write_csv(from: &Connection, table: &str, path: &Path) {
    let mut out = std::io::BufWriter::new(File::create(path).unwrap());
    // Without columns that are computed.
    let mut names = from.prepare(&format!("PRAGMA table_info({table})")).unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(1)).unwrap().map(Result::unwrap).collect();
    let mut query =
        from.prepare(&format!("SELECT {} FROM {table} ORDER BY rowid", names.join(", "))).unwrap();
    let columns = query.column_count();
    let mut rows = query.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let cells: Vec<String> = (0..columns)
            .map(|column| match row.get::<_, Value>(column).unwrap() {
                Value::Null => String::new(),
                Value::Integer(n) => n.to_string(),
                Value::Real(n) => n.to_string(),
                Value::Text(text) => format!("\"{}\"", text.replace('"', "\"\"")),
                Value::Blob(bytes) => match std::str::from_utf8(&bytes) {
                    Ok(text) => format!("\"{}\"", text.replace('"', "\"\"")),
                    Err(_) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
                },
            })
            .collect();
        writeln!(out, "{}", cells.join(",")).unwrap();
    }
}

fn percentile(times: &mut [Duration], hundredths: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * hundredths / 100]
}

#[derive(Clone, Copy)]
enum Goal {
    None,
    AtLeast(f64),
    AtMost(f64),
}

/// What was measured, printed as it comes; a goal that was missed fails the run at its end.
#[derive(Default)]
struct Figures {
    missed: Vec<String>,
}

impl Figures {
    fn line(&mut self, what: &str, value: f64, goal: Goal) {
        let (kept, goal) = match goal {
            Goal::None => (true, String::new()),
            Goal::AtLeast(least) => (value >= least, format!("goal at least {least}")),
            Goal::AtMost(most) => (value <= most, format!("goal at most {most}")),
        };
        println!("  {what:<52} {value:>12.3}   {goal}{}", if kept { "" } else { "  MISSED" });
        if !kept {
            self.missed.push(what.to_owned());
        }
    }

    /// Goals are set for the full number of messages; with fewer, figures only show that the measure runs.
    fn judge(self) {
        assert!(count() < 200_000 || self.missed.is_empty(), "missed: {:?}", self.missed);
    }
}

/// Parts of the messages themselves, so that there is something to find.
fn parts(bodies: &[String], length: usize, count: usize) -> Vec<String> {
    let mut dice = Dice(length as u64);
    let mut parts = Vec::new();
    while parts.len() < count {
        let signs: Vec<char> = bodies[dice.roll(bodies.len())].chars().collect();
        let from = dice.roll(signs.len());
        let part: Vec<char> = signs[from..].iter().take(length).copied().collect();
        if part.len() == length && part.iter().all(|sign| ('\u{4E00}'..='\u{9FFF}').contains(sign)) {
            parts.push(part.into_iter().collect());
        }
    }
    parts
}

#[test]
fn import_and_search() {
    let stock = stock();
    let mut dice = Dice(20_261_122);
    let bodies: Vec<String> = (0..count()).map(|_| body(&mut dice, &stock)).collect();
    let dir = tempfile::tempdir().unwrap();
    let home = |name: &str| {
        let path = dir.path().join(name);
        fs::create_dir_all(&path).unwrap();
        path
    };
    let mut sheet = Figures::default();
    println!("\n{} messages", bodies.len());
    // In turns and the median of each: the machine is not equally fast from one minute to the next.
    let (mut in_clear, mut encrypted, mut by_line) = (Vec::new(), Vec::new(), Vec::new());
    let mut newest_first = Vec::new();
    let mut filled = None;
    for round in 0..ROUNDS {
        let clear = home(&format!("clear-{round}"));
        in_clear.push(import_in_clear(&clear, &bodies));
        let mut into = vault(&dir.path().join(format!("vault-{round}")));
        encrypted.push(import(&mut into, &bodies));
        let backwards = dir.path().join("backwards");
        newest_first.push(import_in_order(&mut vault(&backwards), bodies.iter().enumerate().rev()));
        fs::remove_dir_all(backwards).unwrap();
        let from = Connection::open(clear.join("clear.db")).unwrap();
        let line = home(&format!("line-{round}"));
        by_line.push(import_by_command_line(&line, &from, &bodies));
        fs::remove_dir_all(line).unwrap();
        filled = Some((into, from));
    }
    let (vault, clear) = filled.unwrap();
    let [in_clear, encrypted, by_line, newest_first] =
        [in_clear, encrypted, by_line, newest_first].map(|mut times| percentile(&mut times, 50));
    let seconds = |time: Duration| time.as_secs_f64();
    sheet.line("messages a second, encrypted", bodies.len() as f64 / seconds(encrypted), Goal::None);
    sheet.line("encrypted / unencrypted, speed", seconds(in_clear) / seconds(encrypted), Goal::AtLeast(0.75));
    sheet.line("newest first / oldest first, speed", seconds(encrypted) / seconds(newest_first), Goal::None);
    sheet.line("sqlite3 .import of the same rows, seconds", seconds(by_line), Goal::None);
    sheet.line("import / sqlite3 .import, speed", seconds(by_line) / seconds(encrypted), Goal::AtLeast(1.5));

    let pages = |names: &str| -> f64 {
        clear
            .query_row(&format!("SELECT sum(pgsize) FROM dbstat WHERE name {names}"), [], |row| {
                row.get::<_, i64>(0)
            })
            .map_or(f64::NAN, |n| n as f64)
    };
    let index = pages("LIKE 'search%'");
    let (ledger, records) = (pages("= 'fact'"), pages("= 'evidence_record'"));
    sheet.line("index / tables that hold the text, size", index / (ledger + records), Goal::AtMost(1.2));

    let folded: Vec<String> = bodies.iter().map(|body| fold(body)).collect();
    let mut like = Vec::new();
    for part in parts(&bodies, 3, 9) {
        let start = Instant::now();
        let mut query = vault
            .db
            .prepare("SELECT subject FROM fact WHERE body LIKE '%' || ?1 || '%' ORDER BY seq DESC LIMIT 50")
            .unwrap();
        let found = query.query_map([part], |row| row.get::<_, String>(0)).unwrap().count();
        assert!(found > 0);
        like.push(start.elapsed());
    }
    let like = percentile(&mut like, 50);
    sheet.line("LIKE, median ms", seconds(like) * 1e3, Goal::None);
    for length in [1, 2, 3, 4, 6] {
        let mut times = Vec::new();
        for (n, part) in parts(&bodies, length, 200).into_iter().enumerate() {
            let query = SearchQuery { text: part.clone(), limit: 50, ..SearchQuery::default() };
            let start = Instant::now();
            let found = vault.search(&query).unwrap();
            times.push(start.elapsed());
            if n % 10 == 0 {
                let all = vault.search(&SearchQuery { limit: u32::MAX, ..query }).unwrap();
                let expected: Vec<EvidenceId> = folded
                    .iter()
                    .enumerate()
                    .rev()
                    .filter(|(_, text)| text.contains(&fold(&part)))
                    .map(|(n, _)| record(n as u64, "").id)
                    .collect();
                assert_eq!(all, expected, "{part}: nothing missing, nothing more");
                assert_eq!(found, expected[..expected.len().min(50)]);
            }
        }
        let p99 = percentile(&mut times, 99);
        let most = if length == 1 { 16.0 } else { 1.0 };
        sheet.line(&format!("search for {length}, p99 ms"), seconds(p99) * 1e3, Goal::AtMost(most));
        if length > 1 {
            sheet.line("  LIKE median / that", seconds(like) / seconds(p99), Goal::AtLeast(50.0));
        }
    }
    let mut pages = Vec::new();
    let mut before = None;
    for _ in 0..200 {
        let start = Instant::now();
        let filter = crate::EvidenceFilter { limit: Some(100), before, ..Default::default() };
        let page = vault.evidence(&filter).unwrap();
        pages.push(start.elapsed());
        before = page.last().map(|state| state.record.id);
    }
    let next = seconds(percentile(&mut pages, 99)) * 1e3;
    sheet.line("the next 100 rows of the timeline, p99 ms", next, Goal::AtMost(5.0));
    sheet.judge();
}

#[test]
fn keeping_a_large_file() {
    let dir = tempfile::tempdir().unwrap();
    let vault = vault(&dir.path().join("vault"));
    let source = dir.path().join("recording");
    let block: Vec<u8> = (0..1u32 << 18).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let mut file = File::create(&source).unwrap();
    (0..1024).for_each(|_| file.write_all(&block).unwrap());
    file.sync_all().unwrap();
    let (mut copies, mut kept) = (Vec::new(), Vec::new());
    for n in 0..3 {
        let target = dir.path().join("copy");
        let start = Instant::now();
        fs::copy(&source, &target).unwrap();
        File::open(&target).unwrap().sync_all().unwrap();
        copies.push(start.elapsed());
        fs::remove_file(&target).unwrap();
        let start = Instant::now();
        let staged = vault.stage(&mut File::open(&source).unwrap(), &n.to_string(), "audio/amr").unwrap();
        kept.push(start.elapsed());
        assert_eq!(staged.file().bytes, 1 << 30);
    }
    let mut head = [0; 16];
    File::open(&source).unwrap().read_exact(&mut head).unwrap();
    let (copy, keep) = (percentile(&mut copies, 50), percentile(&mut kept, 50));
    println!("\n1 GiB");
    let mut sheet = Figures::default();
    sheet.line("cp + fsync, seconds", copy.as_secs_f64(), Goal::None);
    sheet.line("kept, seconds", keep.as_secs_f64(), Goal::None);
    sheet.line("kept / cp + fsync, speed", copy.as_secs_f64() / keep.as_secs_f64(), Goal::AtLeast(0.4));
    sheet.judge();
}
