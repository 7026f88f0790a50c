use std::collections::BTreeMap;

use ashore_domain::{Bucket, Money, Month};
use ashore_engine::explain::{Explanation, explain_amount, explain_plan, explain_sum};
use ashore_engine::plan::{Figures, Infeasible, Objective, PlanAnswer, PlanDebt, bucket_name, plan};

use super::request::{Asked, StudioRequest};
use crate::session::{App, Unlocked};
use crate::{AppError, input};

impl App<Unlocked> {
    /// Every amount that the studio shows of its plans, with its derivation; where there is no plan, of what is missing
    /// and of what would help.
    pub(crate) fn studio_explained(&self, form: &StudioRequest) -> Result<Vec<Explanation>, AppError> {
        let asked = self.asked(form, Objective::Soonest)?;
        let answer = plan(&asked.request)?;
        let mut explained = self.settings_explained(&asked)?;
        let from_request = BTreeMap::from_iter(
            explain_plan(&asked.request, &answer).into_iter().map(|found| (found.path.clone(), found)),
        );
        match &answer {
            PlanAnswer::Feasible(found) => {
                let others = found.alternatives.iter().enumerate();
                let others = others
                    .filter_map(|(k, other)| Some((format!("alternatives[{k}]."), other.figures.as_ref()?)));
                let plans = std::iter::once((String::new(), &found.figures)).chain(others);
                for (place, (prefix, figures)) in plans.enumerate() {
                    let shown = Shown { asked: &asked, figures, from_request: &from_request, prefix };
                    let own = shown.explained(&self.contracts_by_month()?);
                    explained.extend(own.into_iter().map(|figure| {
                        let path = format!("plans[{place}].{}", figure.path);
                        figure.at(path)
                    }));
                }
            }
            PlanAnswer::Infeasible(why) => {
                for name in ["needed", "available"] {
                    let known = from_request.get(&format!("certificate.{name}"));
                    explained.extend(known.map(|known| known.clone().at(format!("obstacle.{name}"))));
                }
                explained.extend(remedies(form, &asked, why, &from_request)?);
            }
        }
        Ok(explained)
    }

    /// What the borrower calls the loans planned for, in the order of the plan.
    pub(crate) fn planned_names(&self, form: &StudioRequest) -> Result<Vec<String>, AppError> {
        let asked = self.asked(form, Objective::Soonest)?;
        let name = |debt: &PlanDebt| {
            asked.files.get(&debt.id).map_or_else(String::new, |file| file.name().to_owned())
        };
        Ok(asked.request.debts.iter().map(name).collect())
    }

    /// What every plan begins with.
    fn settings_explained(&self, asked: &Asked) -> Result<Vec<Explanation>, AppError> {
        let first = asked.request.first_month;
        let standing = self.loans_standing()?;
        let agreed: Vec<Money> =
            standing.loans.iter().filter(|l| l.agreed).filter_map(|l| l.dues.get(&first)).copied().collect();
        let debts = &asked.request.debts;
        let owed: Vec<Money> = debts.iter().map(|debt| debt.owed.total()).collect();
        let late: Vec<Money> = debts
            .iter()
            .flat_map(|d| &d.contract_payments)
            .filter(|(month, _)| *month == first)
            .map(|(_, amount)| *amount)
            .collect();
        let (first_agreed, first_late) = (agreed.iter().copied().sum(), late.iter().copied().sum());
        let all = owed.iter().copied().sum();
        Ok(vec![
            explain_sum(
                "agreed_monthly",
                "loan",
                agreed,
                Some("dues of agreements in this month"),
                first_agreed,
            ),
            explain_sum(
                "contract_first_month",
                "loan",
                late,
                Some("dues of contracts up to this month"),
                first_late,
            ),
            explain_sum("owed", "loan", owed, Some("every loan planned for"), all),
            asked.left_explained("monthly", 0),
        ])
    }

    /// What falls due in each month under the contracts planned for, loan by loan.
    fn contracts_by_month(&self) -> Result<BTreeMap<Month, Vec<Money>>, AppError> {
        let mut months: BTreeMap<Month, Vec<Money>> = BTreeMap::new();
        let standing = self.loans_standing()?;
        let planned = standing.loans.iter().filter(|l| !l.agreed && l.owed.total().is_positive());
        for (month, amount) in planned.flat_map(|loan| &loan.to_come) {
            months.entry(*month).or_default().push(*amount);
        }
        Ok(months)
    }
}

/// What would help, and what that comes to with what is asked already.
fn remedies(
    form: &StudioRequest,
    asked: &Asked,
    why: &Infeasible,
    known: &BTreeMap<String, Explanation>,
) -> Result<Vec<Explanation>, AppError> {
    let mut explained = Vec::new();
    if let Some((least, extra)) = why.smallest_extra_capacity.zip(known.get("smallest_extra_capacity")) {
        let inputs = [("fullest_month", asked.fullest), ("extra", least)];
        let rule = Some("what a month can pay at most, agreements included, and what is missing");
        let enough = asked.fullest + least;
        let enough =
            explain_amount("obstacle.enough_monthly", "fullest_month + extra", &inputs, rule, enough);
        explained.push(enough.after(extra));
        explained.push(extra.clone().at("obstacle.smallest_extra_capacity"));
    }
    if let Some((least, waiver)) = why.smallest_waiver.as_ref().zip(known.get("smallest_waiver.amount")) {
        let own = form.debts.iter().find(|own| own.loan_id == least.debt);
        let stated =
            input::amount_or_none("waiver", own.and_then(|own| own.waiver.as_deref()))?.unwrap_or_default();
        let inputs = [("asked_already", stated), ("more", least.amount)];
        let rule = Some("beyond what is asked of this lender already");
        let enough = stated + least.amount;
        let enough = explain_amount("obstacle.enough_waiver", "asked_already + more", &inputs, rule, enough);
        explained.push(enough.after(waiver));
        explained.push(waiver.clone().at("obstacle.smallest_waiver"));
    }
    Ok(explained)
}

impl Asked {
    /// What a month has for these loans: all that can be paid, less what agreements ask for.
    fn left_explained(&self, path: &str, month: usize) -> Explanation {
        let amount = |list: &[Money]| list.get(month).copied().unwrap_or_default();
        let inputs = [("can_be_paid", amount(&self.whole)), ("agreed", amount(&self.kept))];
        let rule = Some("agreements are kept first");
        let left = amount(&self.request.capacity);
        explain_amount(path, "max(can_be_paid - agreed, 0)", &inputs, rule, left)
    }
}

/// One plan with the derivations of `calc plan`, whose paths begin with `prefix`.
struct Shown<'a> {
    asked: &'a Asked,
    figures: &'a Figures,
    from_request: &'a BTreeMap<String, Explanation>,
    prefix: String,
}

impl Shown<'_> {
    fn known(&self, path: &str) -> Option<Explanation> {
        self.from_request.get(&format!("{}{path}", self.prefix)).cloned()
    }

    fn explained(&self, contracts: &BTreeMap<Month, Vec<Money>>) -> Vec<Explanation> {
        let mut explained = Vec::new();
        for (path, place) in [
            ("totals.paid", "paid"),
            ("totals.waived", "waived"),
            ("totals.interest", "interest"),
            ("peak_month", "peak_month"),
        ] {
            explained.extend(self.known(path).map(|found| found.at(place)));
        }
        for place in 0..self.figures.debts.len() {
            explained.extend(self.debt(place));
        }
        explained.extend(self.months(contracts));
        explained
    }

    /// What one lender would be asked for, an instalment with the level payment it follows from.
    fn debt(&self, place: usize) -> Vec<Explanation> {
        let Some(debt) = self.figures.debts.get(place) else { return Vec::new() };
        let at = format!("debts[{place}]");
        let row = |row: usize| {
            let own = self.known(&format!("{at}.rows[{row}].amount"))?;
            let builds_on_level =
                own.steps.iter().flat_map(|s| &s.inputs).any(|(name, _)| name == "level_payment");
            let level = self.known(&format!("{at}.level_payment")).filter(|_| builds_on_level);
            Some(match level {
                Some(level) => own.after(&level),
                None => own,
            })
        };
        let last = debt.rows.len().saturating_sub(1);
        let mut explained = Vec::new();
        explained.extend(row(0).map(|found| found.at(format!("{at}.first"))));
        explained.extend(row(last).map(|found| found.at(format!("{at}.last"))));
        let total = format!("{at}.total");
        explained.extend(self.known(&total).map(|found| found.at(total)));
        let given: Vec<Bucket> = Bucket::STATUTORY_ORDER
            .into_iter()
            .filter(|bucket| debt.waived.get(*bucket).is_positive())
            .collect();
        let amounts = given.iter().map(|bucket| debt.waived.get(*bucket));
        let mut waived = explain_sum(
            &format!("{at}.waived"),
            "waived",
            amounts,
            Some("bucket by bucket"),
            debt.waived.total(),
        );
        for bucket in given.iter().rev() {
            let path = format!("{at}.waived.{}", bucket_name(*bucket));
            if let Some(first) = self.known(&path) {
                waived = waived.after(&first);
            }
        }
        explained.push(waived);
        explained
    }

    fn months(&self, contracts: &BTreeMap<Month, Vec<Money>>) -> Vec<Explanation> {
        let mut explained = Vec::new();
        let (mut left, mut formula) = (self.figures.totals.paid, "paid_in_all".to_owned());
        let mut inputs = vec![("paid_in_all".to_owned(), left)];
        let shown = self.figures.months.iter().take_while(|m| m.month <= self.figures.last_month);
        for (k, month) in shown.enumerate() {
            let at = |name: &str| format!("loads[{k}].{name}");
            for name in ["paid", "cash_after"] {
                explained.extend(self.known(&format!("months[{k}].{name}")).map(|found| found.at(at(name))));
            }
            explained.push(self.asked.left_explained(&at("capacity"), k));
            let dues = contracts.get(&month.month).cloned().unwrap_or_default();
            let due = dues.iter().copied().sum();
            explained.push(explain_sum(
                &at("contract"),
                "loan",
                dues,
                Some("dues of contracts in this month"),
                due,
            ));
            left -= month.paid;
            formula = format!("{formula} - month_{}", k + 1);
            inputs.push((format!("month_{}", k + 1), month.paid));
            let named: Vec<(&str, Money)> =
                inputs.iter().map(|(name, amount)| (name.as_str(), *amount)).collect();
            explained.push(explain_amount(
                &at("left"),
                &formula,
                &named,
                Some("what the months up to this one pay"),
                left,
            ));
        }
        explained
    }
}
