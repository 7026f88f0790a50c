use ashore_domain::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::PaidDue;
use super::preview::{Effect, Reached};
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::view::Yuan;
use crate::{AppError, input};

/// Money that went out: typed, or a row of a statement.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct MatchPaymentRequest {
    /// The civil day.
    pub on: String,
    /// Yuan.
    pub amount: String,
    /// To whom, as the statement has it.
    #[serde(default)]
    pub payee: Option<String>,
    /// The transfer's remark.
    #[serde(default)]
    pub remark: Option<String>,
}

/// Loans a payment may belong to, the likeliest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PaymentMatchView {
    /// The candidates; empty when no loan is open.
    pub candidates: Vec<PaymentCandidate>,
}

/// One way to read a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PaymentCandidate {
    /// One loan, or several that one transfer paid together.
    pub parts: Vec<PaymentPart>,
    /// How sure this is.
    pub confidence: MatchConfidence,
    /// 0 … 100.
    pub score: u8,
    /// What speaks for it.
    pub reasons: Vec<MatchReason>,
}

/// What one loan gets of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct PaymentPart {
    pub loan_id: String,
    pub loan_name: String,
    pub amount: Yuan,
    pub dues: Vec<PaidDue>,
}

/// How sure a match is. Nothing is recorded without the borrower, however sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum MatchConfidence {
    Low,
    Mid,
    High,
}

/// What speaks for a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MatchReason {
    /// The amount of one due, to the fen.
    OneDue,
    /// The amount of several dues together, to the fen.
    SeveralDues,
    /// Everything that is late, to the fen.
    AllOverdue,
    /// Everything owed, to the fen.
    AllOwed,
    /// Within one in a hundred of a due.
    NearlyOneDue,
    /// Within three days of a due.
    OnTheDay,
    /// Within ten days of one.
    NearTheDay,
    /// Payee or remark name a party of the loan.
    PartyNamed,
    /// The remark has the contract's number.
    ContractNamed,
}

/// Money that went out, read.
pub(crate) struct Outgoing {
    on: NaiveDate,
    amount: Money,
    /// Payee and remark, folded for comparison.
    words: String,
}

impl Outgoing {
    /// Money that went out on a day, with everything that was said of it.
    pub(crate) fn new(on: NaiveDate, amount: Money, words: &str) -> Self {
        Self { on, amount, words: folded(words) }
    }
}

const CANDIDATES: usize = 5;
/// Combinations of loans are tried while they are few enough to be a person's own thought.
const LOANS_TOGETHER: usize = 12;

impl App<Unlocked> {
    /// Loans a payment may belong to, by amount, day and party, with how sure that is. Nothing is stored.
    ///
    /// # Errors
    /// An impossible day or an amount that is none.
    pub fn match_payment(&self, request: &MatchPaymentRequest) -> Result<PaymentMatchView, AppError> {
        let words = [request.payee.as_deref(), request.remark.as_deref()];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let (on, amount) = (input::date("on", &request.on)?, input::positive("amount", &request.amount)?);
        let candidates = self.candidates(&mut self.open_loan_files()?, &Outgoing::new(on, amount, &words))?;
        Ok(PaymentMatchView { candidates })
    }

    /// Ways to read money that went out, the likeliest first.
    pub(crate) fn candidates(
        &self,
        files: &mut [LoanFile],
        outgoing: &Outgoing,
    ) -> Result<Vec<PaymentCandidate>, AppError> {
        let mut found = Vec::new();
        for file in files.iter_mut() {
            found.push(self.single(file, outgoing)?);
        }
        if !found.iter().any(|candidate| candidate.reasons.first().is_some_and(is_exact)) {
            found.extend(together(files, outgoing)?);
        }
        found.retain(|candidate| candidate.score > 0);
        found.sort_by_key(|one| std::cmp::Reverse(one.score));
        // Two readings that are equally good are both less than sure.
        if let [first, second, ..] = &mut found[..]
            && first.score == second.score
        {
            first.confidence = first.confidence.min(MatchConfidence::Mid);
            second.confidence = second.confidence.min(MatchConfidence::Mid);
        }
        found.truncate(CANDIDATES);
        Ok(found)
    }

    /// The whole payment on one loan.
    fn single(&self, file: &mut LoanFile, outgoing: &Outgoing) -> Result<PaymentCandidate, AppError> {
        let (mut score, mut reasons) = (0u8, Vec::new());
        let mut count = |reason, points: u8| {
            reasons.push(reason);
            score = score.saturating_add(points);
        };
        let (on, amount) = (outgoing.on, outgoing.amount);
        let effect = Effect::of(file, on, amount)?;
        let statement = file.statement(on)?;
        let dues = file.dues(on, NaiveDate::default(), on + chrono::TimeDelta::days(60))?;
        let sums = dues.iter().scan(Money::ZERO, |sum, due| {
            *sum += due.amount;
            Some(*sum)
        });
        if dues.iter().any(|due| due.amount == amount) {
            count(MatchReason::OneDue, 45);
        } else if sums.skip(1).any(|sum| sum == amount) {
            count(MatchReason::SeveralDues, 45);
        } else if statement.overdue.total == amount {
            count(MatchReason::AllOverdue, 45);
        } else if statement.outstanding.total() == amount {
            count(MatchReason::AllOwed, 45);
        } else if dues.iter().any(|due| nearly(due.amount, amount)) {
            count(MatchReason::NearlyOneDue, 20);
        }
        let nearest = dues.iter().map(|due| (due.due - on).num_days().abs()).min();
        match nearest {
            Some(0..=3) => count(MatchReason::OnTheDay, 20),
            Some(4..=10) => count(MatchReason::NearTheDay, 10),
            _ => {}
        }
        if self.names_of(file)?.iter().any(|name| outgoing.words.contains(name)) {
            count(MatchReason::PartyNamed, 35);
        }
        let contract = file.state.loan.contract_no.as_deref().map(folded);
        if contract.is_some_and(|no| no.chars().count() >= 4 && outgoing.words.contains(&no)) {
            count(MatchReason::ContractNamed, 40);
        }
        let parts = vec![part(file, amount, &effect.dues)];
        Ok(PaymentCandidate { parts, confidence: confidence(score), score: score.min(100), reasons })
    }

    /// What statements may call the parties of a loan, folded; names of one character fit everything.
    fn names_of(&self, file: &LoanFile) -> Result<Vec<String>, AppError> {
        let parties = self.state.vault.parties()?;
        let around =
            parties.iter().filter(|party| file.state.loan.parties.iter().any(|p| p.party == party.id));
        let mut names = vec![file.name().to_owned()];
        for party in around {
            names.push(party.name.clone());
            names.extend(party.legal_name.clone());
            names.extend(party.aliases.iter().cloned());
        }
        let folded = names.iter().map(|name| folded(name)).filter(|name| name.chars().count() > 1);
        Ok(folded.collect())
    }
}

/// One transfer that paid the next due of two or three loans to the fen.
fn together(files: &mut [LoanFile], outgoing: &Outgoing) -> Result<Option<PaymentCandidate>, AppError> {
    let (on, window) = (outgoing.on, chrono::TimeDelta::days(31));
    let mut nearest = Vec::new();
    for (index, file) in files.iter().enumerate().take(LOANS_TOGETHER) {
        let due = file.dues(on, NaiveDate::default(), on + window)?.into_iter().next();
        nearest.extend(due.map(|due| (index, due.amount)));
    }
    let Some(chosen) = subset(&nearest, outgoing.amount) else { return Ok(None) };
    let mut parts = Vec::new();
    for (index, amount) in chosen {
        let Some(file) = files.get_mut(index) else { continue };
        let effect = Effect::of(file, on, amount)?;
        parts.push(part(file, amount, &effect.dues));
    }
    Ok(Some(PaymentCandidate {
        parts,
        confidence: MatchConfidence::Mid,
        score: 55,
        reasons: vec![MatchReason::SeveralDues],
    }))
}

/// Two or three amounts that give the sum, the earliest such.
fn subset(amounts: &[(usize, Money)], sum: Money) -> Option<Vec<(usize, Money)>> {
    for (i, one) in amounts.iter().enumerate() {
        for (j, two) in amounts.iter().enumerate().skip(i + 1) {
            let pair = one.1 + two.1;
            if pair == sum {
                return Some(vec![*one, *two]);
            }
            if let Some(three) = amounts.iter().skip(j + 1).find(|three| pair + three.1 == sum) {
                return Some(vec![*one, *two, *three]);
            }
        }
    }
    None
}

pub(super) fn part(file: &LoanFile, amount: Money, dues: &[Reached]) -> PaymentPart {
    PaymentPart {
        loan_id: file.id().to_string(),
        loan_name: file.name().to_owned(),
        amount: amount.into(),
        dues: dues.iter().map(Reached::view).collect(),
    }
}

const fn is_exact(reason: &MatchReason) -> bool {
    use MatchReason as R;
    matches!(reason, R::OneDue | R::SeveralDues | R::AllOverdue | R::AllOwed)
}

const fn confidence(score: u8) -> MatchConfidence {
    match score {
        80.. => MatchConfidence::High,
        45.. => MatchConfidence::Mid,
        _ => MatchConfidence::Low,
    }
}

/// Within one in a hundred.
fn nearly(due: Money, paid: Money) -> bool {
    let gap = (i128::from(due.fen()) - i128::from(paid.fen())).abs();
    gap * 100 <= i128::from(due.fen())
}

/// Small letters, no spaces, no marks: 甲 贷（南京） and 甲贷(南京) are one.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_that_make_a_sum_are_found() {
        let fen = |n| Money::from_fen(n);
        let all = [(0, fen(100)), (1, fen(250)), (2, fen(399)), (3, fen(50))];
        assert_eq!(subset(&all, fen(350)), Some(vec![(0, fen(100)), (1, fen(250))]));
        assert_eq!(subset(&all, fen(699)), Some(vec![(1, fen(250)), (2, fen(399)), (3, fen(50))]));
        assert_eq!(subset(&all, fen(100)), None, "one alone is no combination");
    }

    #[test]
    fn names_meet_whatever_their_width_and_marks() {
        assert!(folded("支付给 甲贷（南京）小额贷款").contains(&folded("甲贷(南京)")));
        assert!(nearly(Money::from_yuan(100), Money::from_yuan(99)));
        assert!(!nearly(Money::from_yuan(100), Money::from_fen(9_899)));
    }
}
