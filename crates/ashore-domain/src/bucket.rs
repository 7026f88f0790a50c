use crate::Money;

/// What a yuan is owed for. Buckets are never mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// 实现债权的费用; counts only if awarded or proved.
    EnforcementCost,
    /// 合同期内利息.
    Interest,
    /// 复利.
    Compound,
    /// 罚息.
    Penalty,
    /// 违约金、滞纳金.
    LateFee,
    /// 服务费、担保费 and other fees.
    Fees,
    /// 本金.
    Principal,
}

impl Bucket {
    /// Statutory order of allocation (民法典 561, practice for what it does not name).
    pub const STATUTORY_ORDER: [Self; 7] = [
        Self::EnforcementCost,
        Self::Interest,
        Self::Compound,
        Self::Penalty,
        Self::LateFee,
        Self::Fees,
        Self::Principal,
    ];
}

/// One amount per bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Buckets {
    /// 本金.
    pub principal: Money,
    /// 合同期内利息.
    pub interest: Money,
    /// 罚息.
    pub penalty: Money,
    /// 复利.
    pub compound: Money,
    /// 违约金.
    pub late_fee: Money,
    /// Other fees.
    pub fees: Money,
    /// 实现债权的费用.
    pub enforcement_cost: Money,
}

impl Buckets {
    /// The amount in one bucket.
    #[must_use]
    pub const fn get(&self, bucket: Bucket) -> Money {
        match bucket {
            Bucket::Principal => self.principal,
            Bucket::Interest => self.interest,
            Bucket::Penalty => self.penalty,
            Bucket::Compound => self.compound,
            Bucket::LateFee => self.late_fee,
            Bucket::Fees => self.fees,
            Bucket::EnforcementCost => self.enforcement_cost,
        }
    }

    /// The amount in one bucket, to change.
    pub const fn get_mut(&mut self, bucket: Bucket) -> &mut Money {
        match bucket {
            Bucket::Principal => &mut self.principal,
            Bucket::Interest => &mut self.interest,
            Bucket::Penalty => &mut self.penalty,
            Bucket::Compound => &mut self.compound,
            Bucket::LateFee => &mut self.late_fee,
            Bucket::Fees => &mut self.fees,
            Bucket::EnforcementCost => &mut self.enforcement_cost,
        }
    }

    /// The sum of all buckets.
    #[must_use]
    pub fn total(&self) -> Money {
        Bucket::STATUTORY_ORDER.iter().map(|b| self.get(*b)).sum()
    }
}
