use ashore_domain::{Buckets, Money};
use ashore_engine::{CapFinding, CapLedger, CapLine, CapReport, LegalView, Measures, Verdict};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::cost::Solved;
use super::{Amount, ConfidenceShape, Day, RowShape, RuleFindingShape, read};
use crate::words::{FeeKind, LenderKind};
use crate::{AppError, ErrorCode};

/// Everything charged so far, paid or not, without principal; what is left out is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ClaimedShape {
    pub interest: Option<String>,
    pub penalty: Option<String>,
    pub compound: Option<String>,
    pub late_fee: Option<String>,
    pub fees: Option<String>,
}

impl ClaimedShape {
    /// The claim, or the field below `path` that is wrong.
    ///
    /// # Errors
    /// The first field that is wrong, by name.
    pub fn read(&self, path: &str) -> Result<Buckets, AppError> {
        let amount = |name: &str, text: &Option<String>| {
            let field = format!("{path}.{name}");
            text.as_deref().map_or(Ok(Money::ZERO), |text| read::not_negative(&field, text))
        };
        Ok(Buckets {
            interest: amount("interest", &self.interest)?,
            penalty: amount("penalty", &self.penalty)?,
            compound: amount("compound", &self.compound)?,
            late_fee: amount("late_fee", &self.late_fee)?,
            fees: amount("fees", &self.fees)?,
            ..Buckets::default()
        })
    }
}

/// What the cost disclosure sheet shows of one kind of fee, over the whole loan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DisclosedShape {
    pub kind: FeeKind,
    pub amount: String,
}

impl DisclosedShape {
    /// Kinds of fee a sheet may have.
    const MOST: usize = 100;

    /// The fees, or the field below `path` that is wrong.
    ///
    /// # Errors
    /// The first field that is wrong, by name.
    pub fn read_all(path: &str, shapes: &[Self]) -> Result<Vec<(ashore_domain::FeeKind, Money)>, AppError> {
        if shapes.len() > Self::MOST {
            let message = format!("at most {} fees", Self::MOST);
            return Err(AppError::field(ErrorCode::CountOutOfRange, path, message));
        }
        let read = |(at, shape): (usize, &Self)| {
            Ok((shape.kind.into(), read::not_negative(&format!("{path}[{at}].amount"), &shape.amount)?))
        };
        shapes.iter().enumerate().map(read).collect()
    }
}

/// A loan against the lines that fit it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // see the contract of the command line
pub struct CapShape {
    pub lines: Vec<CapLineShape>,
    pub legal_view: LegalViewShape,
    pub cap_ledger: Option<CapLedgerShape>,
    pub findings: Vec<CapFindingShape>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct CapLineShape {
    pub rule: String,
    pub limit: String,
    pub source: String,
    pub rule_as_of: Day,
    pub confidence: ConfidenceShape,
    pub measures: MeasuresShape,
    pub verdict: VerdictShape,
}

/// The loan in each measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct MeasuresShape {
    pub apr_nominal: Option<Solved>,
    pub apr_effective: Option<Solved>,
    pub xirr: Option<Solved>,
}

/// How the measures lie to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum VerdictShape {
    Below,
    Above,
    Depends,
}

/// The loan as if only what was received had been lent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct LegalViewShape {
    pub effective_principal: Amount,
    pub schedule: Vec<RowShape>,
}

/// What may have been charged so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct CapLedgerShape {
    pub days: i64,
    pub cap_total: Amount,
    pub claimed_total: Option<Amount>,
    pub excess: Option<Amount>,
}

/// A finding as `{"code", …facts}`; `docs/codes.md` explains each code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum CapFindingShape {
    Cap(OwnFinding),
    Rule(RuleFindingShape),
}

/// What a comparison itself has to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum OwnFinding {
    LenderUnknown,
    NoLine {
        lender: LenderKind,
        contract: Day,
    },
    ContractDateAssumed {
        day: Day,
    },
    OriginalLenderDecides,
    UpfrontDeduction {
        amount: Amount,
    },
    LegalViewScaled,
    DisclosureExpected {
        rule: String,
    },
    FeeNotDisclosed {
        /// Absent for a contract older than the rule.
        #[serde(skip_serializing_if = "Option::is_none")]
        rule: Option<String>,
        kind: FeeKind,
        charged: Amount,
        disclosed: Amount,
    },
    InformationOnly {
        rule: String,
        limit: String,
    },
    PrivateRuleExempt {
        rule: String,
    },
    LedgerIncomplete,
}

impl From<CapFinding> for CapFindingShape {
    fn from(finding: CapFinding) -> Self {
        use CapFinding as F;
        Self::Cap(match finding {
            F::Rule(finding) => return Self::Rule(finding.into()),
            F::LenderUnknown => OwnFinding::LenderUnknown,
            F::NoLine { lender, contract } => {
                OwnFinding::NoLine { lender: lender.into(), contract: contract.into() }
            }
            F::ContractDateAssumed { day } => OwnFinding::ContractDateAssumed { day: day.into() },
            F::OriginalLenderDecides => OwnFinding::OriginalLenderDecides,
            F::UpfrontDeduction { amount } => OwnFinding::UpfrontDeduction { amount: amount.into() },
            F::LegalViewScaled => OwnFinding::LegalViewScaled,
            F::DisclosureExpected { rule } => OwnFinding::DisclosureExpected { rule },
            F::FeeNotDisclosed { rule, fee } => OwnFinding::FeeNotDisclosed {
                rule,
                kind: fee.kind.into(),
                charged: fee.charged.into(),
                disclosed: fee.disclosed.into(),
            },
            F::Information { rule, limit } => OwnFinding::InformationOnly { rule, limit: rate(limit) },
            F::PrivateRuleExempt { rule } => OwnFinding::PrivateRuleExempt { rule },
            F::LedgerIncomplete => OwnFinding::LedgerIncomplete,
        })
    }
}

/// A stated rate with the eight decimals that every rate has on output.
fn rate(value: Decimal) -> String {
    let mut value = value.normalize();
    value.rescale(value.scale().max(8));
    value.to_string()
}

impl From<CapReport> for CapShape {
    fn from(report: CapReport) -> Self {
        Self {
            lines: report.lines.into_iter().map(Into::into).collect(),
            legal_view: report.legal_view.into(),
            cap_ledger: report.ledger.map(Into::into),
            findings: report.findings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<CapLine> for CapLineShape {
    fn from(line: CapLine) -> Self {
        Self {
            rule: line.rule.id,
            limit: rate(line.limit),
            source: line.rule.source,
            rule_as_of: line.rule.as_of.into(),
            confidence: line.rule.confidence.into(),
            measures: line.measures.into(),
            verdict: match line.verdict {
                Verdict::Below => VerdictShape::Below,
                Verdict::Above => VerdictShape::Above,
                Verdict::Depends => VerdictShape::Depends,
            },
        }
    }
}

impl From<Measures> for MeasuresShape {
    fn from(measures: Measures) -> Self {
        Self {
            apr_nominal: measures.apr_nominal.map(Solved),
            apr_effective: measures.apr_effective.map(Solved),
            xirr: measures.xirr.map(Solved),
        }
    }
}

impl From<LegalView> for LegalViewShape {
    fn from(view: LegalView) -> Self {
        Self {
            effective_principal: view.effective_principal.into(),
            schedule: view.schedule.rows().iter().map(Into::into).collect(),
        }
    }
}

impl From<CapLedger> for CapLedgerShape {
    fn from(ledger: CapLedger) -> Self {
        Self {
            days: ledger.days,
            cap_total: ledger.cap_total.into(),
            claimed_total: ledger.claimed_total.map(Into::into),
            excess: ledger.excess.map(Into::into),
        }
    }
}
