//! What a file can be.

use serde::{Deserialize, Serialize};

/// What a file is, found by its content and never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// SMS Backup & Restore, messages: `<smses>` (or the older `<allsms>`).
    SmsBackup,
    /// SMS Backup & Restore, calls: `<calls>`.
    CallBackup,
    /// SMS Import/Export, one JSON object a line.
    SmsIeNdjson,
    /// SMS Import/Export, one JSON array: calls, or messages of its first version.
    SmsIeJson,
    /// SMS Import/Export, `messages.ndjson` with its `data/` in an archive.
    SmsIeZip,
    /// One e-mail.
    Eml,
    /// Many e-mails in one file.
    Mbox,
    /// A statement of payments.
    Table {
        /// How the table is kept.
        container: Container,
        /// Whose statement it is.
        statement: Statement,
    },
}

/// How a table is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Container {
    /// Text with commas, semicolons or tabs between the cells.
    Csv,
    /// The binary workbook of older office programs.
    Xls,
    /// The workbook of today's office programs.
    Xlsx,
}

/// Whose statement of payments a table is, known by the names of its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Statement {
    /// 支付宝.
    Alipay,
    /// 微信支付.
    WeChat,
    /// 京东.
    Jd,
    /// 美团.
    Meituan,
    /// 招商银行 debit card.
    CmbDebit,
    /// 招商银行 credit card.
    CmbCredit,
    /// 中国银行.
    Boc,
    /// 农业银行.
    Abc,
    /// 交通银行.
    Bocom,
    /// 工商银行.
    Icbc,
    /// 建设银行.
    Ccb,
    /// 浦发银行.
    Spdb,
    /// 中信银行.
    Citic,
    /// 兴业银行.
    Cib,
    /// 广发银行.
    Cgb,
    /// Any other table: its columns are mapped, by the borrower or by a suggestion.
    Other,
}

impl Container {
    /// Short name, as in `alipay_csv`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xls => "xls",
            Self::Xlsx => "xlsx",
        }
    }
}

impl Statement {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Alipay,
        Self::WeChat,
        Self::Jd,
        Self::Meituan,
        Self::CmbDebit,
        Self::CmbCredit,
        Self::Boc,
        Self::Abc,
        Self::Bocom,
        Self::Icbc,
        Self::Ccb,
        Self::Spdb,
        Self::Citic,
        Self::Cib,
        Self::Cgb,
        Self::Other,
    ];

    /// Short name, stable: part of a transaction's identity.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Alipay => "alipay",
            Self::WeChat => "wechat",
            Self::Jd => "jd",
            Self::Meituan => "meituan",
            Self::CmbDebit => "cmb_debit",
            Self::CmbCredit => "cmb_credit",
            Self::Boc => "boc",
            Self::Abc => "abc",
            Self::Bocom => "bocom",
            Self::Icbc => "icbc",
            Self::Ccb => "ccb",
            Self::Spdb => "spdb",
            Self::Citic => "citic",
            Self::Cib => "cib",
            Self::Cgb => "cgb",
            Self::Other => "table",
        }
    }

    /// The payment channel by its Chinese name; `None` for a table of unknown origin.
    #[must_use]
    pub const fn channel(self) -> Option<&'static str> {
        Some(match self {
            Self::Alipay => "支付宝",
            Self::WeChat => "微信支付",
            Self::Jd => "京东",
            Self::Meituan => "美团",
            Self::CmbDebit | Self::CmbCredit => "招商银行",
            Self::Boc => "中国银行",
            Self::Abc => "农业银行",
            Self::Bocom => "交通银行",
            Self::Icbc => "工商银行",
            Self::Ccb => "建设银行",
            Self::Spdb => "浦发银行",
            Self::Citic => "中信银行",
            Self::Cib => "兴业银行",
            Self::Cgb => "广发银行",
            Self::Other => return None,
        })
    }
}

impl Format {
    /// Name for people and programs: `sms_backup`, `alipay_csv`, `table_xlsx`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::SmsBackup => "sms_backup".to_owned(),
            Self::CallBackup => "call_backup".to_owned(),
            Self::SmsIeNdjson => "sms_ie_ndjson".to_owned(),
            Self::SmsIeJson => "sms_ie_json".to_owned(),
            Self::SmsIeZip => "sms_ie_zip".to_owned(),
            Self::Eml => "eml".to_owned(),
            Self::Mbox => "mbox".to_owned(),
            Self::Table { container, statement } => format!("{}_{}", statement.code(), container.code()),
        }
    }
}
