use ashore_domain::{Fact, Money, Review};
use ashore_evidence::canonical;
use rusqlite::{Connection, params};

use super::{Place, recorded};
use crate::{ReviewState, VaultError};

pub(super) fn check(db: &Connection, review: &Review) -> Result<(), VaultError> {
    super::must_be_new(db, "review", "review", review.id)
}

pub(super) fn project(db: &Connection, place: &Place, review: &Review) -> Result<(), VaultError> {
    db.prepare_cached(
        "INSERT INTO review (id, seq, reviewed_on, owed, income, capacity) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        review.id.to_string(),
        place.seq,
        canonical::date(review.on),
        review.owed.fen(),
        review.income.map(Money::fen),
        review.capacity.map(Money::fen)
    ])?;
    Ok(())
}

/// Reviews in the order in which they were made.
pub(crate) fn made_reviews(db: &Connection) -> Result<Vec<ReviewState>, VaultError> {
    let sql = "SELECT f.body FROM review r JOIN fact f ON f.seq = r.seq ORDER BY r.seq";
    recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::Review(review) => Ok(ReviewState { review, recorded_at: recorded.at }),
        _ => Err(VaultError::DatabaseDamaged),
    })
}
