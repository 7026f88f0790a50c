use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::taken::{from, refused, with};
use crate::{AddressRole, CallKind, Delivery, MessageKind, Place, ReadError, Reason, Refusal, Request};

const SMS: &str = r#"{"_id":"7","thread_id":"3","address":"106900001","date":"1763692923250","date_sent":"1763692920000","protocol":"0","read":"1","type":"1","body":"请{尽快}还款 \"今天\"\n😀","service_center":"+8613800100500","sub_id":"1","__display_name":"示例"}"#;
const MMS: &str = r#"{"_id":"9","date":"1763692923","msg_box":"1","sub":"通知","m_id":"m1","m_type":"132","__sender_address":{"address":"13800000001","type":"137","__display_name":"王五"},"__recipient_addresses":[{"address":"13800000002","type":"151"}],"__parts":[{"seq":"-1","ct":"application/smil","text":"<smil/>"},{"seq":"0","ct":"text/plain","text":"看图"},{"seq":"0","ct":"image/png","name":"a.png","_data":"/data/user_de/0/x/PART_1_a.png"}]}"#;
const CALL: &str = r#"{"_id":"4","number":"4008000000","date":"1763692923250","duration":"61","type":"1","subscription_id":"1","name":"客服"}"#;

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn lines_of_messages_and_calls() {
    let taken = from(format!("{SMS}\n{MMS}\n").as_bytes());
    assert_eq!(taken.format.unwrap().code(), "sms_ie_ndjson");
    let [sms, mms] = taken.messages()[..] else { panic!("{taken:?}") };
    assert_eq!((sms.kind, sms.delivery), (MessageKind::Sms, Delivery::Received));
    assert_eq!(sms.body, "请{尽快}还款 \"今天\"\n😀");
    assert_eq!(sms.happened.at.to_rfc3339(), "2025-11-21T10:42:03.250+08:00");
    assert_eq!((sms.contact.as_deref(), sms.thread.as_deref()), (Some("示例"), Some("3")));
    assert_eq!(mms.happened.at.timestamp(), 1_763_692_923);
    assert_eq!((mms.address.as_deref(), mms.contact.as_deref()), (Some("13800000001"), Some("王五")));
    assert_eq!(mms.people[1].role, AddressRole::To);
    assert_eq!(mms.body, "看图");
    // The picture is in the archive, and this is not it.
    assert_eq!(taken.reasons(), [Reason::FileMissing]);
    assert!(mms.parts[0].damaged);
}

#[test]
fn an_array_of_calls_and_one_of_older_messages() {
    let taken = from(format!("[\n  {CALL},\n  {CALL}\n]").as_bytes());
    assert_eq!(taken.format.unwrap().code(), "sms_ie_json");
    assert_eq!(taken.calls()[1].kind, CallKind::Incoming);
    assert_eq!(taken.calls()[0].duration_s, Some(61));
    let older = MMS
        .replace("__", "")
        .replace(r#""_data":"/data/user_de/0/x/PART_1_a.png""#, r#""binary_data":"iVBORw==""#);
    let taken = from(format!("[{SMS},{older}]").as_bytes());
    assert_eq!(taken.messages()[1].parts[0].bytes, b"\x89PNG");
    assert!(from(b"[]").items.is_empty());
}

#[test]
fn the_archive_gives_its_files_and_nothing_leads_outside() {
    let hostile = MMS.replace("PART_1_a.png", "..\\..\\x").replace("\"m1\"", "\"m2\"").replace('\\', "\\\\");
    let bytes = archive(&[
        ("messages.ndjson", format!("{SMS}\n{MMS}\n{hostile}\n").as_bytes()),
        ("data/PART_1_a.png", b"\x89PNG"),
        ("../../etc/cron.d/x", b"* * * * * root true"),
        ("data/\u{202e}gnp.exe", b"x"),
        ("C:\\x", b"x"),
    ]);
    let taken = from(&bytes);
    assert_eq!(taken.format.unwrap().code(), "sms_ie_zip");
    assert_eq!(taken.messages()[1].parts[0].bytes, b"\x89PNG");
    assert!(taken.messages()[2].parts[0].damaged && taken.messages()[2].parts[0].bytes.is_empty());
    assert_eq!(
        taken.reasons(),
        [Reason::UnsafeName, Reason::UnsafeName, Reason::UnsafeName, Reason::FileMissing]
    );
    assert!(matches!(taken.places()[0], Place::Entry(_)));
}

#[test]
fn an_archive_that_unfolds_without_end_is_refused() {
    let spaces = vec![b' '; 17 << 20];
    let bytes = archive(&[("messages.ndjson", &spaces)]);
    assert!(bytes.len() < 1 << 20);
    assert!(matches!(with(&Request::default(), &bytes).1, Err(ReadError::Refused(Refusal::Bomb))));
    assert_eq!(refused(b"PK\x03\x04 and nothing more"), Refusal::Broken);
}

#[test]
fn broken_lines_are_left_out_alone() {
    let cut = &SMS[..SMS.len() / 2];
    let open = SMS.trim_end_matches('}');
    let lines = format!(
        "{SMS}\n{cut}\n{open}\n{SMS}\n{{\"display_name\":\"a contact\"}}\n{{\"type\":1,\"body\":\"x\",\"date\":\"soon\"}}\n{{\"type\":1,\"body\":\"y\",\"date\":1763692923250}}\n{cut}"
    );
    let taken = from(lines.as_bytes());
    assert_eq!(taken.messages().len(), 3);
    assert_eq!(
        taken.reasons(),
        [Reason::Malformed, Reason::Malformed, Reason::NotARecord, Reason::TimeUnreadable, Reason::CutOff]
    );
}

#[test]
fn depth_is_no_way_in() {
    let deep = format!("{SMS}\n{{\"type\":{}1{},\"body\":\"x\"}}", "[".repeat(100_000), "]".repeat(100_000));
    let taken = from(deep.as_bytes());
    assert_eq!((taken.messages().len(), taken.reasons()), (1, vec![Reason::Malformed]));
}

#[test]
fn half_signs_and_other_encodings_leave_a_mark_and_lose_no_message() {
    let with = |body: &str| format!(r#"{{"address":"1","date":"1763692923250","type":"1","body":"{body}"}}"#);
    for (body, read) in [
        (r"a\ud83d half", "a\u{fffd} half"),
        (r"\ud83d\ude0e \ude0e", "😎 \u{fffd}"),
        (r"\\ud83d \ud83d", "\\ud83d \u{fffd}"),
        (r"\ud83d\u0041\n", "\u{fffd}A\n"),
        (r"\ud83d", "\u{fffd}"),
    ] {
        let taken = from(with(body).as_bytes());
        assert_eq!(taken.messages()[0].body, read, "{body}");
        assert_eq!(taken.messages()[0].raw, with(body).as_bytes(), "what was there is kept");
    }
    let (gbk, _, _) = encoding_rs::GB18030.encode("逾期提醒");
    let (before, after) = with("@").split_once('@').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let taken = from(&[before.as_bytes(), &gbk, after.as_bytes()].concat());
    assert_eq!(taken.messages()[0].body, "逾期提醒");
    assert_eq!(from(with(r"\ud8").as_bytes()).reasons(), [Reason::Malformed]);
}

#[test]
fn the_rest_of_a_line_is_told_and_what_follows_a_broken_one_is_not_told_twice() {
    let taken = from(format!("{SMS}\nss\":\"1\",\"body\":\"x\"}}\n{SMS}\n").as_bytes());
    assert_eq!((taken.items.len(), taken.reasons()), (2, vec![Reason::Malformed]));
    let broken = SMS.replace("今天", "今\n天");
    let taken = from(format!("{SMS}\n{broken}\n{SMS}\n").as_bytes());
    assert_eq!((taken.items.len(), taken.reasons()), (2, vec![Reason::Malformed]));
}
