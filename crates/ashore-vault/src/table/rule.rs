use ashore_domain::{Fact, OwnRule};
use ashore_evidence::canonical;
use rusqlite::{Connection, params};

use super::{Place, recorded};
use crate::{OwnRuleState, VaultError};

pub(super) fn project(db: &Connection, place: &Place, own: &OwnRule) -> Result<(), VaultError> {
    db.prepare_cached("INSERT INTO own_rule (seq, rule, quoted_on, value) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![place.seq, own.rule, own.on.and_then(canonical::date), own.value])?;
    Ok(())
}

/// Everything the borrower said about rules, in the order in which it was said.
pub(crate) fn own_rules(db: &Connection) -> Result<Vec<OwnRuleState>, VaultError> {
    let sql = "SELECT f.body FROM own_rule o JOIN fact f ON f.seq = o.seq ORDER BY o.seq";
    recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::OwnRule(own) => Ok(OwnRuleState { own, recorded_at: recorded.at }),
        _ => Err(VaultError::DatabaseDamaged),
    })
}
