use ashore_domain::{EvidenceDetails, EvidenceRecord};

/// Every text of a record that it can be found by, each once: words, names, numbers, subjects, names of files.
///
/// Numbers that people break up (138-0013-8000) stand there a second time in plain digits.
#[must_use]
pub fn texts(record: &EvidenceRecord) -> Vec<String> {
    let mut texts = Texts(Vec::new());
    details(&record.details, &mut texts);
    texts.line(&record.summary);
    texts.all(&record.tags);
    for who in &record.people {
        for line in [&who.name, &who.organisation, &who.staff_no, &who.email, &who.handle] {
            texts.some(line);
        }
        texts.number(who.phone.as_deref());
    }
    for outcome in &record.outcomes {
        texts.some(&outcome.text);
        texts.0.extend(outcome.amount.map(|amount| amount.to_string()));
    }
    for promise in &record.promises {
        texts.line(&promise.what);
    }
    for file in &record.files {
        texts.line(&file.name);
    }
    texts.0
}

/// The texts of a record's people alone.
pub(super) fn people(record: &EvidenceRecord) -> Vec<String> {
    let mut texts = Texts(Vec::new());
    for who in &record.people {
        for line in [&who.name, &who.organisation, &who.staff_no, &who.email, &who.handle] {
            texts.some(line);
        }
        texts.number(who.phone.as_deref());
    }
    match &record.details {
        EvidenceDetails::Call { number, .. } => texts.number(number.as_deref()),
        EvidenceDetails::Sms { address, .. } => texts.number(address.as_deref()),
        EvidenceDetails::Email { from, .. } => texts.some(from),
        EvidenceDetails::PaymentReceipt { payee, .. } => texts.some(payee),
        _ => {}
    }
    texts.0
}

/// Texts without repetition: a summary is often the beginning of the message, a number stands in several fields.
struct Texts(Vec<String>);

impl Texts {
    fn line(&mut self, text: &str) {
        if !text.is_empty() && !self.0.iter().any(|known| known.contains(text)) {
            self.0.push(text.to_owned());
        }
    }

    fn some(&mut self, text: &Option<String>) {
        self.line(text.as_deref().unwrap_or_default());
    }

    fn all(&mut self, texts: &[String]) {
        texts.iter().for_each(|text| self.line(text));
    }

    fn number(&mut self, text: Option<&str>) {
        let text = text.unwrap_or_default();
        self.line(text);
        if let Some(digits) = plain_digits(text) {
            self.line(&digits);
        }
    }
}

/// The digits of a telephone number that was written with something between them; `None` if it is none, or is plain.
pub(super) fn plain_digits(text: &str) -> Option<String> {
    let between = |sign: char| matches!(sign, ' ' | '-' | '+' | '(' | ')' | '.');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number = digits.len() >= 7 && text.chars().all(|sign| sign.is_ascii_digit() || between(sign));
    (number && digits.len() != text.len()).then_some(digits)
}

fn details(details: &EvidenceDetails, texts: &mut Texts) {
    match details {
        EvidenceDetails::Call { number, own_number, sim: _, duration_s: _, status: _, transcript } => {
            texts.some(transcript);
            texts.number(number.as_deref());
            texts.number(own_number.as_deref());
        }
        EvidenceDetails::Sms { address, smsc: _, sent: _, received: _, sim: _, thread: _, body } => {
            texts.line(body);
            texts.number(address.as_deref());
        }
        EvidenceDetails::Email {
            message_id: _,
            from,
            to,
            cc,
            date_header: _,
            received_chain: _,
            authentication: _,
            subject,
            body,
        } => {
            texts.some(subject);
            texts.line(body);
            texts.some(from);
            texts.all(to);
            texts.all(cc);
        }
        EvidenceDetails::ImChat { app, accounts, group, body } => {
            texts.line(body);
            texts.some(app);
            texts.all(accounts);
            texts.some(group);
        }
        EvidenceDetails::InAppChat { platform, ticket_no, agent_no, body } => {
            texts.line(body);
            [platform, ticket_no, agent_no].into_iter().for_each(|line| texts.some(line));
        }
        EvidenceDetails::PaymentReceipt {
            channel,
            amount,
            payer,
            payee,
            account_tail,
            transaction_no,
            remark,
        } => {
            for line in [payee, payer, remark, transaction_no, channel, account_tail] {
                texts.some(line);
            }
            texts.0.extend(amount.map(|amount| amount.to_string()));
        }
        EvidenceDetails::Contract {
            number,
            parties,
            signed_on: _,
            signing_provider,
            certificate,
            pages: _,
            annexes,
            fee_clauses,
        } => {
            [number, signing_provider, certificate].into_iter().for_each(|line| texts.some(line));
            [parties, annexes, fee_clauses].into_iter().for_each(|lines| texts.all(lines));
        }
        EvidenceDetails::Agreement {
            number,
            parties,
            signed_on: _,
            signing_provider,
            certificate,
            pages: _,
        } => {
            [number, signing_provider, certificate].into_iter().for_each(|line| texts.some(line));
            texts.all(parties);
        }
        EvidenceDetails::Screenshot { device, clock_visible: _, app_version: _ }
        | EvidenceDetails::ScreenVideo { device, clock_visible: _, app_version: _ } => texts.some(device),
        EvidenceDetails::Letter { sender, tracking_no, postmark: _, delivery_proof } => {
            [sender, tracking_no, delivery_proof].into_iter().for_each(|line| texts.some(line));
        }
        EvidenceDetails::VisitNote { place, plate, witnesses, body } => {
            texts.line(body);
            [place, plate].into_iter().for_each(|line| texts.some(line));
            texts.all(witnesses);
        }
        EvidenceDetails::CourtDoc { court, case_no, received_on: _ } => {
            [court, case_no].into_iter().for_each(|line| texts.some(line));
        }
        EvidenceDetails::CreditReport { report_no, report_date: _, version: _ } => texts.some(report_no),
        EvidenceDetails::Note { body } => texts.line(body),
    }
}
