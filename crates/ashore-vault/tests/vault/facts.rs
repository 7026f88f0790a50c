//! Small facts and vaults for the tests of this crate.

use ashore_domain::*;
use ashore_vault::{KdfCost, RecoveryCode, Secret, Vault};
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::path::Path;

pub(crate) fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

pub(crate) fn now() -> DateTime<FixedOffset> {
    at("2026-11-22T10:00:00+08:00")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn secret(text: &str) -> Sensitive<String> {
    Sensitive::new(text.to_owned())
}

pub(crate) const PASSPHRASE: &str = "一条足够长的口令 correct horse";

pub(crate) fn create(dir: &Path) -> (Vault, RecoveryCode) {
    Vault::create(dir, &secret(PASSPHRASE), KdfCost::FLOOR, now().to_utc()).unwrap()
}

pub(crate) fn open(dir: &Path) -> Result<Vault, ashore_vault::OpenError> {
    Vault::open(dir, Secret::Passphrase(&secret(PASSPHRASE)))
}

macro_rules! ids {
    ($($name:ident $id:ident),+) => {$(
        pub(crate) fn $name(n: u8) -> $id { $id::from_bytes([n; 16]) }
    )+};
}
ids!(party_id PartyId, loan_id LoanId, payment_id PaymentId, evidence_id EvidenceId, proposal_id ProposalId,
     agreement_id AgreementId, case_id CaseEntryId, attachment_id AttachmentId);

pub(crate) fn party(n: u8) -> Party {
    Party {
        id: party_id(n),
        name: format!("某借款平台{n}"),
        legal_name: Some("某某信息科技有限公司".to_owned()),
        lender_kind: LenderKind::MicroLoanCo,
        aliases: vec!["某某金融".to_owned(), "MM".to_owned()],
        contacts: vec![ContactPoint {
            channel: ContactChannel::Hotline,
            value: "400-000-0000".to_owned(),
            hours: Some("9:00–18:00".to_owned()),
            verified: Some(ChannelProof::Contract),
            note: None,
        }],
        licence: None,
        note: None,
    }
}

pub(crate) fn terms() -> LoanTerms {
    LoanTerms::new(LoanDraft {
        principal: Money::from_yuan(12_000),
        paid_out: None,
        disbursed_on: day("2026-01-15"),
        method: Method::EqualInstallment,
        rate: Some(Rate::new("0.24".parse().unwrap(), RatePer::Year).unwrap()),
        payment: None,
        day_count: DayCount::Months,
        terms: 12,
        first_due: day("2026-02-15"),
        due_day: None,
        period: Period::Month,
        fees: vec![Fee {
            kind: FeeKind::GuaranteeFee,
            amount: FeeAmount::OfPrincipal("0.005".parse().unwrap()),
            when: FeeWhen::EachTerm,
            counts_in_cost: true,
            payee: Some("某融资担保有限公司".to_owned()),
            contract: None,
        }],
        rows: Vec::new(),
        penalty: Some(Penalty {
            rate: PenaltyRate::MultipleOfContract("1.5".parse().unwrap()),
            base: PenaltyBase::OverduePrincipal,
            compound_on: CompoundOn::None,
            day_count: PenaltyDayCount::Act360,
        }),
        late_fee: None,
        grace_days: 0,
        allocation_order: Vec::new(),
        lender_kind: LenderKind::MicroLoanCo,
        contract_date: Some(day("2026-01-14")),
    })
    .unwrap()
}

pub(crate) fn loan(n: u8) -> Loan {
    Loan {
        id: loan_id(n),
        name: format!("借款{n}"),
        product: ProductKind::CashLoan,
        contract_no: Some("HT-2026-001".to_owned()),
        parties: vec![LoanParty {
            party: party_id(1),
            role: PartyRole::Platform,
            share: None,
            since: Some(day("2026-01-15")),
            known_by: None,
        }],
        opening: Opening::Contract { terms: Box::new(terms()), paid_terms: 3 },
        disclosed: None,
        note: None,
    }
}

pub(crate) fn payment(n: u8, loan: u8) -> Payment {
    Payment {
        id: payment_id(n),
        loan: loan_id(loan),
        on: day("2026-05-15"),
        amount: Money::from_fen(113_472),
        channel: Some("银行转账".to_owned()),
        designation: None,
        lender_allocation: vec![
            (Bucket::Principal, Money::from_fen(100_000)),
            (Bucket::Interest, Money::from_fen(13_472)),
        ],
        evidence: Vec::new(),
        together_with: None,
        note: None,
    }
}

pub(crate) fn record(n: u8, loans: &[u8]) -> EvidenceRecord {
    EvidenceRecord {
        id: evidence_id(n),
        loans: loans.iter().map(|n| loan_id(*n)).collect(),
        proposals: Vec::new(),
        agreements: Vec::new(),
        happened: EventTime { at: now(), precision: Precision::Minute, source: TimeSource::User },
        people: vec![Person {
            role: PersonRole::LenderStaff,
            name: Some("李女士".to_owned()),
            organisation: None,
            staff_no: Some("8021".to_owned()),
            phone: Some("4000000000".to_owned()),
            email: None,
            handle: None,
        }],
        direction: Direction::Outgoing,
        summary: "问能否延期两个月".to_owned(),
        outcomes: vec![Outcome {
            kind: OutcomeKind::Information,
            amount: None,
            terms: None,
            on: None,
            text: Some("三个工作日内回复".to_owned()),
        }],
        promises: vec![Promise {
            by: PersonRole::LenderStaff,
            what: "回电".to_owned(),
            due: Some(day("2026-11-25")),
        }],
        language: "zh".to_owned(),
        tags: vec!["协商".to_owned()],
        files: Vec::new(),
        extraction: None,
        details: EvidenceDetails::Call {
            number: Some("4000000000".to_owned()),
            own_number: None,
            sim: None,
            duration_s: Some(312),
            status: CallStatus::Answered,
            transcript: None,
        },
        corrects: None,
        confirmation: None,
        imported: None,
    }
}

pub(crate) fn proposal(n: u8, loan: u8) -> Proposal {
    Proposal {
        id: proposal_id(n),
        loan: loan_id(loan),
        by: Side::Borrower,
        made_at: now(),
        in_reply_to: None,
        channel: Some(ContactChannel::Hotline),
        reliefs: vec![
            Relief::Deferral { months: 2, interest: DeferredInterest::Stopped },
            Relief::IndividualInstalment {
                terms: 24,
                rate: "0".parse().unwrap(),
                total: None,
                balloon: None,
            },
        ],
        waived: Buckets { penalty: Money::from_fen(1234), ..Buckets::default() },
        rows: vec![ProposedRow { due: day("2027-01-15"), amount: Money::from_yuan(500) }],
        expires_on: None,
        evidence: Vec::new(),
        note: None,
    }
}

pub(crate) fn agreement(n: u8, loan: u8) -> Agreement {
    Agreement {
        id: agreement_id(n),
        loan: loan_id(loan),
        proposal: None,
        supersedes: None,
        agreed_on: day("2026-11-20"),
        effective_from: day("2026-12-01"),
        form: AgreedForm::Email,
        creditor: Some("某小额贷款有限公司".to_owned()),
        payment_account: None,
        waived: Buckets::default(),
        rows: vec![
            CustomRow {
                due: day("2027-01-15"),
                principal: Money::from_yuan(500),
                interest: Money::ZERO,
                fees: Money::ZERO,
            },
            CustomRow {
                due: day("2027-02-15"),
                principal: Money::from_yuan(500),
                interest: Money::ZERO,
                fees: Money::ZERO,
            },
        ],
        evidence: Vec::new(),
        note: None,
    }
}

/// One fact of every kind, in an order in which they can be recorded; files are left out.
pub(crate) fn one_of_each() -> Vec<Fact> {
    let closed = LoanClosed {
        loan: loan_id(2),
        on: day("2026-11-01"),
        reason: CloseReason::PaidOff,
        note: Some("结清证明已收".to_owned()),
    };
    let waiver = Waiver {
        loan: loan_id(1),
        on: day("2026-11-21"),
        amounts: vec![(Bucket::Penalty, Money::from_fen(999))],
        agreement: Some(agreement_id(1)),
        note: None,
    };
    let mut stated = loan(2);
    stated.opening = Opening::Stated(StatedBalance {
        as_of: day("2026-10-01"),
        buckets: Buckets { principal: Money::from_yuan(3000), ..Buckets::default() },
        oldest_unpaid_due: Some(day("2026-08-01")),
    });
    let worksheet = Worksheet {
        as_of: Some(day("2026-11-22")),
        income: vec![Income {
            name: "工资".to_owned(),
            amount: Money::from_yuan(6500),
            every: Frequency::Month,
            certainty: Certainty::Fixed,
        }],
        expenses: vec![Expense {
            name: "房租".to_owned(),
            class: ExpenseClass::Essential,
            amount: Money::from_yuan(1800),
            every: Frequency::Once("2026-12".parse().unwrap()),
        }],
        ..Worksheet::default()
    };
    let mut backed = agreement(1, 1);
    backed.proposal = Some(proposal_id(1));
    backed.evidence = vec![evidence_id(1)];
    let mut said = record(1, &[1]);
    said.agreements = vec![agreement_id(1)];
    said.proposals = vec![proposal_id(1)];
    vec![
        Fact::Party(party(1)),
        Fact::LoanOpened(loan(1)),
        Fact::LoanOpened(stated.clone()),
        Fact::LoanCorrected(LoanCorrected {
            loan: Loan { name: "改名".to_owned(), ..stated },
            reason: "写错了".to_owned(),
        }),
        Fact::LoanClosed(closed),
        Fact::Payment(payment(1, 1)),
        Fact::PaymentVoided(PaymentVoided { payment: payment_id(1), reason: "重复".to_owned() }),
        Fact::Evidence(said),
        Fact::Capacity(worksheet),
        Fact::Proposal(proposal(1, 1)),
        Fact::Agreement(backed),
        Fact::Waiver(waiver),
        Fact::Case(CaseEntry {
            id: case_id(1),
            loan: Some(loan_id(1)),
            on: day("2026-11-22"),
            step: CaseStep::Task {
                what: "要盖章的协议".to_owned(),
                by: PersonRole::User,
                due: Some(day("2026-11-25")),
                rule: None,
                agreement: None,
            },
            evidence: vec![evidence_id(1)],
            note: None,
        }),
        Fact::Custody(Custody {
            action: CustodyAction::PackExported,
            loans: vec![loan_id(1)],
            records: vec![evidence_id(1)],
            masked: true,
            originals: false,
            seal: Some([0x5a; 32]),
        }),
        Fact::Anchor(Anchor {
            entries: 13,
            head: b"{}".to_vec(),
            signature: [0x01; 64],
            stamped_at: at("2026-11-22T10:00:00+08:00").to_utc(),
            authority: Some("测试时间戳".to_owned()),
            response: vec![0x30, 0x00],
        }),
        Fact::ConductReview(ConductReview {
            rule: "COL-HOURS-GB".to_owned(),
            records: vec![evidence_id(1)],
            verdict: ReviewVerdict::Confirmed,
            note: None,
        }),
        Fact::Payment(Payment { together_with: Some(payment_id(1)), ..payment(2, 1) }),
        Fact::PaymentReturned(PaymentReturned {
            payment: payment_id(2),
            on: day("2026-11-22"),
            reason: "余额不足".to_owned(),
            evidence: vec![evidence_id(1)],
        }),
        Fact::Deadline(Deadline {
            id: DeadlineId::from_bytes([1; 16]),
            rule: "DL-PAYMENT-ORDER".to_owned(),
            starts_on: day("2026-11-20"),
            loans: vec![loan_id(1)],
            party: Some(party_id(1)),
            reference: Some("(2026)苏0105民督7号".to_owned()),
            evidence: vec![evidence_id(1)],
            note: None,
        }),
        Fact::DeadlineSettled(DeadlineSettled {
            deadline: DeadlineId::from_bytes([1; 16]),
            on: day("2026-11-22"),
            outcome: DeadlineOutcome::Done,
            note: Some("异议书已寄出".to_owned()),
        }),
        Fact::Review(Review {
            id: ReviewId::from_bytes([1; 16]),
            on: day("2026-11-22"),
            owed: Money::from_yuan(30000),
            income: Some(Money::from_yuan(6500)),
            capacity: None,
            note: None,
        }),
        Fact::Borrower(Borrower {
            name: Some("张三".to_owned()),
            id_number: Some("110101********7854".to_owned()),
            phone: Some("13800000000".to_owned()),
            address: Some("某市某路 1 号".to_owned()),
            email: Some("a@example.com".to_owned()),
        }),
        Fact::Letter(letter()),
        Fact::LetterSent(LetterSent {
            letter: letter().id,
            at: at("2026-11-22T09:00:00+08:00"),
            channel: ContactChannel::Email,
            to: Some("kf@example.com".to_owned()),
            reference: Some("GD-1".to_owned()),
            evidence: vec![evidence_id(1)],
            reply_due: Some(day("2026-11-27")),
            reply_rule: Some("DL-REPLY".to_owned()),
        }),
        Fact::LetterProved(LetterProved {
            letter: letter().id,
            sent_at: at("2026-11-22T09:00:00+08:00"),
            arrived_on: Some(day("2026-11-24")),
            reference: Some("EMS-1".to_owned()),
            evidence: vec![evidence_id(1)],
        }),
        Fact::LetterAnswered(LetterAnswered {
            letter: letter().id,
            on: day("2026-11-22"),
            evidence: Vec::new(),
            note: Some("已答复".to_owned()),
        }),
        Fact::OwnRule(OwnRule {
            rule: OwnRule::LPR.to_owned(),
            on: Some(day("2026-11-20")),
            value: Some("3.00".to_owned()),
            five_year: Some("3.50".to_owned()),
            source: Some("全国银行间同业拆借中心".to_owned()),
            note: "表里还没有".to_owned(),
        }),
    ]
}

/// SHA-256 of the letter's text.
const LETTER_SHA256: [u8; 32] = [
    0x23, 0x73, 0xf2, 0x17, 0xb1, 0x11, 0x24, 0x5d, 0x33, 0xd9, 0x20, 0xbd, 0x1e, 0x0e, 0x77, 0x88, 0x17,
    0x40, 0x34, 0xfd, 0xee, 0x84, 0x05, 0x0c, 0x0c, 0x34, 0xc7, 0xf9, 0xcb, 0x0a, 0x0b, 0xf4,
];

fn letter() -> Letter {
    Letter {
        id: LetterId::from_bytes([1; 16]),
        kind: LetterKind::Application,
        loan: Some(loan_id(1)),
        replaces: None,
        template: 1,
        place: Some("CH-LENDER".to_owned()),
        filled: "{}".to_owned(),
        document: "{}".to_owned(),
        text: "正文\n".to_owned(),
        sha256: LETTER_SHA256,
    }
}
