use std::collections::BTreeMap;

use ashore_domain::{LoanId, Party, PartyId, PartyRole};
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
    /// Names of those who collect, and do nothing else.
    collectors: BTreeMap<PartyId, String>,
}

impl Known {
    pub(crate) fn new(parties: &[Party], loans: &[LoanState]) -> Self {
        let mut known = Self {
            numbers: BTreeMap::new(),
            addresses: BTreeMap::new(),
            names: BTreeMap::new(),
            loans: BTreeMap::new(),
            collectors: BTreeMap::new(),
        };
        let roles = |party: PartyId| {
            let of = loans.iter().flat_map(|state| &state.loan.parties);
            of.filter(move |place| place.party == party).map(|place| place.role)
        };
        let collects = |role: PartyRole| matches!(role, PartyRole::Collector | PartyRole::CollectionAgency);
        for party in parties {
            if roles(party.id).next().is_some() && roles(party.id).all(collects) {
                known.collectors.insert(party.id, party.name.clone());
            }
        }
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

    /// The collector whose number this is, by name.
    pub(super) fn collector_of_number(&self, number: Option<&str>) -> Option<&str> {
        self.collectors.get(self.numbers.get(&digits(number?))?).map(String::as_str)
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

/// The digits of a number, without the country's: `+86 138…` and `0086 138…` are `138…`, `+86 10 6555…` is `010 6555…`.
fn digits(number: &str) -> String {
    let folded = fold(number);
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let bare = digits.strip_prefix("00").unwrap_or(&digits);
    let abroad = bare.len() < digits.len() || folded.trim_start().starts_with('+');
    match bare.strip_prefix("86") {
        Some(rest) if rest.len() == 11 && rest.starts_with('1') => rest.to_owned(),
        // Area codes lose their nought abroad; numbers of a hotline have none.
        Some(rest)
            if abroad
                && (9..=11).contains(&rest.len())
                && !["0", "400", "800"].iter().any(|begin| rest.starts_with(begin)) =>
        {
            format!("0{rest}")
        }
        Some(rest) if abroad || rest.len() == 11 => rest.to_owned(),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_number_however_it_is_written() {
        for (written, digits) in [
            ("138 0000 0417", "13800000417"),
            ("+86 138-0000-0417", "13800000417"),
            ("008613800000417", "13800000417"),
            ("８６13800000417", "13800000417"),
            ("+86 10 6555 0100", "01065550100"),
            ("+86 755 8319 5555", "075583195555"),
            ("+86 851 8319 555", "08518319555"),
            ("0755-83195555", "075583195555"),
            ("+86 400 800 0000", "4008000000"),
            ("400-800-0000", "4008000000"),
            ("95555", "95555"),
            ("+8695555", "95555"),
            ("106900000000", "106900000000"),
            ("8610", "8610"),
        ] {
            assert_eq!(super::digits(written), digits, "{written}");
        }
    }
}
