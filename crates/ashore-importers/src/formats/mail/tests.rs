use encoding_rs::GB18030;

use crate::taken::{from, refused};
use crate::{Item, Reason, Refusal};

const MAIL: &str = "Received: from mx.example.cn (mx.example.cn [192.0.2.1])\r\n by in.example.com with ESMTP id 1; Fri, 21 Nov 2025 10:42:05 +0800\r\n\
Authentication-Results: in.example.com; dkim=pass header.d=example.cn; spf=pass\r\n\
DKIM-Signature: v=1; a=rsa-sha256; d=example.cn; b=x\r\n\
From: =?gb2312?B?yr7A/b3wyNo=?= <service@example.cn>\r\n\
To: Zhang San <me@example.com>, other@example.com\r\nCc: cc@example.com\r\n\
Date: Fri, 21 Nov 2025 10:42:03 +0800\r\nMessage-ID: <a1@example.cn>\r\nIn-Reply-To: <b2@example.com>\r\n\
Subject: =?utf-8?Q?=E8=BF=98=E6=AC=BE=E6=8F=90=E9=86=92?=\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=\"c\"\r\n\r\n\
--c\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n5oKo5aW9\r\n\
--c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p onclick=\"x()\">\u{60a8}\u{597d}<img src=\"http://x.example/1.png\"></p>\r\n--c--\r\n\
--b\r\nContent-Type: application/pdf; name=\"../../etc/passwd\"\r\nContent-Disposition: attachment; filename*=utf-8''%E5%90%88%E5%90%8C%0A.pdf\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <p1>\r\n\r\nJVBERi0xLjQK\r\n\
--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner text\r\n--b--\r\n";

#[test]
fn a_mail_with_all_its_fields() {
    let taken = from(MAIL.as_bytes());
    let [mail] = taken.mails()[..] else { panic!("{taken:?}") };
    assert_eq!(mail.from[0].name.as_deref(), Some("示例金融"));
    assert_eq!(mail.from[0].address.as_deref(), Some("service@example.cn"));
    assert_eq!(mail.to.len(), 2);
    assert_eq!(mail.cc[0].address.as_deref(), Some("cc@example.com"));
    assert_eq!(mail.subject.as_deref(), Some("还款提醒"));
    assert_eq!(mail.message_id.as_deref(), Some("a1@example.cn"));
    assert_eq!(mail.in_reply_to, ["b2@example.com"]);
    assert_eq!(mail.happened.unwrap().at.to_rfc3339(), "2025-11-21T10:42:03+08:00");
    assert_eq!(mail.date_header.as_deref(), Some("Fri, 21 Nov 2025 10:42:03 +0800"));
    assert_eq!(mail.received_chain.len(), 1);
    assert!(mail.received_chain[0].starts_with("from mx.example.cn"));
    assert!(mail.authentication.as_deref().unwrap().contains("dkim=pass"));
    assert!(mail.dkim_signed);
    assert_eq!(mail.body, "您好");
    assert!(mail.html.as_deref().unwrap().contains("onclick"));
    let [pdf, inner] = &mail.parts[..] else { panic!("{:?}", mail.parts) };
    assert_eq!((pdf.name.as_deref(), pdf.mime.as_str()), (Some("合同\n.pdf"), "application/pdf"));
    assert_eq!((pdf.bytes.as_slice(), pdf.content_id.as_deref()), (&b"%PDF-1.4\n"[..], Some("p1")));
    assert_eq!(
        (inner.mime.as_str(), inner.bytes.as_slice()),
        ("message/rfc822", &b"Subject: inner\r\n\r\ninner text"[..])
    );
    assert_eq!(mail.raw, MAIL.as_bytes());
}

#[test]
fn chinese_whatever_the_mail_calls_it() {
    let text = "From: a@example.cn\nSubject: 账单\nContent-Type: text/plain; charset=utf-8\n\n您的账单已出";
    let (gbk, _, _) = GB18030.encode(text);
    let taken = from(&gbk);
    assert_eq!(taken.mails()[0].body, "您的账单已出");
    assert_eq!(taken.mails()[0].subject.as_deref(), Some("账单"));
    assert_eq!(taken.mails()[0].raw, &*gbk);
    assert_eq!(taken.mails()[0].happened, None);
}

#[test]
fn what_is_built_to_break_programs_is_refused() {
    let nested = format!("From: a@b\n{}", "Content-Type: message/rfc822\n\n".repeat(40_000));
    assert_eq!(refused(nested.as_bytes()), Refusal::Hostile(Reason::TooDeep));
    let header = format!("From: a@b\nSubject: {}\n\nx", "y ".repeat(1 << 20));
    assert_eq!(refused(header.as_bytes()), Refusal::Hostile(Reason::HeaderTooLarge));
    let deep_but_real =
        format!("From: a@b\n{}Subject: x\n\ny", "Content-Type: message/rfc822\n\n".repeat(60));
    assert_eq!(from(deep_but_real.as_bytes()).items.len(), 1);
}

#[test]
fn a_file_of_many_mails() {
    let mbox = "From a@example.cn Fri Nov 21 02:42:03 2025\nFrom: a@example.cn\nSubject: one\n\nFirst.\n\nFrom the bank's own words\n>From x\n>>From y\n\n\
From b@example.cn Fri Nov 21 10:42:04 +0800 2025\nFrom: b@example.cn\nDate: nonsense\nSubject: two\n\nSecond.\n\n\
From - Fri Nov 21 02:42:05 2025\nX-Nothing: \n\nThird.\n";
    let taken = from(mbox.as_bytes());
    let mails = taken.mails();
    assert_eq!(
        mails.iter().map(|m| m.subject.as_deref()).collect::<Vec<_>>(),
        [Some("one"), Some("two"), None]
    );
    assert_eq!(mails[0].body, "First.\n\nFrom the bank's own words\nFrom x\n>From y\n");
    assert_eq!(mails[0].happened.unwrap().at.to_rfc3339(), "2025-11-21T10:42:03+08:00");
    assert_eq!(mails[1].happened.unwrap().at.to_rfc3339(), "2025-11-21T10:42:04+08:00");
    assert!(mails[0].raw.starts_with(b"From: a@example.cn"));
    let windows = from(mbox.replace('\n', "\r\n").as_bytes());
    assert_eq!(windows.items.len(), 3);
}

#[test]
fn one_hostile_mail_among_many_is_left_out_alone() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(40_000);
    let huge = "x".repeat(crate::window::MOST_RECORD + 1);
    let mbox = format!(
        "From a Fri Nov 21 02:42:03 2025\n{nested}\n\nFrom b Fri Nov 21 02:42:03 2025\nSubject: big\n\n{huge}\n\nFrom c Fri Nov 21 02:42:03 2025\nSubject: good\n\nx\n"
    );
    let taken = from(mbox.as_bytes());
    assert_eq!(taken.reasons(), [Reason::TooDeep, Reason::TooLarge]);
    assert_eq!(taken.mails()[0].subject.as_deref(), Some("good"));
}

#[test]
fn the_same_mail_is_known_again() {
    let once = from(MAIL.as_bytes());
    let mbox = format!("From a Fri Nov 21 02:42:03 2025\r\n{MAIL}\r\n");
    let again = from(mbox.as_bytes());
    assert_eq!(once.items[0].identity(), again.items[0].identity());
    assert!(matches!(again.items[0], Item::Mail(_)));
}

#[test]
fn mails_as_other_programs_leave_them() {
    let taken = from(b"From: a@example.cn\nSubject: x\nDate: 2025-11-21 10:42:03\n\nx");
    assert_eq!(taken.mails()[0].happened.unwrap().at.to_rfc3339(), "2025-11-21T10:42:03+08:00");
    let taken = from(b"\xEF\xBB\xBFFrom: a@example.cn\nSubject: x\n\nx");
    assert_eq!(taken.mails()[0].from[0].address.as_deref(), Some("a@example.cn"));
    let (gbk, _, _) =
        GB18030.encode("From: a@example.cn\nContent-Type: multipart/mixed\n\n您的账单已出，请查看\n");
    let taken = from(&gbk);
    assert_eq!((taken.mails()[0].body.trim(), taken.mails()[0].parts.len()), ("您的账单已出，请查看", 0));
    let (gbk, _, _) = GB18030.encode(
        "From: a@example.cn\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=gbk\n\n正文在此\n\
         --b\nContent-Disposition: attachment;\n filename=\"还款协议.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--b--\n",
    );
    let taken = from(&gbk);
    let mail = taken.mails()[0];
    assert_eq!((mail.body.trim(), mail.parts[0].name.as_deref()), ("正文在此", Some("还款协议.pdf")));
    assert_eq!(mail.raw, &*gbk);
    // A nest in another encoding is seen through as well.
    let nest = format!("From: a@b\n{}", "Content-Type: message/rfc822\n\n".repeat(40_000));
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(nest.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(refused(&wide), Refusal::Hostile(Reason::TooDeep));
}
