use ashore_domain::{
    Fact, FeeAmount, Loan, LoanClosed, LoanCorrected, LoanDraft, LoanId, Money, Opening, Period,
};
use ashore_evidence::canonical;
use rusqlite::{Connection, OptionalExtension as _, named_params, params};

use super::{Place, fen, find, numbered, party, recorded};
use crate::record::{self, Word as _};
use crate::{LoanState, VaultError};

pub(super) fn must_exist(db: &Connection, id: LoanId) -> Result<(), VaultError> {
    if super::exists(db, "loan", id)? { Ok(()) } else { Err(VaultError::UnknownLoan(id)) }
}

pub(super) fn check_opened(db: &Connection, loan: &Loan) -> Result<(), VaultError> {
    super::must_be_new(db, "loan", "loan", loan.id)?;
    check_parties(db, loan)
}

pub(super) fn check_corrected(db: &Connection, corrected: &LoanCorrected) -> Result<(), VaultError> {
    must_exist(db, corrected.loan.id)?;
    check_parties(db, &corrected.loan)
}

fn check_parties(db: &Connection, loan: &Loan) -> Result<(), VaultError> {
    loan.parties.iter().try_for_each(|place| party::must_exist(db, place.party))
}

pub(super) fn check_closed(db: &Connection, closed: &LoanClosed) -> Result<(), VaultError> {
    must_exist(db, closed.loan)?;
    let before: Option<Option<i64>> = find(db, "SELECT closed_seq FROM loan WHERE id = ?1", closed.loan)?;
    if before.flatten().is_some() { Err(VaultError::AlreadyClosed(closed.loan)) } else { Ok(()) }
}

pub(super) fn project_opened(db: &Connection, place: &Place, loan: &Loan) -> Result<(), VaultError> {
    db.prepare_cached(
        "INSERT INTO loan (id, opened_seq, seq, name, product, opening) VALUES (?1, ?2, ?2, '', '', '')",
    )?
    .execute(params![loan.id.to_string(), place.seq])?;
    describe(db, place, loan)
}

pub(super) fn project_corrected(
    db: &Connection,
    place: &Place,
    corrected: &LoanCorrected,
) -> Result<(), VaultError> {
    let id = corrected.loan.id.to_string();
    db.prepare_cached("UPDATE loan SET corrections = corrections + 1 WHERE id = ?1")?.execute([&id])?;
    for table in ["loan_party", "loan_fee", "loan_row"] {
        db.execute(&format!("DELETE FROM {table} WHERE loan = ?1"), [&id])?;
    }
    describe(db, place, &corrected.loan)
}

pub(super) fn project_closed(db: &Connection, place: &Place, closed: &LoanClosed) -> Result<(), VaultError> {
    db.prepare_cached("UPDATE loan SET closed_seq = ?2, closed_on = ?3, close_reason = ?4 WHERE id = ?1")?
        .execute(params![
            closed.loan.to_string(),
            place.seq,
            canonical::date(closed.on),
            closed.reason.word()
        ])?;
    Ok(())
}

fn describe(db: &Connection, place: &Place, loan: &Loan) -> Result<(), VaultError> {
    let id = loan.id.to_string();
    let (opening, paid_terms) = match &loan.opening {
        Opening::Contract { paid_terms, .. } => ("contract", Some(*paid_terms)),
        Opening::Stated(_) => ("stated", None),
        Opening::ContractFromBalance { .. } => ("contract_from_balance", None),
    };
    let stated = loan.opening.stated();
    let buckets = stated.map(|stated| fen(&stated.buckets));
    let bucket = |index: usize| buckets.and_then(|all| all.get(index).copied());
    db.prepare_cached(
        "UPDATE loan SET seq = :seq, name = :name, product = :product, contract_no = :contract_no, note = :note,
             opening = :opening, paid_terms = :paid_terms, stated_as_of = :stated_as_of, stated_principal = :b0,
             stated_interest = :b1, stated_penalty = :b2, stated_compound = :b3, stated_late_fee = :b4,
             stated_fees = :b5, stated_enforcement_cost = :b6, oldest_unpaid_due = :oldest
         WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": id, ":seq": place.seq, ":name": loan.name, ":product": loan.product.word(),
        ":contract_no": loan.contract_no, ":note": loan.note, ":opening": opening, ":paid_terms": paid_terms,
        ":stated_as_of": stated.and_then(|stated| canonical::date(stated.as_of)),
        ":b0": bucket(0), ":b1": bucket(1), ":b2": bucket(2), ":b3": bucket(3), ":b4": bucket(4),
        ":b5": bucket(5), ":b6": bucket(6),
        ":oldest": stated.and_then(|stated| stated.oldest_unpaid_due).and_then(canonical::date),
    })?;
    let mut insert = db.prepare_cached(
        "INSERT INTO loan_party (loan, position, party, role, share, since, known_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, around) in numbered(&loan.parties) {
        insert.execute(params![
            id,
            position,
            around.party.to_string(),
            around.role.word(),
            around.share.map(|share| share.to_string()),
            around.since.and_then(canonical::date),
            around.known_by
        ])?;
    }
    // A correction may drop the contract's terms, so they are written even when there are none.
    terms(db, &id, loan.opening.terms().map(ashore_domain::LoanTerms::get))
}

fn terms(db: &Connection, id: &str, draft: Option<&LoanDraft>) -> Result<(), VaultError> {
    let penalty = draft.and_then(|d| d.penalty.as_ref()).map(record::Part::part).transpose()?;
    let order =
        draft.map(|d| d.allocation_order.iter().map(|bucket| bucket.word()).collect::<Vec<_>>().join(" "));
    let rate = draft.and_then(|d| d.rate);
    db.prepare_cached(
        "UPDATE loan SET principal = :principal, paid_out = :paid_out, disbursed_on = :disbursed_on, method = :method,
             rate = :rate, rate_per = :rate_per, payment = :payment, day_count = :day_count, terms = :terms,
             first_due = :first_due, due_day = :due_day, period = :period, penalty = :penalty, late_fee = :late_fee,
             allocation_order = :order, lender_kind = :lender_kind, contract_date = :contract_date
         WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": id,
        ":principal": draft.map(|d| d.principal.fen()),
        ":paid_out": draft.and_then(|d| d.paid_out).map(Money::fen),
        ":disbursed_on": draft.and_then(|d| canonical::date(d.disbursed_on)),
        ":method": draft.map(|d| d.method.word()),
        ":rate": rate.map(|rate| rate.value().to_string()),
        ":rate_per": rate.map(|rate| rate.per().word()),
        ":payment": draft.and_then(|d| d.payment).map(Money::fen),
        ":day_count": draft.map(|d| d.day_count.word()),
        ":terms": draft.map(|d| d.terms),
        ":first_due": draft.and_then(|d| canonical::date(d.first_due)),
        ":due_day": draft.and_then(|d| d.due_day),
        ":period": draft.map(|d| period(d.period)),
        ":penalty": penalty,
        ":late_fee": draft.and_then(|d| d.late_fee).map(Money::fen),
        ":order": order,
        ":lender_kind": draft.map(|d| d.lender_kind.word()),
        ":contract_date": draft.and_then(|d| d.contract_date).and_then(canonical::date),
    })?;
    let Some(draft) = draft else { return Ok(()) };
    let mut insert = db.prepare_cached(
        "INSERT INTO loan_fee (loan, position, kind, fixed, of_principal, taken, counts_in_cost, payee, contract)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (position, fee) in numbered(&draft.fees) {
        let (fixed, of_principal) = match fee.amount {
            FeeAmount::Fixed(amount) => (Some(amount.fen()), None),
            FeeAmount::OfPrincipal(rate) => (None, Some(rate.to_string())),
        };
        let (kind, taken) = (fee.kind.word(), fee.when.word());
        insert.execute(params![
            id,
            position,
            kind,
            fixed,
            of_principal,
            taken,
            fee.counts_in_cost,
            fee.payee,
            fee.contract
        ])?;
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO loan_row (loan, term, due, principal, interest, fees) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (position, row) in numbered(&draft.rows) {
        let [principal, interest, fees] = [row.principal, row.interest, row.fees].map(Money::fen);
        insert.execute(params![id, position + 1, canonical::date(row.due), principal, interest, fees])?;
    }
    Ok(())
}

fn period(period: Period) -> String {
    match period {
        Period::Month => "month".to_owned(),
        Period::Quarter => "quarter".to_owned(),
        Period::Week => "week".to_owned(),
        Period::Biweek => "biweek".to_owned(),
        Period::Days(days) => days.to_string(),
    }
}

/// All loans, or the one asked for, in the order they were opened.
pub(crate) fn loans(db: &Connection, only: Option<LoanId>) -> Result<Vec<LoanState>, VaultError> {
    let sql = "SELECT f.body, o.recorded_at, l.corrections, l.closed_seq
               FROM loan l JOIN fact f ON f.seq = l.seq JOIN fact o ON o.seq = l.opened_seq
               WHERE ?1 IS NULL OR l.id = ?1 ORDER BY l.opened_seq";
    recorded(db, sql, [only.map(|id| id.to_string())], |row, recorded| {
        let loan = match recorded.fact {
            Fact::LoanOpened(loan) => loan,
            Fact::LoanCorrected(corrected) => corrected.loan,
            _ => return Err(VaultError::DatabaseDamaged),
        };
        let opened_at: String = row.get(1)?;
        Ok(LoanState {
            loan,
            opened_at: canonical::read_instant(&opened_at).ok_or(VaultError::DatabaseDamaged)?,
            corrections: row.get::<_, u32>(2)?.try_into().unwrap_or(usize::MAX),
            closed: row.get::<_, Option<i64>>(3)?.map(|seq| closed(db, seq)).transpose()?,
        })
    })
}

fn closed(db: &Connection, seq: i64) -> Result<LoanClosed, VaultError> {
    let body: Option<Vec<u8>> = db
        .prepare_cached("SELECT body FROM fact WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))
        .optional()?;
    match record::decode(&body.ok_or(VaultError::DatabaseDamaged)?)?.fact {
        Fact::LoanClosed(closed) => Ok(closed),
        _ => Err(VaultError::DatabaseDamaged),
    }
}
