use ashore_domain::{Money, Proposal};
use serde::Serialize;
use specta::Type;

use super::effect::peak;
use super::make::named;
use super::terms::ReliefForm;
use crate::session::{App, Unlocked};
use crate::view::day;
use crate::{AppError, ErrorCode};

/// What an offer changes against the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OfferDiffView {
    /// The offer before.
    pub before_id: String,
    /// The later one.
    pub after_id: String,
    /// Term by term; what is the same is left out.
    pub changes: Vec<TermChangeView>,
}

/// One term that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TermChangeView {
    /// `total`, `terms`, `monthly`, `peak_month`, `first_due`, `last_due`, `expires_on`, `waived.<bucket>` or
    /// `relief.<kind>`.
    pub term: String,
    /// What the text of `before` and `after` is.
    pub value: TermValue,
    /// Before; absent when it was not there.
    pub before: Option<String>,
    /// After; absent when it is no longer there.
    pub after: Option<String>,
}

/// What a text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TermValue {
    /// Yuan.
    Amount,
    /// A day.
    Day,
    /// A number.
    Count,
    /// The parameters of a relief as JSON.
    Relief,
}

impl App<Unlocked> {
    /// What the later offer changes; without an earlier one named, against the one it answers.
    ///
    /// # Errors
    /// An unknown offer, offers about different loans, or an offer that answers none.
    pub fn diff_proposals(&self, later: &str, earlier: Option<&str>) -> Result<OfferDiffView, AppError> {
        let after = self.proposal_known("proposal_id", later)?;
        let before = match (earlier, after.in_reply_to) {
            (Some(text), _) => self.proposal_known("against", text)?,
            (None, Some(id)) => self.proposal_known("in_reply_to", &id.to_string())?,
            (None, None) => {
                let message = "this offer answers none; name the one to compare it with";
                return Err(AppError::field(ErrorCode::FieldMissing, "against", message));
            }
        };
        if before.loan != after.loan {
            let message = "the two offers are about different loans";
            return Err(AppError::field(ErrorCode::NotFound, "against", message));
        }
        // Two offers named in either order are told apart by when they were made.
        let swapped = earlier.is_some() && before.made_at > after.made_at;
        Ok(if swapped { diff(&after, &before) } else { diff(&before, &after) })
    }
}

pub(super) fn diff(before: &Proposal, after: &Proposal) -> OfferDiffView {
    let (old, new) = (lines(before), lines(after));
    let mut changes = Vec::new();
    for (term, value, text) in &old {
        let now = new.iter().find(|(t, ..)| t == term).map(|(.., text)| text.clone());
        if now.as_ref() != Some(text) {
            changes.push(TermChangeView {
                term: term.clone(),
                value: *value,
                before: Some(text.clone()),
                after: now,
            });
        }
    }
    for (term, value, text) in new {
        if !old.iter().any(|(t, ..)| *t == term) {
            changes.push(TermChangeView { term, value, before: None, after: Some(text) });
        }
    }
    OfferDiffView { before_id: before.id.to_string(), after_id: after.id.to_string(), changes }
}

fn lines(offer: &Proposal) -> Vec<(String, TermValue, String)> {
    let mut lines = Vec::new();
    let mut amount = |term: String, amount: Money| lines.push((term, TermValue::Amount, amount.to_string()));
    amount("total".to_owned(), offer.rows.iter().map(|row| row.amount).sum());
    if let Some(first) = offer.rows.first() {
        amount("monthly".to_owned(), first.amount);
    }
    amount("peak_month".to_owned(), peak(offer));
    for (bucket, waived) in named(&offer.waived) {
        amount(format!("waived.{bucket}"), waived);
    }
    lines.push(("terms".to_owned(), TermValue::Count, offer.rows.len().to_string()));
    let days = [
        ("first_due", offer.rows.first().map(|row| row.due)),
        ("last_due", offer.rows.last().map(|row| row.due)),
        ("expires_on", offer.expires_on),
    ];
    for (term, on) in days {
        lines.extend(on.map(|on| (term.to_owned(), TermValue::Day, day(on))));
    }
    for relief in offer.reliefs.iter().map(ReliefForm::of) {
        let text = serde_json::to_string(&relief).unwrap_or_default();
        lines.push((format!("relief.{}", relief.word()), TermValue::Relief, text));
    }
    lines
}
