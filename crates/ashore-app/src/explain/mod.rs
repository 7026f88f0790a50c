//! How any figure of a page came about, step by step: one question for all of them. A figure is named by the page it
//! stands on, with exactly what that page itself was asked, and by its place in that page's view; so the derivation
//! reads the same inputs as the page did and ends in the figure the page shows.

mod ask;
mod view;

pub use ask::{ExplainRequest, ShownOn};
pub use view::{ExplanationView, StepInput, StepView};

use ashore_engine::explain::Explanation;

/// Derivations of figures that stand somewhere in a view: those of `all` that `place` has a place for.
pub(crate) fn placed(
    all: impl IntoIterator<Item = Explanation>,
    place: impl Fn(&str) -> Option<String>,
) -> Vec<Explanation> {
    all.into_iter()
        .filter_map(|explanation| place(&explanation.path).map(|path| explanation.at(path)))
        .collect()
}

/// The derivation of one figure among many.
pub(crate) fn find<'a>(all: &'a [Explanation], path: &str) -> Option<&'a Explanation> {
    all.iter().find(|explanation| explanation.path == path)
}

/// Derivations of which each continues where the one before it ended, as one, up to the first that is the last; none
/// when there is no such.
pub(crate) fn chained(all: &[Explanation], is_last: impl Fn(&Explanation) -> bool) -> Option<Explanation> {
    let until = all.iter().position(is_last)?;
    all.iter().take(until + 1).fold(None, |before: Option<Explanation>, next| {
        Some(match &before {
            Some(before) => next.clone().after(before),
            None => next.clone(),
        })
    })
}
