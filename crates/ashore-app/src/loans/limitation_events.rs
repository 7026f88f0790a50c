use ashore_domain::{Direction, EvidenceDetails, Money, PersonRole, Proposal, Relief, Side};
use ashore_engine::LegalEvent;
use ashore_engine::rules::RuleSet;
use ashore_vault::{EvidenceFilter, EvidenceState};
use chrono::NaiveDate;

use super::file::LoanFile;
use crate::AppError;
use crate::session::{App, Unlocked};

/// What an event was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Traced {
    pub(super) event: LegalEvent,
    pub(super) from: Trace,
}

/// The entry behind an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trace {
    Payment { id: String, amount: Money },
    Proposal { id: String },
    Agreement { id: String },
    Record { id: String, summary: String },
}

impl App<Unlocked> {
    /// Everything recorded about a loan that the rules on limitation speak of, oldest first: payments that count,
    /// requests that went out, agreements, and records that say themselves what they are by a label, by a promise of
    /// the borrower's, or by being a paper of a court.
    pub(super) fn legal_events(&self, file: &LoanFile, rules: &RuleSet) -> Result<Vec<Traced>, AppError> {
        let mut found = Vec::new();
        for payment in file.payments.iter().filter(|p| p.counts()).map(|p| &p.payment) {
            let from = Trace::Payment { id: payment.id.to_string(), amount: payment.amount };
            found.push(traced(payment.on, "payment", from));
        }
        for proposal in file.proposals.iter().filter(|p| p.by == Side::Borrower) {
            if !went_out(file, proposal) && !self.any_stands(&proposal.evidence)? {
                continue;
            }
            let on = proposal.made_at.date_naive();
            found.push(traced(on, asked(proposal), Trace::Proposal { id: proposal.id.to_string() }));
        }
        for agreement in &file.agreements {
            let from = Trace::Agreement { id: agreement.id.to_string() };
            found.push(traced(agreement.agreed_on, "repayment_agreement", from));
        }
        for state in self.state.vault.evidence(&EvidenceFilter::standing(Some(file.id())))? {
            found.extend(of_record(&state, rules));
        }
        found.sort_by_key(|traced| traced.event.on);
        Ok(found)
    }
}

fn traced(on: NaiveDate, kind: &str, from: Trace) -> Traced {
    Traced { event: LegalEvent { on, kind: kind.to_owned() }, from }
}

/// A request that was only written down reached nobody. It went out when a channel or a record says so, or when the
/// lender answered it.
fn went_out(file: &LoanFile, proposal: &Proposal) -> bool {
    let answered = |p: &Proposal| p.by == Side::Lender && p.in_reply_to == Some(proposal.id);
    proposal.channel.is_some() || file.proposals.iter().any(answered)
}

/// A deferral alone is a request for time; anything with dues of its own is a plan of repayment.
fn asked(proposal: &Proposal) -> &'static str {
    let only_time =
        !proposal.reliefs.is_empty() && proposal.reliefs.iter().all(|r| matches!(r, Relief::Deferral { .. }));
    if only_time { "deferral_request" } else { "repayment_plan" }
}

fn of_record(state: &EvidenceState, rules: &RuleSet) -> Vec<Traced> {
    let record = &state.record;
    let mut kinds: Vec<&str> = Vec::new();
    let rows = rules.interruptions();
    for tag in &record.tags {
        kinds.extend(
            rows.iter().find(|row| row.event == *tag || row.rule.title == *tag).map(|r| r.event.as_str()),
        );
    }
    if record.promises.iter().any(|promise| promise.by == PersonRole::User) {
        kinds.push("promise_to_pay");
    }
    let of_court = matches!(record.details, EvidenceDetails::CourtDoc { .. });
    if kinds.is_empty() && of_court && record.direction == Direction::Incoming {
        kinds.push("lawsuit");
    }
    kinds.sort_unstable();
    kinds.dedup();
    let on = record.happened.at.with_timezone(&crate::clock::shanghai()).date_naive();
    let from = Trace::Record { id: record.id.to_string(), summary: record.summary.clone() };
    kinds
        .into_iter()
        .filter(|kind| rows.iter().any(|row| row.event == *kind))
        .map(|kind| traced(on, kind, from.clone()))
        .collect()
}
