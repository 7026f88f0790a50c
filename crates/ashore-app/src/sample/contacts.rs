use ashore_domain::{
    CallStatus, ConfirmationForm, Direction, EventTime, EvidenceDetails, EvidenceId, EvidenceRecord, Fact,
    LoanId, Money, Outcome, OutcomeKind, Person, PersonRole, Precision, Promise, TimeSource,
};
use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};

use super::Story;
use super::loans::SampleLoans;
use crate::AppError;
use crate::clock::shanghai;

/// So many days ago at a time of day.
struct When(i64, u32, u32);

/// A contact as it is told; the rest takes sensible values.
struct Told<'a> {
    loan: LoanId,
    when: When,
    direction: Direction,
    summary: &'a str,
    person: Person,
    outcomes: Vec<Outcome>,
    promises: Vec<Promise>,
    confirmation: Option<ConfirmationForm>,
    details: EvidenceDetails,
}

fn staff(organisation: &str, staff_no: &str, phone: &str) -> Person {
    someone(PersonRole::LenderStaff, organisation, Some(staff_no), phone)
}

fn collector(organisation: &str, phone: &str) -> Person {
    someone(PersonRole::Collector, organisation, None, phone)
}

fn someone(role: PersonRole, organisation: &str, staff_no: Option<&str>, phone: &str) -> Person {
    Person {
        role,
        name: None,
        organisation: Some(organisation.to_owned()),
        staff_no: staff_no.map(str::to_owned),
        phone: Some(phone.to_owned()),
        email: None,
        handle: None,
    }
}

fn outcome(kind: OutcomeKind, text: &str) -> Outcome {
    Outcome { kind, amount: None, terms: None, on: None, text: Some(text.to_owned()) }
}

fn call(number: &str, duration_s: u32, status: CallStatus, transcript: Option<&str>) -> EvidenceDetails {
    EvidenceDetails::Call {
        number: Some(number.to_owned()),
        own_number: None,
        sim: None,
        duration_s: Some(duration_s),
        status,
        transcript: transcript.map(str::to_owned),
    }
}

fn sms(address: &str, body: &str) -> EvidenceDetails {
    EvidenceDetails::Sms {
        address: Some(address.to_owned()),
        smsc: None,
        sent: None,
        received: None,
        sim: None,
        thread: None,
        body: body.to_owned(),
    }
}

fn email(from: &str, to: &str, subject: &str, body: &str) -> EvidenceDetails {
    EvidenceDetails::Email {
        message_id: None,
        from: Some(from.to_owned()),
        to: vec![to.to_owned()],
        cc: Vec::new(),
        date_header: None,
        received_chain: Vec::new(),
        authentication: None,
        subject: Some(subject.to_owned()),
        body: body.to_owned(),
    }
}

fn at(now: DateTime<FixedOffset>, when: &When) -> DateTime<FixedOffset> {
    let day = now.date_naive() - TimeDelta::days(when.0);
    let time = NaiveTime::from_hms_opt(when.1, when.2, 0).unwrap_or_default();
    day.and_time(time).and_local_timezone(shanghai()).earliest().unwrap_or(now).min(now)
}

fn record(story: &mut Story, told: Told<'_>) -> Result<(), AppError> {
    let record = EvidenceRecord {
        id: EvidenceId::from_bytes(story.id()?),
        loans: vec![told.loan],
        proposals: Vec::new(),
        agreements: Vec::new(),
        happened: EventTime {
            at: at(story.now, &told.when),
            precision: Precision::Minute,
            source: TimeSource::Device,
        },
        people: vec![told.person],
        direction: told.direction,
        summary: told.summary.to_owned(),
        outcomes: told.outcomes,
        promises: told.promises,
        language: "zh-CN".to_owned(),
        tags: Vec::new(),
        files: Vec::new(),
        extraction: None,
        details: told.details,
        corrects: None,
        confirmation: told.confirmation,
        imported: None,
    };
    story.facts.push(Fact::Evidence(record));
    Ok(())
}

pub(super) fn tell(story: &mut Story, loans: &SampleLoans) -> Result<(), AppError> {
    for told in early(loans).into_iter().chain(recent(loans)) {
        record(story, told)?;
    }
    Ok(())
}

/// A plain contact in which nothing was offered or promised.
fn plain<'a>(
    loan: LoanId,
    when: When,
    direction: Direction,
    summary: &'a str,
    person: Person,
    details: EvidenceDetails,
) -> Told<'a> {
    let (outcomes, promises) = (Vec::new(), Vec::new());
    Told { loan, when, direction, summary, person, outcomes, promises, confirmation: None, details }
}

fn early(loans: &SampleLoans) -> Vec<Told<'static>> {
    use Direction::{Incoming, Outgoing};
    vec![
        plain(
            loans.ding,
            When(131, 15, 20),
            Outgoing,
            "打给丁卡，说明收入减少，请求个性化分期",
            staff("丁原银行信用卡中心", "5027", "4000000005"),
            call(
                "4000000005",
                912,
                CallStatus::Answered,
                Some("对方记录了困难情况，请我把收入证明发到邮箱。"),
            ),
        ),
        Told {
            outcomes: vec![Outcome {
                kind: OutcomeKind::Offer,
                amount: None,
                terms: Some(16),
                on: None,
                text: Some("16 期，不计利息".to_owned()),
            }],
            confirmation: Some(ConfirmationForm::Written),
            ..plain(
                loans.ding,
                When(123, 10, 5),
                Incoming,
                "邮件确认个性化分期 16 期，不计利息",
                staff("丁原银行信用卡中心", "5027", "4000000005"),
                email(
                    "card@example.com",
                    "me@example.com",
                    "个性化分期确认",
                    "您申请的个性化分期已经确认：共 16 期，每月 5 日还款，不计利息。请按期还款。",
                ),
            )
        },
        plain(
            loans.jia,
            When(96, 9, 2),
            Incoming,
            "甲贷短信：本期已还，谢谢",
            someone(PersonRole::Platform, "甲贷", None, "1069000001"),
            sms("1069000001", "【甲贷】您本期账单已还清。"),
        ),
        plain(
            loans.yi,
            When(40, 18, 12),
            Outgoing,
            "问乙花能不能改还款日，答复不可以",
            staff("乙禾消费金融", "0871", "4000000002"),
            call("4000000002", 204, CallStatus::Answered, None),
        ),
        plain(
            loans.bing,
            When(37, 11, 26),
            Incoming,
            "丙分期短信：第 8 期已逾期",
            someone(PersonRole::Platform, "丙分期", None, "1069000003"),
            sms("1069000003", "【丙分期】您的第 8 期账单已逾期，请尽快还款。"),
        ),
        plain(
            loans.bing,
            When(24, 16, 45),
            Outgoing,
            "打给丙分期，问清各项费用",
            staff("丙江银行", "2210", "4000000003"),
            call(
                "4000000003",
                388,
                CallStatus::Answered,
                Some("对方说担保费每期 128 元，服务费放款时已扣 1200 元。"),
            ),
        ),
    ]
}

fn recent(loans: &SampleLoans) -> Vec<Told<'static>> {
    use Direction::{Incoming, Outgoing};
    vec![
        plain(
            loans.wu,
            When(19, 21, 40),
            Outgoing,
            "打给戊借，问清欠款",
            staff("戊山小额贷款", "0311", "4000000006"),
            call("4000000006", 266, CallStatus::Answered, Some("答复会寄分项清单。")),
        ),
        plain(
            loans.wu,
            When(8, 9, 31),
            Outgoing,
            "发出协商还款申请书",
            staff("戊山小额贷款", "0311", "4000000006"),
            email(
                "me@example.com",
                "service@example.com",
                "协商还款申请书",
                "因收入减少，请求把欠款分 30 期偿还，减免罚息。附收支表。请书面答复。",
            ),
        ),
        Told {
            outcomes: vec![outcome(OutcomeKind::ThirdPartyContacted, "提到要联系单位")],
            ..plain(
                loans.wu,
                When(3, 16, 20),
                Incoming,
                "戊借催收短信，提到“联系单位”",
                collector("自称受托机构", "1069000006"),
                sms("1069000006", "您在戊借的欠款已逾期，如不处理将联系您的单位核实。"),
            )
        },
        Told {
            outcomes: vec![Outcome {
                kind: OutcomeKind::Offer,
                amount: Some(Money::from_yuan(720)),
                terms: Some(18),
                on: None,
                text: Some("罚息不收".to_owned()),
            }],
            promises: vec![Promise {
                by: PersonRole::LenderStaff,
                what: "次日发短信确认".to_owned(),
                due: None,
            }],
            confirmation: Some(ConfirmationForm::Oral),
            ..plain(
                loans.wu,
                When(2, 10, 42),
                Incoming,
                "口头提出 18 期，每期 ¥720.00",
                staff("戊山小额贷款", "0286", "13800000417"),
                call(
                    "13800000417",
                    372,
                    CallStatus::Answered,
                    Some(
                        "对方说可以分 18 期，每期 720，罚息不收，明天发短信确认。问是否停止催收，说“要问一下”。",
                    ),
                ),
            )
        },
        plain(
            loans.wu,
            When(1, 23, 6),
            Incoming,
            "戊借来电，响铃未接",
            collector("自称受托机构", "13900002210"),
            call("13900002210", 0, CallStatus::Missed, None),
        ),
        plain(
            loans.ji,
            When(1, 14, 18),
            Incoming,
            "己贷短信：今日应还 5,099.34 元",
            someone(PersonRole::Platform, "己贷", None, "1069000007"),
            sms("1069000007", "【己贷】您的欠款合计 5099.34 元，请今日还清。"),
        ),
    ]
}
