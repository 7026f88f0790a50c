//! A backup of messages to records, beside the bare events of the XML library over the same bytes.
#![allow(clippy::print_stdout, clippy::float_arithmetic, clippy::disallowed_methods)]

use std::fmt::Write;
use std::hint::black_box;
use std::io::Cursor;
use std::process::ExitCode;
use std::time::Instant;

use ashore_importers::{Format, Item, LeftOut, Outline, Request, Sink, Stopped, Warning, read};

const MESSAGES: u64 = 200_000;
const ROUNDS: usize = 7;
/// Share of the speed of bare events that records must keep.
const AT_LEAST: f64 = 0.45;

/// Chinese messages as the backup writes them; every tenth has a line break, every hundredth an emoji in two halves.
fn corpus() -> String {
    let phrases = [
        "您的账单已出，",
        "请于本月底前还款",
        "【示例金融】",
        "如已处理请忽略。",
        "最低还款额",
        "客服电话",
        "感谢您的支持",
        "逾期将影响信用记录，",
    ];
    let mut xml =
        String::from("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"200000\">\n");
    let mut seed = 7_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for number in 0..MESSAGES {
        let mut body = String::new();
        for _ in 0..3 + next(5) {
            body.push_str(phrases[usize::try_from(next(8)).unwrap_or_default()]);
        }
        let _ = write!(body, "{}.{:02}元", next(90_000), next(100));
        if number % 10 == 0 {
            body.push_str("&#10;回复TD退订");
        }
        if number % 100 == 0 {
            body.push_str("&#55357;&#56832;");
        }
        let date = 1_600_000_000_000 + number * 700_000;
        let _ = writeln!(
            xml,
            "  <sms protocol=\"0\" address=\"1069{:08}\" date=\"{date}\" type=\"{}\" subject=\"null\" body=\"{body}\" toa=\"null\" sc_toa=\"null\" service_center=\"+8613800100500\" read=\"1\" status=\"-1\" locked=\"0\" date_sent=\"{}\" sub_id=\"1\" readable_date=\"2025年11月21日 10:42:03\" contact_name=\"(Unknown)\" />",
            next(5_000),
            1 + next(2),
            date - 2_000
        );
    }
    xml.push_str("</smses>\n");
    xml
}

fn raw_events(xml: &str) -> u64 {
    let mut reader = quick_xml::Reader::from_reader(xml.as_bytes());
    let mut buffer = Vec::new();
    let mut events = 0;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(quick_xml::events::Event::Eof) | Err(_) => return events,
            Ok(event) => {
                black_box(&event);
                events += 1;
            }
        }
    }
}

#[derive(Default)]
struct Count(u64);

impl Sink for Count {
    fn format(&mut self, _: Format) -> Result<(), Stopped> {
        Ok(())
    }
    fn item(&mut self, item: Item) -> Result<(), Stopped> {
        black_box(&item);
        self.0 += 1;
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

fn records(xml: &str) -> u64 {
    let mut count = Count::default();
    let request = Request { format: Some(Format::SmsBackup), mapping: None };
    let _ = read(&request, &mut Cursor::new(xml.as_bytes()), &mut count);
    count.0
}

fn main() -> ExitCode {
    let xml = corpus();
    let (mut raw, mut ours) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        black_box(raw_events(&xml));
        raw = raw.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        if black_box(records(&xml)) != MESSAGES {
            println!("not every message was read");
            return ExitCode::FAILURE;
        }
        ours = ours.min(start.elapsed().as_secs_f64());
    }
    let megabytes = f64::from(u32::try_from(xml.len()).unwrap_or(u32::MAX)) / 1e6;
    let ratio = raw / ours;
    let kept = ratio >= AT_LEAST;
    println!("\nA backup of {MESSAGES} messages, {megabytes:.0} MB");
    println!("  events of the library    {:>10.0} MB/s", megabytes / raw);
    println!("  records                  {:>10.0} MB/s", megabytes / ours);
    println!(
        "  records to events        {ratio:>10.2}    goal {AT_LEAST} {}",
        if kept { "kept" } else { "MISSED" }
    );
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
