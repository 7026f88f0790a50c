use std::path::Path;

use ashore_engine::explain::explain_cap;
use ashore_engine::{CapError, CapRequest, cap_report};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{schedule, statement};
use crate::rules::{Rules, built_in, with_folder};
use crate::wire::loan::terms_error;
use crate::wire::{CapShape, ClaimedShape, DisclosedShape, Explained, LoanShape, PaymentShape, read};
use crate::{AppError, ErrorCode};

/// A loan to hold against the lines that fit it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CapQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    loan: LoanShape,
    #[serde(default)]
    payments: Vec<PaymentShape>,
    claimed: Option<ClaimedShape>,
    /// What the cost disclosure sheet shows, fee by fee; an empty list is a sheet without fees.
    disclosed: Option<Vec<DisclosedShape>>,
    as_of: String,
    rules: Option<String>,
    #[serde(default)]
    explain: bool,
}

pub(super) fn cap(question: CapQuestion) -> Result<Explained<CapShape>, AppError> {
    let terms = question.loan.read("loan")?;
    let payments = PaymentShape::read_all("payments", &question.payments)?;
    let disclosed =
        question.disclosed.as_deref().map(|fees| DisclosedShape::read_all("disclosed", fees)).transpose()?;
    let request = CapRequest {
        terms: &terms,
        payments: &payments,
        claimed: question.claimed.as_ref().map(|claimed| claimed.read("claimed")).transpose()?,
        disclosed: disclosed.as_deref(),
        as_of: read::day("as_of", &question.as_of)?,
    };
    let report = under(question.rules.as_deref(), |rules| cap_report(&request, &rules.set).map_err(refused))?;
    let explained = question.explain.then(|| explain_cap(&request, &report)).transpose();
    let explained = explained.map_err(|why| schedule::refused("loan", why))?;
    Ok(Explained::new(report.into(), explained))
}

/// Asks `question` under the built-in rules, or under those with the corrections of a folder.
pub(super) fn under<T>(
    folder: Option<&str>,
    question: impl FnOnce(&Rules) -> Result<T, AppError>,
) -> Result<T, AppError> {
    match folder {
        Some(folder) => question(&with_folder(Path::new(folder))?),
        None => question(built_in()?),
    }
}

fn refused(why: CapError) -> AppError {
    match why {
        CapError::Schedule(why) => schedule::refused("loan", why),
        CapError::Statement(why) => statement::refused(why),
        CapError::LegalTerms(why) => terms_error("loan", why),
        CapError::ClaimNegative => AppError::field(ErrorCode::AmountOutOfRange, "claimed", "not below zero"),
        CapError::OutOfRange => {
            AppError::field(ErrorCode::RulesUnreadable, "rules", "a line has at most 12 decimals")
        }
    }
}
