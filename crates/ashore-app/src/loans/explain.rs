use ashore_domain::{Fee, FeeWhen, Instalment, LoanId, LoanTerms, Money};
use ashore_engine::explain::{
    Explanation, explain_amount, explain_cap, explain_disclosed_fee, explain_schedule, explain_statement,
    explain_sum, explain_term_parts,
};
use ashore_engine::{Amortised, CapRequest};
use chrono::NaiveDate;

use super::borrow::Borrowed;
use super::disclosure::{disclosure_explained, shown};
use super::file::LoanFile;
use super::{BorrowRequest, reference::Capped};
use crate::explain::{find, placed};
use crate::session::{App, Unlocked};
use crate::view::Fraction;
use crate::{AppError, id, input};

/// Figures for whose steps another one is needed begin with that one.
fn with_level(all: Vec<Explanation>) -> Vec<Explanation> {
    let level = find(&all, "level_payment").cloned();
    let builds_on = |figure: &Explanation| {
        figure.path != "level_payment"
            && figure.steps.iter().flat_map(|s| &s.inputs).any(|(name, _)| name == "level_payment")
    };
    all.into_iter()
        .map(|figure| match &level {
            Some(level) if builds_on(&figure) => figure.after(level),
            _ => figure,
        })
        .collect()
}

fn stated(path: &str, amount: Money) -> Explanation {
    explain_amount(path, "stated", &[("stated", amount)], Some("as the contract states it"), amount)
}

/// Every figure of a cost, by its place under `cost`, and the contract's rows and totals under their own.
fn cost_explained(terms: &LoanTerms, amortised: &Amortised) -> Vec<Explanation> {
    let mut explained = with_level(explain_schedule(terms, amortised));
    let received = find(&explained, "received").cloned();
    let interest = find(&explained, "totals.interest").cloned();
    explained.extend(received.map(|found| found.at("cost.received")));
    let draft = terms.get();
    explained.push(stated("cost.principal", draft.principal));
    let upfront = |counts: bool| -> Money {
        let fees = draft.fees.iter().filter(|f| f.when == FeeWhen::Upfront && f.counts_in_cost == counts);
        fees.map(|fee| terms.fee_amount(fee)).sum()
    };
    let (counted, optional) = (upfront(true), upfront(false));
    let held = draft.principal - terms.received();
    let inputs =
        [("principal", draft.principal), ("received", terms.received()), ("optional_fees", optional)];
    let rule = Some("what is optional does not count as cost");
    let formula = "principal - received - optional_fees";
    explained.push(explain_amount("cost.kept_back", formula, &inputs, rule, held - optional));
    // The parts in the order of their view: interest, each fee that counts, what no fee explains.
    explained.extend(interest.map(|found| found.at("cost.parts[0].amount")));
    let counting: Vec<&Fee> = draft.fees.iter().filter(|fee| fee.counts_in_cost).collect();
    let rows = i64::try_from(amortised.schedule.rows().len()).unwrap_or(i64::MAX);
    for (k, fee) in counting.iter().enumerate() {
        let once = terms.fee_amount(fee);
        let times = if fee.when == FeeWhen::EachTerm { rows } else { 1 };
        let (path, formula) = (format!("cost.parts[{}].amount", k + 1), format!("fee * {times}"));
        let all = Money::from_fen(once.fen() * times);
        explained.push(explain_amount(&path, &formula, &[("fee", once)], Some("fees of the contract"), all));
    }
    let unnamed = held - counted - optional;
    if unnamed.is_positive() {
        let path = format!("cost.parts[{}].amount", counting.len() + 1);
        let inputs = [
            ("principal", draft.principal),
            ("received", terms.received()),
            ("upfront_fees", counted + optional),
        ];
        let rule = Some("less was paid out than no fee explains");
        explained.push(explain_amount(&path, "principal - received - upfront_fees", &inputs, rule, unnamed));
    }
    explained
}

impl App<Unlocked> {
    /// The figures of the part of one loan in which `path` lies, with their derivations.
    pub(crate) fn loan_explained(
        &self,
        loan_id: &str,
        as_of: Option<&str>,
        path: &str,
    ) -> Result<Vec<Explanation>, AppError> {
        let loan: LoanId = id::parse("loan_id", loan_id)?;
        let today = self.clock.today();
        let as_of = input::date_or_none("as_of", as_of)?.unwrap_or(today);
        let file = self.loan_file(loan)?;
        let lies_in = |part: &str| path.starts_with(part);
        if lies_in("statement.") {
            let mut statement = file.replayed(as_of, explain_statement)?.1;
            if lies_in("statement.terms[") || path == "statement.outstanding.enforcement_cost" {
                statement.extend(file.replayed(as_of, explain_term_parts)?.1);
            }
            return Ok(placed(statement, |path| Some(format!("statement.{path}"))));
        }
        if lies_in("reference.") {
            return self.reference_explained(&file, today);
        }
        if lies_in("disclosure.") {
            let sheet = file.state.loan.disclosed.as_deref().unwrap_or_default();
            return Ok(file.terms().map_or_else(Vec::new, |terms| disclosure_explained(terms, sheet)));
        }
        if lies_in("limitation.") {
            return self.limitation_explained(&file, today);
        }
        let known = file.terms().zip(file.amortised()?);
        Ok(known.map_or_else(Vec::new, |(terms, amortised)| cost_explained(terms, &amortised)))
    }

    /// The figures of the comparison with its lines, the ledger of what may have been charged among them.
    fn reference_explained(&self, file: &LoanFile, today: NaiveDate) -> Result<Vec<Explanation>, AppError> {
        let Some(Capped { terms, payments, report }) = self.capped(file, today)? else {
            return Ok(Vec::new());
        };
        let disclosed = file.state.loan.disclosed.as_deref().map(shown);
        let disclosed = disclosed.as_deref();
        let request =
            CapRequest { terms: &terms, payments: &payments, claimed: None, disclosed, as_of: today };
        let all = explain_cap(&request, &report)?;
        let contract = ashore_engine::amortise(&terms)?;
        let mut explained = Vec::new();
        for (k, line) in report.lines.iter().enumerate() {
            if let Some(found) = find(&all, &format!("lines[{k}].limit")) {
                let value = Fraction::from(line.limit).to_string();
                explained.push(Explanation { value, ..found.clone().at(format!("lines[{k}].limit")) });
            }
        }
        explained.extend(find(&all, "cap_ledger.cap_total").map(|found| found.clone().at("cap_total")));
        let first = |path: &str, rows: &[Instalment]| {
            let row = rows.first()?;
            let inputs = [("principal", row.principal), ("interest", row.interest)];
            let rule = Some("the first row");
            Some(explain_amount(path, "principal + interest", &inputs, rule, row.principal + row.interest))
        };
        let interest = |path: &str, rows: &[Instalment]| {
            let each = rows.iter().map(|row| row.interest);
            explain_sum(path, "row", each.clone(), Some("interest of every row"), each.sum())
        };
        let (theirs, legal) = (contract.schedule.rows(), report.legal_view.schedule.rows());
        explained.push(stated("legal_view.principal", terms.get().principal));
        explained.extend(find(&all, "legal_view.effective_principal").cloned());
        explained.extend(first("legal_view.payment", theirs));
        explained.extend(first("legal_view.effective_payment", legal));
        explained.push(interest("legal_view.interest", theirs));
        explained.push(interest("legal_view.effective_interest", legal));
        Ok(placed(explained, |path| Some(format!("reference.{path}"))))
    }

    /// The figures of a loan that is only offered; of the lines it lies beside, or of the forecast without or with it,
    /// where `path` lies there.
    pub(crate) fn borrowing_explained(
        &self,
        request: &BorrowRequest,
        path: &str,
    ) -> Result<Vec<Explanation>, AppError> {
        let Borrowed { file, terms, amortised, disclosed } = self.borrowed(request)?;
        let lies_in = |part: &str| path.starts_with(part);
        if lies_in("before.") {
            return self.forecast_with_explained(None, "before.");
        }
        if lies_in("after.") {
            return self.forecast_with_explained(Some(&file), "after.");
        }
        if lies_in("reference.") {
            return self.reference_explained(&file, self.clock.today());
        }
        let mut explained = cost_explained(&terms, &amortised);
        explained.extend(find(&explained, "totals.payment").cloned().map(|found| found.at("repaid")));
        if let Some(row) = amortised.schedule.rows().last() {
            let inputs = [("principal", row.principal), ("interest", row.interest), ("fees", row.fees)];
            let rule = Some("the last row takes what is left");
            explained.push(explain_amount(
                "last_payment",
                "principal + interest + fees",
                &inputs,
                rule,
                row.payment(),
            ));
        }
        for (place, fee) in ashore_engine::undisclosed_fees(&terms, &disclosed).iter().enumerate() {
            explained.extend(explain_disclosed_fee(
                &terms,
                &disclosed,
                fee,
                &format!("undisclosed[{place}]."),
            ));
        }
        Ok(explained)
    }
}
