use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::{ContactChannel, EvidenceId, LetterId, LoanId};

/// The borrower's own particulars, as letters carry them. The latest statement holds. An identity number is kept
/// with its middle covered: what is not stored cannot leak.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Borrower {
    /// Full name.
    pub name: Option<String>,
    /// Identity number, its middle covered.
    pub id_number: Option<String>,
    /// Telephone number for answers.
    pub phone: Option<String>,
    /// Address for answers.
    pub address: Option<String>,
    /// Mail address.
    pub email: Option<String>,
}

/// A version of a letter as it was filled and edited. It is never changed: an edit is a new version that names the
/// old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Which.
    pub id: LetterId,
    /// What kind.
    pub kind: LetterKind,
    /// The loan it is about.
    pub loan: Option<LoanId>,
    /// The version it takes the place of.
    pub replaces: Option<LetterId>,
    /// Version of the template it was filled from.
    pub template: u16,
    /// The place a complaint or report goes to, by the id of its rule.
    pub place: Option<String>,
    /// The document as filled from the records, before any edit.
    pub filled: String,
    /// The document as it is printed.
    pub document: String,
    /// The same as plain text.
    pub text: String,
    /// SHA-256 of `text`.
    pub sha256: [u8; 32],
}

/// A letter went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterSent {
    /// Which version.
    pub letter: LetterId,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// By which channel.
    pub channel: ContactChannel,
    /// To which number or address.
    pub to: Option<String>,
    /// Waybill, ticket or complaint number.
    pub reference: Option<String>,
    /// What proves it already.
    pub evidence: Vec<EvidenceId>,
    /// By when an answer is expected.
    pub reply_due: Option<NaiveDate>,
    /// The rule that day comes from.
    pub reply_rule: Option<String>,
}

/// Proof that a letter arrived came after it had gone out: the carrier's receipt, a ticket number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterProved {
    /// Which version.
    pub letter: LetterId,
    /// Which time it went out: the instant of that [`LetterSent`].
    pub sent_at: DateTime<FixedOffset>,
    /// The day it arrived, as far as known.
    pub arrived_on: Option<NaiveDate>,
    /// Waybill, ticket or complaint number.
    pub reference: Option<String>,
    /// What proves it.
    pub evidence: Vec<EvidenceId>,
}

/// An answer to a letter came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterAnswered {
    /// To which version.
    pub letter: LetterId,
    /// On which day.
    pub on: NaiveDate,
    /// What holds the answer.
    pub evidence: Vec<EvidenceId>,
    /// In words.
    pub note: Option<String>,
}

/// Kind of a letter or annex (domain §10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LetterKind {
    /// 协商还款申请书.
    Application,
    /// 困难情况说明.
    Hardship,
    /// 投诉书: what the borrower asks for.
    Complaint,
    /// 举报书: facts of a possible violation, no claim of one's own.
    Report,
    /// 书面确认请求.
    Confirmation,
    /// 沟通时段与方式请求.
    ContactHours,
    /// 停止联系第三人的要求.
    ThirdPartyStop,
    /// 个人信息查阅、更正请求.
    PersonalInformation,
    /// 征信异议申请.
    CreditObjection,
    /// 结清证明申请.
    SettlementCertificate,
    /// 支付令异议书.
    PaymentOrderObjection,
    /// 还款履行说明.
    Performance,
    /// 欠款明细: the statement of a loan.
    Statement,
    /// 还款计划.
    Plan,
    /// 还款协议附件.
    AgreementAnnex,
    /// 还款协议草稿: what the borrower would sign, for both sides to check.
    AgreementDraft,
    /// 证据目录.
    EvidenceIndex,
}

impl LetterKind {
    /// All kinds, letters first.
    pub const ALL: [Self; 17] = [
        Self::Application,
        Self::Hardship,
        Self::Confirmation,
        Self::ContactHours,
        Self::ThirdPartyStop,
        Self::PersonalInformation,
        Self::Complaint,
        Self::Report,
        Self::CreditObjection,
        Self::PaymentOrderObjection,
        Self::Performance,
        Self::SettlementCertificate,
        Self::Statement,
        Self::Plan,
        Self::AgreementAnnex,
        Self::AgreementDraft,
        Self::EvidenceIndex,
    ];

    /// Handing it over may count as asking for time or owning to the debt (domain §3.2).
    #[must_use]
    pub const fn touches_limitation(self) -> bool {
        matches!(
            self,
            Self::Application
                | Self::Hardship
                | Self::Confirmation
                | Self::Performance
                | Self::Plan
                | Self::AgreementAnnex
                | Self::AgreementDraft
        )
    }

    /// It carries income, health or identity, which only the lender itself should get.
    #[must_use]
    pub const fn carries_private_matters(self) -> bool {
        matches!(
            self,
            Self::Application
                | Self::Hardship
                | Self::Complaint
                | Self::Report
                | Self::PersonalInformation
                | Self::CreditObjection
                | Self::EvidenceIndex
        )
    }
}
