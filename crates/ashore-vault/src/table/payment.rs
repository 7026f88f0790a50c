use ashore_domain::{Fact, LoanId, Money, Payment, PaymentId, PaymentReturned, PaymentVoided};
use ashore_evidence::canonical;
use rusqlite::{Connection, params};

use super::{Place, find, link_evidence, loan, numbered, recorded};
use crate::record::Word as _;
use crate::{PaymentState, VaultError};

pub(super) fn check(db: &Connection, payment: &Payment) -> Result<(), VaultError> {
    super::must_be_new(db, "payment", "payment", payment.id)?;
    if !payment.amount.is_positive() {
        return Err(VaultError::Unsound { field: "amount", reason: "a payment is above zero" });
    }
    loan::must_exist(db, payment.loan)
}

pub(super) fn check_voided(db: &Connection, voided: &PaymentVoided) -> Result<(), VaultError> {
    let id: PaymentId = voided.payment;
    match find::<Option<i64>>(db, "SELECT coalesce(voided_seq, returned_seq) FROM payment WHERE id = ?1", id)?
    {
        None => Err(VaultError::UnknownPayment(id)),
        Some(Some(_)) => Err(VaultError::AlreadyVoided(id)),
        Some(None) => Ok(()),
    }
}

pub(super) fn check_returned(db: &Connection, returned: &PaymentReturned) -> Result<(), VaultError> {
    let id = returned.payment;
    let gone = "SELECT coalesce(voided_seq, returned_seq) FROM payment WHERE id = ?1";
    match find::<Option<i64>>(db, gone, id)? {
        None => Err(VaultError::UnknownPayment(id)),
        Some(Some(_)) => Err(VaultError::AlreadyVoided(id)),
        Some(None) => Ok(()),
    }
}

pub(super) fn project(db: &Connection, place: &Place, payment: &Payment) -> Result<(), VaultError> {
    let id = payment.id.to_string();
    db.prepare_cached(
        "INSERT INTO payment (id, seq, loan, paid_on, amount, channel, designation, note, together_with)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        id,
        place.seq,
        payment.loan.to_string(),
        canonical::date(payment.on),
        payment.amount.fen(),
        payment.channel,
        payment.designation,
        payment.note,
        payment.together_with.map(|first| first.to_string())
    ])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO payment_allocation (payment, position, bucket, amount) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (position, (bucket, amount)) in numbered(&payment.lender_allocation) {
        insert.execute(params![id, position, bucket.word(), Money::fen(*amount)])?;
    }
    link_evidence(db, "payment_evidence", &id, &payment.evidence)
}

pub(super) fn project_voided(
    db: &Connection,
    place: &Place,
    voided: &PaymentVoided,
) -> Result<(), VaultError> {
    db.prepare_cached("UPDATE payment SET voided_seq = ?2, void_reason = ?3 WHERE id = ?1")?
        .execute(params![voided.payment.to_string(), place.seq, voided.reason])?;
    Ok(())
}

pub(super) fn project_returned(
    db: &Connection,
    place: &Place,
    returned: &PaymentReturned,
) -> Result<(), VaultError> {
    let id = returned.payment.to_string();
    db.prepare_cached("UPDATE payment SET returned_seq = ?2, returned_on = ?3 WHERE id = ?1")?
        .execute(params![id, place.seq, canonical::date(returned.on)])?;
    link_evidence(db, "payment_return_evidence", &id, &returned.evidence)
}

/// Payments by day, on one loan or on all, the voided ones among them.
pub(crate) fn payments(db: &Connection, loan: Option<LoanId>) -> Result<Vec<PaymentState>, VaultError> {
    let returned = "SELECT f.body FROM payment p JOIN fact f ON f.seq = p.returned_seq
                    WHERE ?1 IS NULL OR p.loan = ?1";
    let returned =
        recorded(db, returned, [loan.map(|id| id.to_string())], |_, recorded| match recorded.fact {
            Fact::PaymentReturned(returned) => Ok(returned),
            _ => Err(VaultError::DatabaseDamaged),
        })?;
    let sql = "SELECT f.body, p.void_reason FROM payment p JOIN fact f ON f.seq = p.seq
               WHERE ?1 IS NULL OR p.loan = ?1 ORDER BY p.paid_on, p.seq";
    recorded(db, sql, [loan.map(|id| id.to_string())], |row, recorded| match recorded.fact {
        Fact::Payment(payment) => Ok(PaymentState {
            returned: returned.iter().find(|back| back.payment == payment.id).cloned(),
            payment,
            recorded_at: recorded.at,
            voided: row.get(1)?,
        }),
        _ => Err(VaultError::DatabaseDamaged),
    })
}
