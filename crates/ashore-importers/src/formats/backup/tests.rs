use encoding_rs::{GB18030, UTF_16LE};

use crate::taken::{from, refused};
use crate::{CallKind, Delivery, MessageKind, Place, Reason, Refusal, Warning};
use ashore_domain::{CallStatus, Direction};

fn smses(records: &str) -> Vec<u8> {
    format!("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<?xml-stylesheet type=\"text/xsl\" href=\"sms.xsl\"?>\n<smses>\n{records}\n</smses>\n").into_bytes()
}

fn sms(body: &str) -> String {
    format!(
        "<sms protocol=\"0\" address=\"106900001\" date=\"1763692923250\" type=\"1\" subject=\"null\" body=\"{body}\" service_center=\"+8613800100500\" date_sent=\"1763692920000\" sub_id=\"2\" contact_name=\"(Unknown)\" />"
    )
}

#[test]
fn a_message_with_all_its_fields() {
    let taken = from(&smses(&sms("【示例金融】您本期应还&#10;1,234.50元 &amp; 感谢")));
    let [message] = taken.messages()[..] else { panic!("{taken:?}") };
    assert_eq!(message.kind, MessageKind::Sms);
    assert_eq!(message.address.as_deref(), Some("106900001"));
    assert_eq!(message.contact, None);
    assert_eq!(message.happened.at.to_rfc3339(), "2025-11-21T10:42:03.250+08:00");
    assert_eq!(message.sent.unwrap().to_rfc3339(), "2025-11-21T10:42:00+08:00");
    assert_eq!(message.delivery, Delivery::Received);
    assert_eq!(message.subject, None);
    assert_eq!(message.body, "【示例金融】您本期应还\n1,234.50元 & 感谢");
    assert_eq!(message.smsc.as_deref(), Some("+8613800100500"));
    assert_eq!(message.sim.as_deref(), Some("2"));
    assert!(message.raw.is_empty() && taken.warnings.is_empty() && taken.left_out.is_empty());
}

#[test]
fn a_picture_message_with_its_people_and_parts() {
    let taken = from(&smses(
        r#"<mms date="1763692923000" msg_box="1" address="13800000001~13800000002" sub="通知" m_id="m1@mmsc" date_sent="1763692920" sim_slot="1" contact_name="王五">
        <parts>
          <part seq="-1" ct="application/smil" name="smil.xml" text="&lt;smil/&gt;" />
          <part seq="0" ct="text/plain" name="t.txt" chset="106" text="第一段" />
          <part seq="0" ct="text/plain" chset="106" text="a > b" />
          <part seq="0" ct="image/png" name="../../evil&#10;.png" cid="&lt;img&gt;" text="null" data="iVBOR w0K
Gg==" />
          <part seq="0" ct="image/jpeg" name="null" cl="b.jpg" data="不是base64" />
        </parts>
        <addrs><addr address="13800000001" type="137"/><addr address="insert-address-token" type="151"/><addr address="13800000002" type="130"/></addrs>
        </mms>"#,
    ));
    let [message] = taken.messages()[..] else { panic!("{taken:?}") };
    assert_eq!(message.body, "第一段\na > b");
    assert_eq!(message.subject.as_deref(), Some("通知"));
    assert_eq!(message.address.as_deref(), Some("13800000001, 13800000002"));
    assert_eq!(message.source_id.as_deref(), Some("m1@mmsc"));
    assert_eq!(message.sent.unwrap().timestamp(), 1_763_692_920);
    assert_eq!(message.people.len(), 2);
    let [picture, damaged] = &message.parts[..] else { panic!("{:?}", message.parts) };
    assert_eq!(picture.name.as_deref(), Some("../../evil\n.png"));
    assert_eq!(picture.content_id.as_deref(), Some("img"));
    assert_eq!(picture.bytes, b"\x89PNG\r\n\x1a");
    assert_eq!(damaged.name.as_deref(), Some("b.jpg"));
    assert!(damaged.damaged && damaged.bytes == "不是base64".as_bytes());
    assert_eq!(taken.warnings, [Warning::PartDamaged(Place::Part { number: 1, part: 5 })]);
}

#[test]
fn calls_of_every_kind() {
    let call = |kind: u8, seconds: u8, number: &str| {
        format!(
            "<call number=\"{number}\" duration=\"{seconds}\" date=\"1763692923000\" type=\"{kind}\" presentation=\"1\" contact_name=\"张三\" />"
        )
    };
    let calls = [
        call(1, 60, "1"),
        call(2, 9, "2"),
        call(2, 0, "3"),
        call(3, 0, "-2"),
        call(4, 5, "5"),
        call(5, 0, "6"),
        call(6, 0, "7"),
        call(9, 3, "8"),
    ];
    let taken = from(format!("<calls count=\"8\">{}</calls>", calls.concat()).as_bytes());
    let told: Vec<_> = taken.calls().iter().map(|c| (c.kind, c.direction, c.status)).collect();
    use CallKind as K;
    use CallStatus::{Answered, Missed, Rejected};
    use Direction::{Incoming, Outgoing};
    assert_eq!(
        told,
        [
            (K::Incoming, Incoming, Answered),
            (K::Outgoing, Outgoing, Answered),
            (K::Outgoing, Outgoing, Missed),
            (K::Missed, Incoming, Missed),
            (K::Voicemail, Incoming, Missed),
            (K::Rejected, Incoming, Rejected),
            (K::Blocked, Incoming, Rejected),
            (K::Unknown, Direction::None, Answered),
        ]
    );
    assert_eq!(taken.calls()[3].number, None);
    assert_eq!(taken.calls()[0].duration_s, Some(60));
    assert_eq!(taken.calls()[0].contact.as_deref(), Some("张三"));
}

#[test]
fn drafts_and_failures_are_kept_and_say_so() {
    let kinds = ["1", "2", "3", "4", "5", "6", "x"]
        .map(|kind| sms("x").replace("type=\"1\"", &format!("type=\"{kind}\"")));
    let taken = from(&smses(&kinds.concat()));
    let told: Vec<_> = taken.messages().iter().map(|m| m.delivery).collect();
    use Delivery as D;
    assert_eq!(told, [D::Received, D::Sent, D::Draft, D::Outbox, D::Failed, D::Queued, D::Unknown]);
    assert_eq!(D::Draft.direction(), Direction::None);
}

#[test]
fn split_emoji_are_joined_and_the_bytes_kept() {
    let taken = from(&smses(&sms("好&#55357;&#56832;的&#55357;")));
    let [message] = taken.messages()[..] else { panic!() };
    assert_eq!(message.body, "好😀的\u{fffd}");
    assert!(String::from_utf8_lossy(&message.raw).contains("&#55357;&#56832;"));
    assert!(matches!(taken.warnings[..], [Warning::Mended(Place::Record { number: 1, .. })]));
}

#[test]
fn a_broken_file_is_salvaged_record_by_record() {
    let broken = [
        sms("one"),
        // An attribute without its end; a tag without its end; a time that is none; no time; an unknown element.
        "<sms address=\"1\" date=\"1763692923250\" type=\"1\" body=\"open />\n".to_owned(),
        sms("two"),
        "<sms address=\"1\" date=\"1763692923250\" type=\"1\" body=\"x\"\n<!-- cut -->".to_owned(),
        "<mms date=\"1763692923000\" msg_box=\"1\"><parts><part ct=\"text/plain\" text=\"x\"/>".to_owned(),
        sms("three"),
        sms("four").replace("1763692923250", "bad").replace("1763692920000", "0"),
        sms("five").replace("date=\"1763692923250\"", "").replace("1763692920000", "0"),
        "<other a=\"b\"/><smsc/>".to_owned(),
        sms("a raw < sign is no harm"),
        sms("six").replace("type=\"1\"", "type=1"),
    ];
    let taken = from(&smses(&broken.concat()));
    let bodies: Vec<_> = taken.messages().iter().map(|m| m.body.as_str()).collect();
    assert_eq!(bodies, ["one", "two", "three", "a raw < sign is no harm"]);
    use Reason as R;
    assert_eq!(
        taken.reasons(),
        [R::Malformed, R::Malformed, R::Malformed, R::TimeUnreadable, R::TimeMissing, R::Malformed]
    );
    assert!(matches!(taken.places()[0], Place::Record { number: 2, .. }));
}

#[test]
fn a_file_that_breaks_off_gives_what_stands_before() {
    let whole = smses(&[sms("one"), sms("two")].concat());
    let cut = whole.len() - 60;
    let taken = from(&whole[..cut]);
    assert_eq!(taken.messages().len(), 1);
    assert_eq!(taken.reasons(), [Reason::CutOff]);
    assert_eq!(taken.warnings, [Warning::FileCutOff]);
    // Wherever it is cut: no crash, and never more than was there.
    for cut in 120..whole.len() {
        assert!(from(&whole[..cut]).messages().len() <= 2);
    }
}

#[test]
fn entities_and_declarations_mean_nothing() {
    let laughs = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE smses [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY s \"<sms address='0' date='1763692923250' type='1' body='forged'/>\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]><smses count=\"1\">{}</smses>",
        sms("&b; &x;")
    );
    let taken = from(laughs.as_bytes());
    let [message] = taken.messages()[..] else { panic!("{taken:?}") };
    assert_eq!(message.body, "&b; &x;");
}

#[test]
fn other_encodings_whatever_the_file_says_of_itself() {
    let text = String::from_utf8(smses(&sms("您好，逾期提醒"))).unwrap();
    let (gbk, _, _) = GB18030.encode(&text);
    let taken = from(&gbk);
    assert_eq!(taken.messages()[0].body, "您好，逾期提醒");
    assert!(!taken.messages()[0].raw.is_empty());
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(UTF_16LE.decode(&utf16).0.len(), text.len());
    assert_eq!(from(&utf16).messages()[0].body, "您好，逾期提醒");
    let marked = [b"\xEF\xBB\xBF".to_vec(), text.clone().into_bytes()].concat();
    assert_eq!(from(&marked).messages()[0].body, "您好，逾期提醒");
    // One damaged byte in a UTF-8 file does not turn the rest into nonsense.
    let mut damaged = smses(&[sms("您好"), sms("再见")].concat());
    let at = damaged.windows(3).position(|w| w == "再".as_bytes()).unwrap();
    damaged[at + 1] = 0xFF;
    let taken = from(&damaged);
    assert_eq!(taken.messages()[0].body, "您好");
    assert!(taken.messages()[1].body.contains('\u{fffd}'));
}

#[test]
fn an_endless_record_is_left_out_and_the_next_one_read() {
    let long = "x".repeat(crate::window::MOST_RECORD + 1);
    let taken = from(&smses(&[sms(&long), sms("after")].concat()));
    assert_eq!(taken.reasons(), [Reason::TooLarge]);
    assert_eq!(taken.messages()[0].body, "after");
    let many: String = (0..100_000).map(|n| format!(" a{n}=\"\"")).collect();
    let taken = from(&smses(&sms("many").replace(" />", &format!("{many} />"))));
    assert_eq!(taken.messages()[0].body, "many");
}

#[test]
fn an_empty_backup_is_no_error_and_an_empty_file_is_one() {
    let taken = from(b"<?xml version='1.0'?>\n<smses count=\"0\"></smses>");
    assert!(taken.items.is_empty() && taken.warnings.is_empty());
    assert_eq!(
        from(b"<smses count=\"3\"></smses>").warnings,
        [Warning::CountDiffers { announced: 3, found: 0 }]
    );
    assert_eq!(refused(b""), Refusal::Empty);
    assert_eq!(refused(b"<html></html>"), Refusal::Unrecognised);
}

#[test]
fn bare_signs_within_a_value_end_no_record() {
    let taken = from(
        "<smses count=\"2\"><sms address=\"1\" date=\"1763692923250\" type=\"1\" body=\"b > < c\" /><sms address=\"1\" date=\"1763692924250\" type=\"1\" body=\"d -> <e> f\"></sms></smses>"
            .as_bytes(),
    );
    let bodies: Vec<_> = taken.messages().iter().map(|message| message.body.as_str()).collect();
    assert_eq!(bodies, ["b > < c", "d -> <e> f"]);
}
