/// What the creditor legally is. It decides which reference line and which complaint channel apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LenderKind {
    /// 商业银行, internet banks included.
    Bank,
    /// 消费金融公司.
    ConsumerFinanceCo,
    /// 汽车金融公司.
    AutoFinanceCo,
    /// 信托公司.
    TrustCo,
    /// 小额贷款公司.
    MicroLoanCo,
    /// 融资担保公司, creditor after it paid in the borrower's place.
    GuaranteeCo,
    /// 信用保证保险公司.
    InsurerCredit,
    /// 债权受让方 or asset manager.
    AssetManagerOrAssignee,
    /// A private or unlicensed lender.
    PrivateLender,
    /// Not found out yet; the app asks.
    #[default]
    Unknown,
}

/// What was sold to the borrower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ProductKind {
    /// 现金贷.
    #[default]
    CashLoan,
    /// 消费分期.
    ConsumerInstalment,
    /// 循环额度、随借随还.
    RevolvingCreditLine,
    /// 先享后付、月付.
    BuyNowPayLater,
    /// 信用卡.
    CreditCard,
    /// 账单分期、现金分期.
    CreditCardInstalment,
    /// 租机.
    LeaseToOwn,
    /// 民间借贷.
    PrivateLoan,
}
