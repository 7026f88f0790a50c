use ashore_domain::Money;
use ashore_engine::explain::{Explanation, explain_amount, explain_sum};

use super::path::Path;

/// The figures of the path to the shore: what each month pays, due by due, and what is left after it.
pub(super) fn path_explained(path: &Path) -> Vec<Explanation> {
    let total = path.total();
    let all = path.months.values().flatten().copied();
    let rule = Some("dues of agreements, of requests that stand, else of contracts");
    let mut explained = vec![explain_sum("path.total", "due", all, rule, total)];
    let mut left = total;
    let mut formula = "paid_in_all".to_owned();
    let mut inputs = vec![("paid_in_all".to_owned(), total)];
    for (k, (_, amounts)) in path.drawn().enumerate() {
        let at = |name: &str| format!("path.points[{k}].{name}");
        let paid = amounts.iter().copied().sum::<Money>();
        explained.push(explain_sum(&at("paid"), "due", amounts.iter().copied(), rule, paid));
        left -= paid;
        // A month that pays nothing is no part of the sum.
        if paid.is_positive() {
            let name = format!("month_{}", k + 1);
            formula = format!("{formula} - {name}");
            inputs.push((name, paid));
        }
        let named: Vec<(&str, Money)> =
            inputs.iter().map(|(name, amount)| (name.as_str(), *amount)).collect();
        let rule = Some("what the months up to this one pay");
        explained.push(explain_amount(&at("left"), &formula, &named, rule, left));
    }
    explained
}
