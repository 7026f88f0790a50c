use ashore_domain::{Agreement, AgreementId, Fact, IdError, LoanId, Money};
use ashore_evidence::canonical;
use rusqlite::{Connection, params};

use super::{Place, evidence, fen, find, link_evidence, loan, numbered, proposal, recorded};
use crate::VaultError;
use crate::record::Word as _;

pub(super) fn check_before(db: &Connection, agreement: &Agreement) -> Result<(), VaultError> {
    super::must_be_new(db, "agreement", "agreement", agreement.id)?;
    loan::must_exist(db, agreement.loan)?;
    if agreement.rows.is_empty() {
        return Err(VaultError::Unsound { field: "rows", reason: "an agreement names what is paid when" });
    }
    if !agreement.rows.is_sorted_by(|earlier, later| earlier.due < later.due) {
        return Err(VaultError::Unsound { field: "rows", reason: "dues must strictly ascend" });
    }
    let Some(old) = agreement.supersedes else { return Ok(()) };
    must_be_of(db, old, agreement.loan)?;
    match find::<String>(db, "SELECT id FROM agreement WHERE supersedes = ?1", old)? {
        None => Ok(()),
        Some(by) => {
            let by = by.parse().map_err(|IdError| VaultError::DatabaseDamaged)?;
            Err(VaultError::AlreadySuperseded { agreement: old, by })
        }
    }
}

pub(super) fn check_after(db: &Connection, agreement: &Agreement) -> Result<(), VaultError> {
    evidence::must_exist(db, &agreement.evidence)?;
    agreement.proposal.map_or(Ok(()), |id| proposal::must_be_of(db, id, agreement.loan))
}

pub(super) fn must_exist(db: &Connection, id: AgreementId) -> Result<(), VaultError> {
    if super::exists(db, "agreement", id)? { Ok(()) } else { Err(VaultError::UnknownAgreement(id)) }
}

pub(super) fn must_be_of(db: &Connection, id: AgreementId, loan: LoanId) -> Result<(), VaultError> {
    match find::<String>(db, "SELECT loan FROM agreement WHERE id = ?1", id)? {
        None => Err(VaultError::UnknownAgreement(id)),
        Some(of) if of == loan.to_string() => Ok(()),
        Some(_) => Err(VaultError::OfAnotherLoan { what: "agreement", id: id.to_string() }),
    }
}

pub(super) fn project(db: &Connection, place: &Place, agreement: &Agreement) -> Result<(), VaultError> {
    let id = agreement.id.to_string();
    let [principal, interest, penalty, compound, late_fee, fees, enforcement_cost] = fen(&agreement.waived);
    db.prepare_cached(
        "INSERT INTO agreement (id, seq, loan, proposal, supersedes, agreed_on, effective_from, form, creditor,
             payment_account, note, waived_principal, waived_interest, waived_penalty, waived_compound,
             waived_late_fee, waived_fees, waived_enforcement_cost)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?
    .execute(params![
        id,
        place.seq,
        agreement.loan.to_string(),
        agreement.proposal.map(|id| id.to_string()),
        agreement.supersedes.map(|id| id.to_string()),
        canonical::date(agreement.agreed_on),
        canonical::date(agreement.effective_from),
        agreement.form.word(),
        agreement.creditor,
        agreement.payment_account,
        agreement.note,
        principal,
        interest,
        penalty,
        compound,
        late_fee,
        fees,
        enforcement_cost
    ])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO agreement_row (agreement, position, due, principal, interest, fees)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (position, row) in numbered(&agreement.rows) {
        let [principal, interest, fees] = [row.principal, row.interest, row.fees].map(Money::fen);
        insert.execute(params![id, position, canonical::date(row.due), principal, interest, fees])?;
    }
    link_evidence(db, "agreement_evidence", &id, &agreement.evidence)
}

/// Agreements in the order they were recorded, about one loan or all, the superseded ones among them.
pub(crate) fn agreements(db: &Connection, loan: Option<LoanId>) -> Result<Vec<Agreement>, VaultError> {
    let sql = "SELECT f.body FROM agreement a JOIN fact f ON f.seq = a.seq
               WHERE ?1 IS NULL OR a.loan = ?1 ORDER BY a.seq";
    recorded(db, sql, [loan.map(|id| id.to_string())], |_, recorded| match recorded.fact {
        Fact::Agreement(agreement) => Ok(agreement),
        _ => Err(VaultError::DatabaseDamaged),
    })
}
