//! Asking for derivations, and holding them against what is shown.

use ashore_app::explain::ExplanationView;
use ashore_app::session::{App, Unlocked};
use ashore_engine::explain::{Explanation, Step, StepRounding, parse_exact};
use ashore_test_support::Home;
use serde_json::{Value, json};

pub(super) const NOW: &str = "2026-11-18T09:30:00+08:00";

pub(super) fn json_of(view: &impl serde::Serialize) -> Value {
    serde_json::to_value(view).unwrap()
}

pub(super) fn sample(home: &Home) -> App<Unlocked> {
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    app
}

pub(super) fn loan(app: &App<Unlocked>, name: &str) -> String {
    let loans = json_of(&app.list_loans().unwrap());
    let found = loans["loans"].as_array().unwrap().iter().find(|l| l["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

/// Every amount of a view with its place in it.
pub(super) fn amounts(view: &Value, at: &str, found: &mut Vec<(String, String)>) {
    match view {
        Value::String(text) => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let is_amount = digits.split_once('.').is_some_and(|(yuan, fen)| {
                fen.len() == 2
                    && !yuan.is_empty()
                    && format!("{yuan}{fen}").bytes().all(|b| b.is_ascii_digit())
            });
            if is_amount {
                found.push((at.to_owned(), text.clone()));
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(k, item)| amounts(item, &format!("{at}[{k}]"), found));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, field)| {
            let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
            amounts(field, &at, found);
        }),
        _ => {}
    }
}

pub(super) fn asked(app: &App<Unlocked>, page: &Value, path: &str) -> ExplanationView {
    let request = serde_json::from_value(json!({ "shown_on": page, "path": path })).unwrap();
    let explained = app.explain(&request);
    assert!(explained.is_ok(), "{path}: {explained:?}");
    explained.unwrap()
}

/// The derivation of a figure ends in it, and replays to it from the text alone.
pub(super) fn follow(app: &App<Unlocked>, page: &Value, path: &str, shown: &str) {
    ends_in(&asked(app, page, path), path, shown);
}

pub(super) fn ends_in(view: &ExplanationView, path: &str, shown: &str) {
    assert_eq!(view.path, path);
    assert_eq!(view.value, shown, "{path} is shown otherwise: {view:#?}");
    let steps = view.steps.iter().map(|step| Step {
        formula: step.formula.clone(),
        inputs: step.inputs.iter().map(|input| (input.name.clone(), input.value.clone())).collect(),
        rule: step.rule.clone(),
        rounding: StepRounding::named(step.rounding.as_deref()).unwrap(),
        value: step.value.clone(),
    });
    let again = Explanation { path: view.path.clone(), value: view.value.clone(), steps: steps.collect() };
    assert_eq!(again.replay().ok(), parse_exact(shown), "{path}: {:?}\n{again:#?}", again.replay());
}

/// Follows every amount of a view but those under `aside`, and gives their places.
pub(super) fn follow_all(app: &App<Unlocked>, page: &Value, view: &Value, aside: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    amounts(view, "", &mut found);
    found.retain(|(path, _)| !aside.iter().any(|aside| path.contains(aside)));
    // Long tables are alike from row to row: one in six of them is enough.
    found.retain(|(path, _)| {
        let row = ["terms[", "loads[", "points["]
            .iter()
            .find_map(|table| path.split_once(table)?.1.split_once(']'));
        row.is_none_or(|(row, _)| row.parse::<usize>().is_ok_and(|row| row % 6 == 0))
    });
    // What is asked for comes with the other figures of its part: each part is worked out once.
    let mut known: Vec<ExplanationView> = Vec::new();
    for (path, shown) in &found {
        if known.iter().all(|one| one.path != *path) {
            let request = serde_json::from_value(json!({ "shown_on": page, "path": path })).unwrap();
            known.extend(app.explain_beside(&request).unwrap());
        }
        let one = known.iter().find(|one| one.path == *path);
        ends_in(one.unwrap_or_else(|| panic!("{path} is not explained")), path, shown);
    }
    found.into_iter().map(|(path, _)| path).collect()
}

pub(super) fn has(places: &[String], wanted: &[&str]) {
    for path in wanted {
        assert!(places.iter().any(|place| place == path), "{path} is not among {places:?}");
    }
}
