use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{LenderKind, PartyId};

/// A person or organisation around a loan: the app's brand, who really lends, who vouches, who collects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub id: PartyId,
    /// The name the borrower knows, such as the app's brand.
    pub name: String,
    /// Full legal name, once known.
    pub legal_name: Option<String>,
    /// What it legally is.
    pub lender_kind: LenderKind,
    /// Other names it uses in messages and statements.
    pub aliases: Vec<String>,
    /// Ways to reach it.
    pub contacts: Vec<ContactPoint>,
    /// Licence number or registration, as seen.
    pub licence: Option<String>,
    /// The borrower's own note.
    pub note: Option<String>,
}

/// A way to reach a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPoint {
    /// Kind of channel.
    pub channel: ContactChannel,
    /// Number, address or name in the app.
    pub value: String,
    /// When somebody answers, as the lender states it.
    pub hours: Option<String>,
    /// How the borrower knows that it is the party's own; none means that it is not verified.
    pub verified: Option<ChannelProof>,
    /// Remarks.
    pub note: Option<String>,
}

/// How it is known that a channel is the party's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChannelProof {
    /// Printed in the contract.
    Contract,
    /// Shown inside the party's own app.
    OfficialApp,
    /// Shown on the party's own site.
    OfficialSite,
    /// In a register of an authority.
    Register,
}

/// Kind of channel between borrower and lender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContactChannel {
    /// 热线.
    Hotline,
    /// 在线客服.
    OnlineChat,
    /// 邮箱.
    Email,
    /// App 内.
    InApp,
    /// 短信.
    Sms,
    /// 邮寄.
    Post,
    /// In person.
    InPerson,
}

/// What a party is to one loan. One brand often hides three of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyRole {
    /// 助贷平台, the app's brand.
    Platform,
    /// 资金方; several may share a loan.
    Funder,
    /// 担保方.
    Guarantor,
    /// 增信方.
    CreditEnhancer,
    /// 债权受让方.
    Assignee,
    /// Who may demand payment today.
    CurrentCreditor,
    /// 催收机构.
    CollectionAgency,
    /// A single 催收人员.
    Collector,
}

/// A party's place in one loan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanParty {
    /// Who.
    pub party: PartyId,
    /// As what.
    pub role: PartyRole,
    /// A funder's share, 0 … 1.
    pub share: Option<Decimal>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// How the borrower knows: contract page, notice, call.
    pub known_by: Option<String>,
}
