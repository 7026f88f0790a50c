//! Which entries of the ledger a pack about some loans holds: everything about these loans, and nothing that is only
//! about others.

use std::collections::{BTreeMap, BTreeSet};

use ashore_domain::{
    AttachmentId, EvidenceId, EvidenceRecord, Fact, FileRef, LoanId, PartyId, PaymentId, PersonRole,
};
use ashore_vault::{FactEntry, Vault};

use crate::AppError;
use crate::ended::{OnBytes, Steps};

/// What goes into a pack.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// Numbers of the entries, or all of them.
    pub(super) entries: Option<BTreeSet<u64>>,
    /// The evidence records among them.
    pub(super) records: Vec<EvidenceId>,
    /// Records that also name a loan which was not chosen.
    pub(super) also_of_others: u64,
    /// Files they name, each once, with the number of the first entry that does.
    pub(super) files: Vec<(u64, FileRef)>,
    /// Third persons: what is known of each.
    pub(super) third_persons: BTreeSet<Vec<String>>,
    /// Numbers and addresses that are part of the matter.
    pub(super) kept: BTreeSet<String>,
    /// Entries chosen.
    pub(super) count: u64,
}

/// All entries, or those about `loans`.
pub(super) fn choose(vault: &Vault, loans: &BTreeSet<LoanId>, on: OnBytes<'_>) -> Result<Chosen, AppError> {
    let mut steps = Steps::default();
    let all = loans.is_empty();
    let mut about = About::new(loans);
    if !all {
        vault.each_fact(|entry| -> Result<(), AppError> {
            about.first_look(&entry);
            steps.step(on)
        })?;
        about.settle();
    }
    let mut chosen = Chosen::default();
    let mut entries = BTreeSet::new();
    let mut seen: BTreeSet<AttachmentId> = BTreeSet::new();
    vault.each_fact(|entry| -> Result<(), AppError> {
        steps.step(on)?;
        if !all && !about.holds(&entry.fact) {
            return Ok(());
        }
        chosen.count += 1;
        entries.insert(entry.entry.seq);
        if let Fact::Evidence(record) = &entry.fact {
            chosen.records.push(record.id);
            chosen.also_of_others += u64::from(!all && record.loans.iter().any(|loan| !loans.contains(loan)));
            people(record, &mut chosen);
            for file in &record.files {
                if seen.insert(file.attachment) {
                    chosen.files.push((entry.entry.seq, file.clone()));
                }
            }
        }
        if let Fact::Party(party) = &entry.fact {
            chosen.kept.extend(party.contacts.iter().map(|contact| contact.value.clone()));
        }
        Ok(())
    })?;
    chosen.entries = (!all).then_some(entries);
    Ok(chosen)
}

/// Who is a third person, and which numbers belong to the others.
fn people(record: &EvidenceRecord, chosen: &mut Chosen) {
    use ashore_domain::EvidenceDetails as D;
    for person in &record.people {
        let known = [&person.name, &person.phone, &person.email, &person.handle];
        let known = known.into_iter().flatten().cloned();
        if person.role == PersonRole::ThirdParty {
            chosen.third_persons.insert(known.collect());
        } else {
            chosen.kept.extend(known);
        }
    }
    if record.people.iter().any(|person| person.role == PersonRole::ThirdParty) {
        return;
    }
    let numbers: Vec<&Option<String>> = match &record.details {
        D::Call { number, own_number, .. } => vec![number, own_number],
        D::Sms { address, smsc, .. } => vec![address, smsc],
        D::Email { from, .. } => vec![from],
        _ => Vec::new(),
    };
    chosen.kept.extend(numbers.into_iter().flatten().cloned());
}

struct About<'a> {
    loans: &'a BTreeSet<LoanId>,
    parties: BTreeSet<PartyId>,
    payments: BTreeSet<PaymentId>,
    cited: BTreeSet<EvidenceId>,
    // Of every record: whether it is about a chosen loan, about none at all, and what it corrects.
    records: BTreeMap<EvidenceId, (bool, bool, Option<EvidenceId>)>,
    held: BTreeSet<EvidenceId>,
    removed: BTreeSet<EvidenceId>,
}

impl<'a> About<'a> {
    fn new(loans: &'a BTreeSet<LoanId>) -> Self {
        Self {
            loans,
            parties: BTreeSet::new(),
            payments: BTreeSet::new(),
            cited: BTreeSet::new(),
            records: BTreeMap::new(),
            held: BTreeSet::new(),
            removed: BTreeSet::new(),
        }
    }

    fn first_look(&mut self, entry: &FactEntry) {
        match &entry.fact {
            Fact::LoanOpened(loan) if self.loans.contains(&loan.id) => {
                self.parties.extend(loan.parties.iter().map(|party| party.party));
            }
            Fact::LoanCorrected(corrected) if self.loans.contains(&corrected.loan.id) => {
                self.parties.extend(corrected.loan.parties.iter().map(|party| party.party));
            }
            Fact::Payment(payment) if self.loans.contains(&payment.loan) => {
                self.payments.insert(payment.id);
                self.cited.extend(&payment.evidence);
            }
            Fact::Proposal(proposal) if self.loans.contains(&proposal.loan) => {
                self.cited.extend(&proposal.evidence);
            }
            Fact::Agreement(agreement) if self.loans.contains(&agreement.loan) => {
                self.cited.extend(&agreement.evidence);
            }
            Fact::Evidence(record) => {
                let ours = record.loans.iter().any(|loan| self.loans.contains(loan));
                self.records.insert(record.id, (ours, record.loans.is_empty(), record.corrects));
            }
            Fact::EvidenceRemoved(removed) => {
                self.removed.insert(removed.record);
            }
            _ => {}
        }
    }

    /// A record belongs by what its latest correction says: what was ascribed to another loan since is not shown.
    fn settle(&mut self) {
        let by: BTreeMap<EvidenceId, EvidenceId> =
            self.records.iter().filter_map(|(id, (_, _, corrects))| Some(((*corrects)?, *id))).collect();
        let last = |id: EvidenceId| {
            let mut id = id;
            // A correction is recorded after what it corrects, so this ends.
            while let Some(next) = by.get(&id) {
                id = *next;
            }
            id
        };
        let held = self.records.iter().filter(|(id, (ours, of_none, _))| {
            let belongs =
                |ours: bool, of_none: bool, id: &EvidenceId| ours || of_none && self.cited.contains(id);
            let last = last(**id);
            let (last_ours, last_of_none, _) =
                self.records.get(&last).copied().unwrap_or((*ours, *of_none, None));
            belongs(*ours, *of_none, id) && belongs(last_ours, last_of_none, id) || last_ours && *of_none
        });
        self.held = held.map(|(id, _)| *id).collect();
    }

    fn holds(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Party(party) => self.parties.contains(&party.id),
            Fact::LoanOpened(loan) => self.loans.contains(&loan.id),
            Fact::LoanCorrected(corrected) => self.loans.contains(&corrected.loan.id),
            Fact::LoanClosed(closed) => self.loans.contains(&closed.loan),
            Fact::Payment(payment) => self.loans.contains(&payment.loan),
            Fact::PaymentVoided(voided) => self.payments.contains(&voided.payment),
            Fact::Waiver(waiver) => self.loans.contains(&waiver.loan),
            // What was removed since shows that it was, and not what it said.
            Fact::Evidence(record) => self.held.contains(&record.id) && !self.removed.contains(&record.id),
            Fact::EvidenceRemoved(removed) => self.held.contains(&removed.record),
            Fact::PaymentReturned(returned) => self.payments.contains(&returned.payment),
            Fact::Proposal(proposal) => self.loans.contains(&proposal.loan),
            Fact::Agreement(agreement) => self.loans.contains(&agreement.loan),
            Fact::ConductReview(review) => review.records.iter().all(|id| self.held.contains(id)),
            // Income, own notes on a case, exports and anchors are not the lender's business.
            _ => false,
        }
    }
}
