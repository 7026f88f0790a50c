use ashore_engine::{Cost, SolvedRate};
use serde::{Serialize, Serializer};

use super::{Amount, FindingShape};

/// COST of the contract: every measure that applies, `null` for those that do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // the engine's `Cost` explains each
pub struct CostShape {
    pub irr_periodic: Option<Solved>,
    pub apr_nominal: Option<Solved>,
    pub apr_effective: Option<Solved>,
    pub xirr: Option<Solved>,
    pub apr_simple: Option<Solved>,
    pub total_cost: Amount,
    pub roots: Option<u32>,
    pub findings: Vec<FindingShape>,
}

/// A solved rate as a decimal fraction in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Solved(pub SolvedRate);

impl Serialize for Solved {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl From<Cost> for CostShape {
    fn from(cost: Cost) -> Self {
        Self {
            irr_periodic: cost.irr_periodic.map(Solved),
            apr_nominal: cost.apr_nominal.map(Solved),
            apr_effective: cost.apr_effective.map(Solved),
            xirr: cost.xirr.map(Solved),
            apr_simple: cost.apr_simple.map(Solved),
            total_cost: cost.total_cost.into(),
            roots: cost.roots,
            findings: cost.findings.into_iter().map(Into::into).collect(),
        }
    }
}
