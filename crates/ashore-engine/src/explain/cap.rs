use ashore_domain::{LoanTerms, Money, Ratio};

use super::cost::rates;
use super::derivation::{Derivation, StepRounding, at, on, yuan};
use super::schedule::{explain_rows, received};
use super::{CostFlows, Explanation};
use crate::cost::{loan_flows, whole_periods};
use crate::{AmortiseError, CapLedger, CapReport, CapRequest, amortise, loan_cost};

/// How every figure of a comparison with its lines came about.
///
/// # Errors
/// As [`crate::cap_report`], for a loan without a schedule.
pub fn explain_cap(request: &CapRequest<'_>, report: &CapReport) -> Result<Vec<Explanation>, AmortiseError> {
    let mut explained = Vec::new();
    for (index, line) in report.lines.iter().enumerate() {
        let mut steps = Derivation::default();
        let rule = Some(line.rule.id.as_str());
        match line.of_lpr {
            Some((times, lpr)) => {
                let inputs =
                    vec![at("times", Ratio::from_decimal(times)), at("lpr", Ratio::from_decimal(lpr))];
                steps.step("times * lpr", inputs, rule, StepRounding::None);
            }
            None => {
                let inputs = vec![at("limit", Ratio::from_decimal(line.limit))];
                steps.step("limit", inputs, rule, StepRounding::None);
            }
        }
        explained.push(steps.of(format!("lines[{index}].limit"), with_eight_decimals(line.limit)));
        explained.extend(measures(request.terms, &format!("lines[{index}].measures."))?);
    }
    let view = &report.legal_view;
    explained.push(received(request.terms, "legal_view.effective_principal"));
    explained.extend(explain_rows(&view.terms, &amortise(&view.terms)?, "legal_view.schedule"));
    explained.extend(super::findings::of_cap(request, &report.findings));
    explained.extend(report.ledger.iter().flat_map(|ledger| of_ledger(request, ledger)));
    Ok(explained)
}

fn measures(terms: &LoanTerms, prefix: &str) -> Result<Vec<Explanation>, AmortiseError> {
    let schedule = amortise(terms)?.schedule;
    let cost = loan_cost(terms, &schedule);
    let (flows, _) = loan_flows(terms, &schedule);
    let mut explained = rates(&cost, CostFlows::Dated(&flows), prefix);
    if let Ok(periods) = whole_periods(terms, &schedule) {
        let amounts = flows.iter().map(|(_, amount)| *amount);
        let timed: Vec<_> = std::iter::once(0).chain(periods).zip(amounts).collect();
        let periodic = rates(&cost, CostFlows::Periodic(&timed, terms.get().period), prefix);
        // The rate of one period is no measure that lines are compared with.
        explained.extend(periodic.into_iter().filter(|figure| !figure.path.ends_with("irr_periodic")));
    }
    Ok(explained)
}

fn of_ledger(request: &CapRequest<'_>, ledger: &CapLedger) -> Vec<Explanation> {
    let mut days = Derivation::default();
    let inputs = vec![on("as_of", request.as_of), on("disbursed_on", request.terms.get().disbursed_on)];
    days.step("as_of - disbursed_on", inputs, None, StepRounding::None);
    let mut total = Derivation::default();
    let (mut inputs, mut parts) = (Vec::new(), Vec::new());
    for (k, stretch) in (1..).zip(&ledger.stretches) {
        parts.push(format!("unpaid_{k} * (to_{k} - from_{k}) * limit_{k}"));
        inputs.push(yuan(&format!("unpaid_{k}"), stretch.unpaid));
        inputs.push(on(&format!("from_{k}"), stretch.from));
        inputs.push(on(&format!("to_{k}"), stretch.to));
        inputs.push(at(&format!("limit_{k}"), Ratio::from_decimal(stretch.limit)));
    }
    let sum = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
    let rule = Some("unpaid principal of the legal view under the lowest line of each day");
    total.step(format!("({sum}) / 365"), inputs, rule, StepRounding::HalfUpFen);
    let mut explained =
        vec![days.of("cap_ledger.days", ledger.days), total.of("cap_ledger.cap_total", ledger.cap_total)];
    if let (Some(claimed), Some(claimed_total), Some(excess)) =
        (request.claimed, ledger.claimed_total, ledger.excess)
    {
        let parts = [
            ("interest", claimed.interest),
            ("penalty", claimed.penalty),
            ("compound", claimed.compound),
            ("late_fee", claimed.late_fee),
            ("fees", claimed.fees),
            ("enforcement_cost", claimed.enforcement_cost),
        ];
        let mut steps = Derivation::default();
        steps.sum(parts.map(|(name, amount): (&str, Money)| (name.to_owned(), amount)).to_vec(), None);
        explained.push(steps.of("cap_ledger.claimed_total", claimed_total));
        let mut steps = Derivation::default();
        let inputs = vec![yuan("claimed_total", claimed_total), yuan("cap_total", ledger.cap_total)];
        steps.step("max(claimed_total - cap_total, 0)", inputs, None, StepRounding::None);
        explained.push(steps.of("cap_ledger.excess", excess));
    }
    explained
}

/// Rates are shown with eight decimals at least.
fn with_eight_decimals(limit: rust_decimal::Decimal) -> rust_decimal::Decimal {
    let mut shown = limit.normalize();
    shown.rescale(shown.scale().max(8));
    shown
}
