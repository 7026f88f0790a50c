use ashore_domain::{Fact, LoanId, Proposal, ProposalId};
use ashore_evidence::canonical;
use rusqlite::{Connection, params};

use super::{Place, fen, find, link_evidence, loan, numbered, recorded};
use crate::VaultError;
use crate::record::{Part as _, Word as _};

pub(super) fn check_before(db: &Connection, proposal: &Proposal) -> Result<(), VaultError> {
    super::must_be_new(db, "proposal", "proposal", proposal.id)?;
    loan::must_exist(db, proposal.loan)?;
    // An offer answers an earlier one, never one that is made with it.
    proposal.in_reply_to.map_or(Ok(()), |id| must_be_of(db, id, proposal.loan))
}

pub(super) fn must_exist(db: &Connection, id: ProposalId) -> Result<(), VaultError> {
    if super::exists(db, "proposal", id)? { Ok(()) } else { Err(VaultError::UnknownProposal(id)) }
}

pub(super) fn must_be_of(db: &Connection, id: ProposalId, loan: LoanId) -> Result<(), VaultError> {
    match find::<String>(db, "SELECT loan FROM proposal WHERE id = ?1", id)? {
        None => Err(VaultError::UnknownProposal(id)),
        Some(of) if of == loan.to_string() => Ok(()),
        Some(_) => Err(VaultError::OfAnotherLoan { what: "proposal", id: id.to_string() }),
    }
}

pub(super) fn project(db: &Connection, place: &Place, proposal: &Proposal) -> Result<(), VaultError> {
    let id = proposal.id.to_string();
    let [principal, interest, penalty, compound, late_fee, fees, enforcement_cost] = fen(&proposal.waived);
    db.prepare_cached(
        "INSERT INTO proposal (id, seq, loan, side, made_at, in_reply_to, channel, expires_on, note, waived_principal,
             waived_interest, waived_penalty, waived_compound, waived_late_fee, waived_fees, waived_enforcement_cost)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .execute(params![
        id,
        place.seq,
        proposal.loan.to_string(),
        proposal.by.word(),
        canonical::instant(proposal.made_at),
        proposal.in_reply_to.map(|id| id.to_string()),
        proposal.channel.map(|channel| channel.word()),
        proposal.expires_on.and_then(canonical::date),
        proposal.note,
        principal,
        interest,
        penalty,
        compound,
        late_fee,
        fees,
        enforcement_cost
    ])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO proposal_row (proposal, position, due, amount) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (position, row) in numbered(&proposal.rows) {
        insert.execute(params![id, position, canonical::date(row.due), row.amount.fen()])?;
    }
    let mut insert =
        db.prepare_cached("INSERT INTO proposal_relief (proposal, position, relief) VALUES (?1, ?2, ?3)")?;
    for (position, relief) in numbered(&proposal.reliefs) {
        insert.execute(params![id, position, relief.part()?])?;
    }
    link_evidence(db, "proposal_evidence", &id, &proposal.evidence)
}

/// Offers in the order they were recorded, about one loan or all.
pub(crate) fn proposals(db: &Connection, loan: Option<LoanId>) -> Result<Vec<Proposal>, VaultError> {
    let sql = "SELECT f.body FROM proposal p JOIN fact f ON f.seq = p.seq
               WHERE ?1 IS NULL OR p.loan = ?1 ORDER BY p.seq";
    recorded(db, sql, [loan.map(|id| id.to_string())], |_, recorded| match recorded.fact {
        Fact::Proposal(proposal) => Ok(proposal),
        _ => Err(VaultError::DatabaseDamaged),
    })
}
