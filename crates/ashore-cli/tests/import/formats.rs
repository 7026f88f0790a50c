//! One file of every form in which sms-ie writes, and a workbook of the old kind: what they hold, taken in once.

use std::io::{Cursor, Write as _};

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Cli;

const SMS: &str = r#"{"_id":"7","address":"106980095188","date":"1763692923250","type":"1","body":"您的借款已逾期","sub_id":"1"}"#;
const MMS: &str = r#"{"_id":"9","date":"1763692924","msg_box":"1","sub":"通知","m_id":"m1","m_type":"132","__sender_address":{"address":"13800000417","type":"137","__display_name":"王经理"},"__parts":[{"seq":"0","ct":"text/plain","text":"方案见图"},{"seq":"0","ct":"image/png","name":"方案.png","_data":"/data/user_de/0/x/PART_1_a.png"}]}"#;
const CALL: &str =
    r#"{"_id":"4","number":"4008000000","date":"1763692930000","duration":"61","type":"1","name":"客服"}"#;
/// The first bytes of a picture.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// An archive with these entries.
pub(super) fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The record in which `words` stand, with the fields asked for.
fn shown(cli: &Cli, words: &str, fields: &[&str]) -> Value {
    let [id] = &cli.ids(words)[..] else { panic!("{words} stands in one record") };
    let record = cli.ok(&["evidence", "show", id]);
    fields
        .iter()
        .map(|field| (field.to_string(), record.pointer(field).unwrap_or(&Value::Null).clone()))
        .collect()
}

#[test]
fn each_form_is_known_counted_and_taken_in_once() {
    let lines = format!("{SMS}\n{MMS}\n");
    let workbook =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../ashore-importers/src/formats/table/fixtures/ccb.xls");
    let sms = (
        "您的借款已逾期",
        json!({
            "/kind": "sms", "/at": "2025-11-21T10:42:03.250+08:00", "/direction": "incoming",
            "/details/address": "106980095188", "/people": [], "/files": [],
        }),
    );
    // Where the picture is not at hand its name is all there is.
    let mms = |bytes: &str| {
        (
            "方案见图",
            json!({
                "/kind": "sms", "/at": "2025-11-21T10:42:04+08:00", "/summary": "通知", "/people/0/name": "王经理",
                "/details/address": "13800000417", "/files/0/name": "方案.png", "/files/0/mime": "image/png",
                "/files/0/bytes": bytes,
            }),
        )
    };
    let call = (
        "4008000000",
        json!({
            "/kind": "call", "/at": "2025-11-21T10:42:10+08:00", "/direction": "incoming", "/people/0/name": "客服",
            "/details/duration_s": 61, "/details/status": "answered",
        }),
    );
    let paid = (
        "示例消费金融",
        json!({
            "/kind": "payment_receipt", "/at": "2025-01-01T08:07:59+08:00", "/direction": "outgoing",
            "/details/amount": "1418.39",
        }),
    );
    let zipped = archive(&[("messages.ndjson", lines.as_bytes()), ("data/PART_1_a.png", PICTURE)]);
    // Every command derives the key anew, so none is asked twice.
    let before = Cli::new().facts();
    for (name, bytes, format, left_out, expected) in [
        (
            "messages.ndjson",
            lines.clone().into_bytes(),
            "sms_ie_ndjson",
            vec!["file_missing"],
            vec![sms.clone(), mms("0")],
        ),
        ("messages.json", format!("[\n{SMS}\n]").into_bytes(), "sms_ie_json", vec![], vec![sms.clone()]),
        ("calls.json", format!("[{CALL}]").into_bytes(), "sms_ie_json", vec![], vec![call.clone()]),
        ("calls.ndjson", format!("{CALL}\n").into_bytes(), "sms_ie_ndjson", vec![], vec![call]),
        ("messages.zip", zipped, "sms_ie_zip", vec![], vec![sms, mms("8")]),
        ("明细.xls", std::fs::read(workbook).unwrap(), "ccb_xls", vec!["total"], vec![paid]),
    ] {
        let cli = Cli::new();
        let file = cli.write(name, &bytes);
        let status = i32::from(!left_out.is_empty());
        let report = cli.import(&file, &[], status);
        assert_eq!(report["format"], format, "{name}");
        let reasons: Vec<&str> = report["left_out"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["reason"].as_str().unwrap())
            .collect();
        assert_eq!(reasons, left_out, "{name}");
        let records = if format == "ccb_xls" { 3 } else { expected.len() };
        assert_eq!(
            [&report["found"], &report["stored"], &report["duplicates"]],
            [records, records, 0],
            "{name}"
        );
        for (words, fields) in expected {
            let names: Vec<&str> = fields.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(shown(&cli, words, &names), fields, "{name}: {words}");
        }
        let again = cli.import(&file, &[], status);
        assert_eq!(
            [&again["found"], &again["stored"], &again["duplicates"]],
            [records, 0, records],
            "{name}"
        );
        assert_eq!(
            cli.facts(),
            before + records as u64 + 1,
            "{name}: the records and the file, nothing twice"
        );
    }
}
