use ashore_engine::explain::{Explanation, explain_proposal, explain_statement, explain_status_quo};

use super::compare::Weighed;
use crate::AppError;
use crate::explain::{find, placed};
use crate::session::{App, Unlocked};

impl App<Unlocked> {
    /// Every figure of a comparison with its derivation: that of agreeing to nothing, and of each offer in its place.
    pub(crate) fn comparison_explained(&self, loan_id: &str) -> Result<Vec<Explanation>, AppError> {
        let Weighed { as_of, file, debt, ways, status_quo } = self.weighed(loan_id)?;
        let claimed = file.replayed(as_of, explain_statement)?.1;
        let mut explained =
            placed(claimed, |path| (path == "outstanding.total").then(|| "claimed".to_owned()));
        let wait = explain_status_quo(as_of, &debt, &status_quo, "");
        explained.extend(in_view(wait, "status_quo."));
        for (place, (_, compared, outcome)) in ways.iter().enumerate() {
            let own = explain_proposal(as_of, &debt, compared, outcome, "");
            explained.extend(in_view(own, &format!("ways[{place}].")));
        }
        Ok(explained)
    }
}

/// The figures of one way out by their places in its view; what goes on besides comes before what it is part of.
fn in_view(all: Vec<Explanation>, prefix: &str) -> Vec<Explanation> {
    let part_of = |figure: Explanation, path: &str| match find(&all, path) {
        Some(first) => figure.after(first),
        None => figure,
    };
    let followed = all.clone().into_iter().map(|figure| match figure.path.as_str() {
        "total_paid" => part_of(figure, "added"),
        "saving_against_claimed" => part_of(part_of(figure, "total_paid"), "added").at("saving"),
        "if_broken.revived" => figure.at("revived"),
        _ => figure,
    });
    placed(followed, |path| Some(format!("{prefix}{path}")))
}
