use std::collections::BTreeMap;

use ashore_domain::{LoanId, Party, PartyId};
use ashore_vault::{LoanState, fold};

/// By what the lenders in the vault are recognised: their numbers, addresses and names.
///
/// A message is put to a loan only where no other can be meant: the number or the signature is the lender's own, and it
/// has one open loan.
pub(crate) struct Known {
    numbers: BTreeMap<String, PartyId>,
    addresses: BTreeMap<String, PartyId>,
    names: BTreeMap<String, PartyId>,
    loans: BTreeMap<PartyId, Vec<LoanId>>,
}

impl Known {
    pub(crate) fn new(parties: &[Party], loans: &[LoanState]) -> Self {
        let mut known = Self {
            numbers: BTreeMap::new(),
            addresses: BTreeMap::new(),
            names: BTreeMap::new(),
            loans: BTreeMap::new(),
        };
        for state in loans.iter().filter(|state| state.closed.is_none()) {
            for of in &state.loan.parties {
                let loans = known.loans.entry(of.party).or_default();
                if !loans.contains(&state.loan.id) {
                    loans.push(state.loan.id);
                }
            }
        }
        for party in parties {
            for contact in &party.contacts {
                match contact.value.contains('@') {
                    true => known.addresses.insert(fold(contact.value.trim()), party.id),
                    false => known.numbers.insert(digits(&contact.value), party.id),
                };
            }
            let names =
                [Some(&party.name), party.legal_name.as_ref()].into_iter().flatten().chain(&party.aliases);
            known.names.extend(names.map(|name| (fold(name.trim()), party.id)));
        }
        known.numbers.remove("");
        known.names.remove("");
        known
    }

    fn only_loan(&self, party: Option<&PartyId>) -> Option<LoanId> {
        match self.loans.get(party?)?.as_slice() {
            [loan] => Some(*loan),
            _ => None,
        }
    }

    pub(crate) fn loan_of_number(&self, number: Option<&str>) -> Option<LoanId> {
        self.only_loan(self.numbers.get(&digits(number?)))
    }

    pub(super) fn loan_of_address(&self, address: Option<&str>) -> Option<LoanId> {
        self.only_loan(self.addresses.get(&fold(address?)))
    }

    /// The loan of the lender whose name stands in 【】 at the beginning or the end, as senders of messages must sign.
    pub(crate) fn loan_signed(&self, body: &str) -> Option<LoanId> {
        let body = body.trim();
        let first = body.strip_prefix('【').and_then(|rest| rest.split_once('】')).map(|(name, _)| name);
        let last = || body.strip_suffix('】').and_then(|rest| rest.rsplit_once('【')).map(|(_, name)| name);
        self.only_loan(self.names.get(&fold(first.or_else(last)?.trim())))
    }

    /// The loans of the lender that this text names: a payment goes to one of them.
    pub(super) fn loans_named(&self, text: &str) -> Vec<LoanId> {
        let text = fold(text);
        let mut found = Vec::new();
        for (name, party) in &self.names {
            // One sign stands in too many names.
            if name.chars().count() > 1 && text.contains(name.as_str()) {
                for loan in self.loans.get(party).into_iter().flatten() {
                    if !found.contains(loan) {
                        found.push(*loan);
                    }
                }
            }
        }
        found
    }
}

/// The digits of a number, without the country's.
fn digits(number: &str) -> String {
    let digits: String = fold(number).chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits,
    }
}
