use ashore_domain::EvidenceDetails;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::CallStatus;
use crate::{AppError, input};

/// What only one kind of record has, as typed. Everything but the text of a message may stay empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs)] // the fields are those of domain §7.2
pub enum DetailsForm {
    Call {
        #[serde(default)]
        number: Option<String>,
        #[serde(default)]
        own_number: Option<String>,
        #[serde(default)]
        sim: Option<String>,
        #[serde(default)]
        duration_s: Option<u32>,
        status: CallStatus,
        #[serde(default)]
        transcript: Option<String>,
    },
    Sms {
        #[serde(default)]
        address: Option<String>,
        #[serde(default)]
        smsc: Option<String>,
        #[serde(default)]
        sent: Option<String>,
        #[serde(default)]
        received: Option<String>,
        #[serde(default)]
        sim: Option<String>,
        #[serde(default)]
        thread: Option<String>,
        body: String,
    },
    Email {
        #[serde(default)]
        message_id: Option<String>,
        #[serde(default)]
        from: Option<String>,
        #[serde(default)]
        to: Vec<String>,
        #[serde(default)]
        cc: Vec<String>,
        #[serde(default)]
        date_header: Option<String>,
        #[serde(default)]
        received_chain: Vec<String>,
        #[serde(default)]
        authentication: Option<String>,
        #[serde(default)]
        subject: Option<String>,
        body: String,
    },
    ImChat {
        #[serde(default)]
        app: Option<String>,
        #[serde(default)]
        accounts: Vec<String>,
        #[serde(default)]
        group: Option<String>,
        body: String,
    },
    InAppChat {
        #[serde(default)]
        platform: Option<String>,
        #[serde(default)]
        ticket_no: Option<String>,
        #[serde(default)]
        agent_no: Option<String>,
        body: String,
    },
    PaymentReceipt {
        #[serde(default)]
        channel: Option<String>,
        #[serde(default)]
        amount: Option<String>,
        #[serde(default)]
        payer: Option<String>,
        #[serde(default)]
        payee: Option<String>,
        #[serde(default)]
        account_tail: Option<String>,
        #[serde(default)]
        transaction_no: Option<String>,
        #[serde(default)]
        remark: Option<String>,
    },
    Contract {
        #[serde(default)]
        number: Option<String>,
        #[serde(default)]
        parties: Vec<String>,
        #[serde(default)]
        signed_on: Option<String>,
        #[serde(default)]
        signing_provider: Option<String>,
        #[serde(default)]
        certificate: Option<String>,
        #[serde(default)]
        pages: Option<u32>,
        #[serde(default)]
        annexes: Vec<String>,
        #[serde(default)]
        fee_clauses: Vec<String>,
    },
    Agreement {
        #[serde(default)]
        number: Option<String>,
        #[serde(default)]
        parties: Vec<String>,
        #[serde(default)]
        signed_on: Option<String>,
        #[serde(default)]
        signing_provider: Option<String>,
        #[serde(default)]
        certificate: Option<String>,
        #[serde(default)]
        pages: Option<u32>,
    },
    Screenshot {
        #[serde(default)]
        device: Option<String>,
        #[serde(default)]
        clock_visible: Option<bool>,
        #[serde(default)]
        app_version: Option<String>,
    },
    ScreenVideo {
        #[serde(default)]
        device: Option<String>,
        #[serde(default)]
        clock_visible: Option<bool>,
        #[serde(default)]
        app_version: Option<String>,
    },
    Letter {
        #[serde(default)]
        sender: Option<String>,
        #[serde(default)]
        tracking_no: Option<String>,
        #[serde(default)]
        postmark: Option<String>,
        #[serde(default)]
        delivery_proof: Option<String>,
    },
    VisitNote {
        #[serde(default)]
        place: Option<String>,
        #[serde(default)]
        plate: Option<String>,
        #[serde(default)]
        witnesses: Vec<String>,
        body: String,
    },
    CourtDoc {
        #[serde(default)]
        court: Option<String>,
        #[serde(default)]
        case_no: Option<String>,
        #[serde(default)]
        received_on: Option<String>,
    },
    CreditReport {
        #[serde(default)]
        report_no: Option<String>,
        #[serde(default)]
        report_date: Option<String>,
        #[serde(default)]
        version: Option<String>,
    },
    Note {
        body: String,
    },
}

fn line(given: Option<&String>) -> Result<Option<String>, AppError> {
    input::words_or_none("details", given.map(String::as_str))
}

fn lines(given: &[String]) -> Result<Vec<String>, AppError> {
    given.iter().filter(|l| !l.trim().is_empty()).map(|l| input::bounded("details", l.trim())).collect()
}

fn body(given: &str) -> Result<String, AppError> {
    input::bounded("body", given)
}

fn moment(given: Option<&String>) -> Result<Option<chrono::DateTime<chrono::FixedOffset>>, AppError> {
    line(given)?.map(|text| input::instant("details", &text)).transpose()
}

fn on(given: Option<&String>) -> Result<Option<chrono::NaiveDate>, AppError> {
    input::date_or_none("details", given.map(String::as_str))
}

impl DetailsForm {
    /// Reads every field or names the first that cannot be.
    pub(crate) fn read(&self) -> Result<EvidenceDetails, AppError> {
        use EvidenceDetails as D;
        Ok(match self {
            Self::Call { number, own_number, sim, duration_s, status, transcript } => D::Call {
                number: line(number.as_ref())?,
                own_number: line(own_number.as_ref())?,
                sim: line(sim.as_ref())?,
                duration_s: *duration_s,
                status: (*status).into(),
                transcript: transcript.as_ref().map(|t| input::bounded("transcript", t)).transpose()?,
            },
            Self::Sms { address, smsc, sent, received, sim, thread, body: text } => D::Sms {
                address: line(address.as_ref())?,
                smsc: line(smsc.as_ref())?,
                sent: moment(sent.as_ref())?,
                received: moment(received.as_ref())?,
                sim: line(sim.as_ref())?,
                thread: line(thread.as_ref())?,
                body: body(text)?,
            },
            Self::Email {
                message_id,
                from,
                to,
                cc,
                date_header,
                received_chain,
                authentication,
                subject,
                body: text,
            } => D::Email {
                message_id: line(message_id.as_ref())?,
                from: line(from.as_ref())?,
                to: lines(to)?,
                cc: lines(cc)?,
                date_header: line(date_header.as_ref())?,
                received_chain: lines(received_chain)?,
                authentication: line(authentication.as_ref())?,
                subject: line(subject.as_ref())?,
                body: body(text)?,
            },
            Self::ImChat { app, accounts, group, body: text } => D::ImChat {
                app: line(app.as_ref())?,
                accounts: lines(accounts)?,
                group: line(group.as_ref())?,
                body: body(text)?,
            },
            Self::InAppChat { platform, ticket_no, agent_no, body: text } => D::InAppChat {
                platform: line(platform.as_ref())?,
                ticket_no: line(ticket_no.as_ref())?,
                agent_no: line(agent_no.as_ref())?,
                body: body(text)?,
            },
            Self::PaymentReceipt { channel, amount, payer, payee, account_tail, transaction_no, remark } => {
                D::PaymentReceipt {
                    channel: line(channel.as_ref())?,
                    amount: input::amount_or_none("amount", amount.as_deref())?,
                    payer: line(payer.as_ref())?,
                    payee: line(payee.as_ref())?,
                    account_tail: line(account_tail.as_ref())?,
                    transaction_no: line(transaction_no.as_ref())?,
                    remark: line(remark.as_ref())?,
                }
            }
            Self::Contract {
                number,
                parties,
                signed_on,
                signing_provider,
                certificate,
                pages,
                annexes,
                fee_clauses,
            } => D::Contract {
                number: line(number.as_ref())?,
                parties: lines(parties)?,
                signed_on: on(signed_on.as_ref())?,
                signing_provider: line(signing_provider.as_ref())?,
                certificate: line(certificate.as_ref())?,
                pages: *pages,
                annexes: lines(annexes)?,
                fee_clauses: lines(fee_clauses)?,
            },
            Self::Agreement { number, parties, signed_on, signing_provider, certificate, pages } => {
                D::Agreement {
                    number: line(number.as_ref())?,
                    parties: lines(parties)?,
                    signed_on: on(signed_on.as_ref())?,
                    signing_provider: line(signing_provider.as_ref())?,
                    certificate: line(certificate.as_ref())?,
                    pages: *pages,
                }
            }
            Self::Screenshot { device, clock_visible, app_version } => D::Screenshot {
                device: line(device.as_ref())?,
                clock_visible: *clock_visible,
                app_version: line(app_version.as_ref())?,
            },
            Self::ScreenVideo { device, clock_visible, app_version } => D::ScreenVideo {
                device: line(device.as_ref())?,
                clock_visible: *clock_visible,
                app_version: line(app_version.as_ref())?,
            },
            Self::Letter { sender, tracking_no, postmark, delivery_proof } => D::Letter {
                sender: line(sender.as_ref())?,
                tracking_no: line(tracking_no.as_ref())?,
                postmark: on(postmark.as_ref())?,
                delivery_proof: line(delivery_proof.as_ref())?,
            },
            Self::VisitNote { place, plate, witnesses, body: text } => D::VisitNote {
                place: line(place.as_ref())?,
                plate: line(plate.as_ref())?,
                witnesses: lines(witnesses)?,
                body: body(text)?,
            },
            Self::CourtDoc { court, case_no, received_on } => D::CourtDoc {
                court: line(court.as_ref())?,
                case_no: line(case_no.as_ref())?,
                received_on: on(received_on.as_ref())?,
            },
            Self::CreditReport { report_no, report_date, version } => D::CreditReport {
                report_no: line(report_no.as_ref())?,
                report_date: on(report_date.as_ref())?,
                version: line(version.as_ref())?,
            },
            Self::Note { body: text } => D::Note { body: body(text)? },
        })
    }

    /// The stored details as a form again, for showing.
    pub(crate) fn of(details: &EvidenceDetails) -> Self {
        use EvidenceDetails as D;
        let moment = |at: &Option<chrono::DateTime<chrono::FixedOffset>>| at.map(|t| t.to_rfc3339());
        let on = |date: &Option<chrono::NaiveDate>| date.map(crate::view::day);
        match details.clone() {
            D::Call { number, own_number, sim, duration_s, status, transcript } => {
                Self::Call { number, own_number, sim, duration_s, status: status.into(), transcript }
            }
            D::Sms { address, smsc, sent, received, sim, thread, body } => Self::Sms {
                address,
                smsc,
                sent: moment(&sent),
                received: moment(&received),
                sim,
                thread,
                body,
            },
            D::Email {
                message_id,
                from,
                to,
                cc,
                date_header,
                received_chain,
                authentication,
                subject,
                body,
            } => Self::Email {
                message_id,
                from,
                to,
                cc,
                date_header,
                received_chain,
                authentication,
                subject,
                body,
            },
            D::ImChat { app, accounts, group, body } => Self::ImChat { app, accounts, group, body },
            D::InAppChat { platform, ticket_no, agent_no, body } => {
                Self::InAppChat { platform, ticket_no, agent_no, body }
            }
            D::PaymentReceipt { channel, amount, payer, payee, account_tail, transaction_no, remark } => {
                let amount = amount.map(|a| a.to_string());
                Self::PaymentReceipt { channel, amount, payer, payee, account_tail, transaction_no, remark }
            }
            D::Contract {
                number,
                parties,
                signed_on,
                signing_provider,
                certificate,
                pages,
                annexes,
                fee_clauses,
            } => {
                let signed_on = on(&signed_on);
                Self::Contract {
                    number,
                    parties,
                    signed_on,
                    signing_provider,
                    certificate,
                    pages,
                    annexes,
                    fee_clauses,
                }
            }
            D::Agreement { number, parties, signed_on, signing_provider, certificate, pages } => {
                Self::Agreement {
                    number,
                    parties,
                    signed_on: on(&signed_on),
                    signing_provider,
                    certificate,
                    pages,
                }
            }
            D::Screenshot { device, clock_visible, app_version } => {
                Self::Screenshot { device, clock_visible, app_version }
            }
            D::ScreenVideo { device, clock_visible, app_version } => {
                Self::ScreenVideo { device, clock_visible, app_version }
            }
            D::Letter { sender, tracking_no, postmark, delivery_proof } => {
                Self::Letter { sender, tracking_no, postmark: on(&postmark), delivery_proof }
            }
            D::VisitNote { place, plate, witnesses, body } => {
                Self::VisitNote { place, plate, witnesses, body }
            }
            D::CourtDoc { court, case_no, received_on } => {
                Self::CourtDoc { court, case_no, received_on: on(&received_on) }
            }
            D::CreditReport { report_no, report_date, version } => {
                Self::CreditReport { report_no, report_date: on(&report_date), version }
            }
            D::Note { body } => Self::Note { body },
        }
    }
}
