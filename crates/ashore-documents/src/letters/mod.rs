//! One function per kind of letter (domain §10): facts in, a document and a list of what was missing out.
//!
//! A blank to be filled in by hand stands where something needed is not known; nothing is invented.

mod annexes;
mod application;
mod case;
mod complaint;
mod draft_agreement;
mod passages;
mod requests;
mod writer;

use ashore_domain::LetterKind;

pub use case::{
    Agreement, Borrower, Capacity, Case, Citation, Contact, CostLine, Creditor, Hardship, Loan, LoanRow,
    Request,
};

use crate::Document;

/// Version of the templates; a change of wording raises it.
pub const TEMPLATE: u16 = 1;

/// A letter as filled from the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The letter.
    pub document: Document,
    /// What was not known.
    pub missing: Vec<Missing>,
}

/// Something that was not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// Which, as a dotted name.
    pub field: &'static str,
    /// A blank stands for it in the text; otherwise the sentence is left out.
    pub needed: bool,
}

/// The title of a kind.
#[must_use]
pub const fn title(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Application => "协商还款申请书",
        LetterKind::Hardship => "困难情况说明",
        LetterKind::Complaint => "投诉书",
        LetterKind::Report => "举报书",
        LetterKind::Confirmation => "关于书面确认协商结果的请求",
        LetterKind::ContactHours => "关于沟通时段与方式的请求",
        LetterKind::ThirdPartyStop => "停止联系第三人的要求",
        LetterKind::PersonalInformation => "个人信息查阅、更正申请书",
        LetterKind::CreditObjection => "征信异议申请书",
        LetterKind::SettlementCertificate => "结清证明申请书",
        LetterKind::PaymentOrderObjection => "支付令异议书",
        LetterKind::Performance => "还款履行说明",
        LetterKind::Statement => "欠款明细",
        LetterKind::Plan => "还款计划",
        LetterKind::AgreementAnnex => "还款协议附件：还款安排",
        LetterKind::AgreementDraft => "还款协议（草稿）",
        LetterKind::EvidenceIndex => "证据目录",
    }
}

/// The letter of this kind, filled from the case.
#[must_use]
pub fn compose(kind: LetterKind, case: &Case) -> Draft {
    match kind {
        LetterKind::Application => application::application(case),
        LetterKind::Hardship => application::hardship(case),
        LetterKind::Complaint => complaint::complaint(case),
        LetterKind::Report => complaint::report(case),
        LetterKind::Confirmation => requests::confirmation(case),
        LetterKind::ContactHours => requests::contact_hours(case),
        LetterKind::ThirdPartyStop => requests::third_party_stop(case),
        LetterKind::PersonalInformation => requests::personal_information(case),
        LetterKind::CreditObjection => requests::credit_objection(case),
        LetterKind::SettlementCertificate => requests::settlement_certificate(case),
        LetterKind::PaymentOrderObjection => complaint::payment_order(case),
        LetterKind::Performance => requests::performance(case),
        LetterKind::Statement => annexes::statement(case),
        LetterKind::Plan => annexes::plan(case),
        LetterKind::AgreementAnnex => annexes::agreement(case),
        LetterKind::AgreementDraft => draft_agreement::draft(case),
        LetterKind::EvidenceIndex => annexes::evidence(case),
    }
}
