use super::Explanation;
use super::derivation::{Derivation, StepRounding, count};
use crate::{ConductFact, ConductFinding, Contact};

/// How the counts of findings on conduct came about: one for each contact that counts, by its place in the question;
/// the limit as the rule states it. Paths count findings from 0.
#[must_use]
pub fn explain_conduct(contacts: &[Contact], findings: &[ConductFinding<'_>]) -> Vec<Explanation> {
    let mut explained = Vec::new();
    for (k, finding) in findings.iter().enumerate() {
        let (ConductFact::EffectiveCalls { count: calls, limit, numbers }
        | ConductFact::Attempts { count: calls, limit, numbers }) = &finding.what
        else {
            continue;
        };
        let path = |name: &str| format!("findings[{k}].facts.{name}");
        let rule = finding.rule.rule.id.as_str();
        explained.push(one_each(finding.contacts.iter(), Some(rule)).of(path("count"), calls));
        let mut stated = Derivation::default();
        let value = i64::try_from(*limit).unwrap_or(i64::MAX);
        stated.step("limit", vec![count("limit", value)], Some(rule), StepRounding::None);
        explained.push(stated.of(path("limit"), limit));
        // The first call of each number.
        let mut seen = Vec::new();
        let first = finding.contacts.iter().filter(|place| {
            let number = contacts.get(**place).and_then(|contact| contact.number.as_deref());
            let new = number.is_some_and(|number| !seen.contains(&number));
            seen.extend(number);
            new
        });
        explained.push(one_each(first, None).of(path("numbers"), numbers));
    }
    explained
}

fn one_each<'a>(places: impl Iterator<Item = &'a usize>, rule: Option<&str>) -> Derivation {
    let names: Vec<String> = places.map(|place| format!("contact_{place}")).collect();
    let formula = if names.is_empty() { "0".to_owned() } else { names.join(" + ") };
    let mut steps = Derivation::default();
    steps.step(formula, names.iter().map(|name| count(name, 1)).collect(), rule, StepRounding::None);
    steps
}
