use std::collections::BTreeMap;

use ashore_domain::{Bucket, Money, Month, Proposal};
use ashore_engine::explain::{
    Explanation, explain_amount, explain_forecast, explain_proposal, explain_statement, explain_sum,
    explain_term_parts,
};
use ashore_engine::proposal_outcome;

use super::MakeOfferRequest;
use super::effect::{as_compared, legal_step};
use crate::AppError;
use crate::explain::{chained, find, placed};
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};

impl App<Unlocked> {
    /// Every figure of what an offer comes to that was made.
    pub(crate) fn offer_explained(&self, proposal_id: &str) -> Result<Vec<Explanation>, AppError> {
        let kept = self.proposal_known("proposal_id", proposal_id)?;
        let file = self.loan_file(kept.loan)?;
        let findings = self.findings_of(&file, &kept)?;
        self.effect_explained(&file, &kept, &findings, "effect.")
    }

    /// The same of one that is being made.
    pub(crate) fn new_offer_explained(
        &self,
        request: &MakeOfferRequest,
    ) -> Result<Vec<Explanation>, AppError> {
        let drafted = self.draft_offer(request)?;
        self.effect_explained(&drafted.file, &drafted.proposal, &drafted.findings, "")
    }

    fn effect_explained(
        &self,
        file: &LoanFile,
        offer: &Proposal,
        findings: &[(String, Option<Money>)],
        prefix: &str,
    ) -> Result<Vec<Explanation>, AppError> {
        let on = offer.made_at.date_naive();
        let (statement, mut owed) = file.replayed(on, explain_statement)?;
        owed.extend(file.replayed(on, explain_term_parts)?.1);
        let claimed = statement.outstanding;
        let mut explained =
            placed(owed, |path| path.strip_prefix("outstanding.").map(|bucket| format!("claimed.{bucket}")));
        let rows: Vec<Money> = offer.rows.iter().map(|row| row.amount).collect();
        let total: Money = rows.iter().copied().sum();
        for (k, row) in rows.iter().enumerate() {
            let path = format!("rows[{k}].amount");
            explained.push(explain_amount(
                &path,
                "stated",
                &[("stated", *row)],
                Some("a row of the offer"),
                *row,
            ));
        }
        let paid = explain_sum("total", "row", rows, Some("every row of the offer"), total);
        let given = Bucket::STATUTORY_ORDER.map(|bucket| offer.waived.get(bucket));
        let given: Vec<Money> = given.into_iter().filter(|amount| amount.is_positive()).collect();
        let waived = offer.waived.total();
        explained.push(explain_sum("waived", "waived", given, Some("bucket by bucket"), waived));
        let (all, named) = (claimed.total(), [("claimed", claimed.total()), ("total_paid", total)]);
        let saving = explain_amount("saving", "claimed - total_paid", &named, None, all - total);
        explained.push(saving.after(&paid));
        let named = [("claimed", all), ("waived", waived), ("total_paid", total)];
        let open =
            explain_amount("open", "claimed - waived - total_paid", &named, None, all - waived - total);
        explained.push(open.after(&paid));
        explained.push(paid);
        explained.push(peak_explained(offer));
        let (debt, compared) = as_compared(offer, claimed);
        let outcome = proposal_outcome(on, &debt, &compared, None).ok();
        let weighed = outcome.map(|outcome| explain_proposal(on, &debt, &compared, &outcome, ""));
        match weighed {
            Some(weighed) => explained.extend(placed(weighed, |path| match path {
                "xirr" => Some("xirr".to_owned()),
                "if_broken.revived" => Some("revived".to_owned()),
                _ => None,
            })),
            None => explained.push(explain_sum("revived", "waived", [], None, Money::ZERO)),
        }
        explained.extend(self.first_break_explained(file, offer)?);
        for (k, amount) in findings.iter().enumerate().filter_map(|(k, (_, amount))| Some((k, (*amount)?))) {
            let (path, rule) = (format!("findings[{k}].amount"), Some("what the terms of the offer come to"));
            explained.push(explain_amount(&path, "stated", &[("stated", amount)], rule, amount));
        }
        let limitation = self.act_explained(file, legal_step(offer))?;
        explained.extend(placed(limitation, |path| Some(format!("limitation.{path}"))));
        Ok(placed(explained, |path| Some(format!("{prefix}{path}"))))
    }

    /// How much the first due that fails beside the offer is short, due by due from the first on.
    fn first_break_explained(
        &self,
        file: &LoanFile,
        offer: &Proposal,
    ) -> Result<Option<Explanation>, AppError> {
        let Some(beside) = self.beside_all(file, offer)? else { return Ok(None) };
        let Some(failed) = beside.forecast.breaks.first() else { return Ok(None) };
        let (today, none) = (beside.today, Money::ZERO);
        let all = explain_forecast(today, none, &beside.capacity, &beside.expected, &beside.forecast);
        let dues: Vec<Explanation> =
            all.iter().filter(|one| one.path.starts_with("cash[")).cloned().collect();
        let up_to = chained(&dues, |due| due.path == format!("cash[{}]", failed.index));
        let short = find(&all, "breaks[0].short").cloned();
        Ok(short.zip(up_to).map(|(short, up_to)| short.after(&up_to).at("first_break.short")))
    }
}

/// The largest sum of one month, the rows of each added first.
fn peak_explained(offer: &Proposal) -> Explanation {
    let mut months: BTreeMap<Month, Vec<(String, Money)>> = BTreeMap::new();
    for (k, row) in (1..).zip(&offer.rows) {
        months.entry(Month::of(row.due)).or_default().push((format!("row_{k}"), row.amount));
    }
    let sums = months.values().map(|rows| {
        let names: Vec<&str> = rows.iter().map(|(name, _)| name.as_str()).collect();
        names.join(" + ")
    });
    let formula = std::iter::once("0".to_owned()).chain(sums).collect::<Vec<_>>().join(", ");
    let inputs: Vec<(&str, Money)> =
        months.values().flatten().map(|(name, amount)| (name.as_str(), *amount)).collect();
    let peak = super::effect::peak(offer);
    let rule = Some("the largest sum of one month");
    explain_amount("peak_month", &format!("max({formula})"), &inputs, rule, peak)
}
