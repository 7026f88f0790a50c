use ashore_domain::*;
use ashore_evidence::canonical::INTEGER_MAX;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use super::arbitrary::{date, id, instant, money, note, text, texts, word};

pub(super) fn record() -> BoxedStrategy<EvidenceRecord> {
    let ids = || vec(id(), 0..3);
    let happened =
        (instant(), word(), word()).prop_map(|(at, precision, source)| EventTime { at, precision, source });
    let links = (id(), ids(), ids(), ids(), of(id()));
    let said = (vec(person(), 0..3), word(), text(), vec(outcome(), 0..3), vec(promise(), 0..3), text());
    let imported = (id(), 0..=INTEGER_MAX.cast_unsigned(), id()).prop_map(|(import, number, key)| Imported {
        import: ImportId::from_bytes(import),
        number,
        key,
    });
    let kept = (texts(), vec(file(), 0..3), of(extraction()), details(), of(word()), of(imported));
    (links, happened, said, kept)
        .prop_map(|(links, happened, said, kept)| {
            let (id, loans, proposals, agreements, corrects) = links;
            let (people, direction, summary, outcomes, promises, language) = said;
            let (tags, files, extraction, details, confirmation, imported) = kept;
            EvidenceRecord {
                id: EvidenceId::from_bytes(id),
                loans: loans.into_iter().map(LoanId::from_bytes).collect(),
                proposals: proposals.into_iter().map(ProposalId::from_bytes).collect(),
                agreements: agreements.into_iter().map(AgreementId::from_bytes).collect(),
                happened,
                people,
                direction,
                summary,
                outcomes,
                promises,
                language,
                tags,
                files,
                extraction,
                details,
                corrects: corrects.map(EvidenceId::from_bytes),
                confirmation,
                imported,
            }
        })
        .boxed()
}

fn person() -> BoxedStrategy<Person> {
    (word(), [note(), note(), note(), note(), note(), note()])
        .prop_map(|(role, [name, organisation, staff_no, phone, email, handle])| Person {
            role,
            name,
            organisation,
            staff_no,
            phone,
            email,
            handle,
        })
        .boxed()
}

fn outcome() -> impl Strategy<Value = Outcome> {
    (word(), of(money()), of(any::<u16>()), of(date()), note())
        .prop_map(|(kind, amount, terms, on, text)| Outcome { kind, amount, terms, on, text })
}

fn promise() -> impl Strategy<Value = Promise> {
    (word(), text(), of(date())).prop_map(|(by, what, due)| Promise { by, what, due })
}

pub(super) fn import() -> BoxedStrategy<Import> {
    let count = || 0..=INTEGER_MAX.cast_unsigned();
    (id(), file(), text(), [count(), count(), count(), count()])
        .prop_map(|(id, file, format, [found, stored, duplicates, left_out])| Import {
            id: ImportId::from_bytes(id),
            file,
            format,
            found,
            stored,
            duplicates,
            left_out,
        })
        .boxed()
}

fn file() -> impl Strategy<Value = FileRef> {
    let size = 0..=INTEGER_MAX.cast_unsigned();
    (id(), text(), text(), size, any::<[u8; 32]>(), any::<bool>(), of(id())).prop_map(
        |(attachment, name, mime, bytes, sha256, original, derived_from)| FileRef {
            attachment: AttachmentId::from_bytes(attachment),
            name,
            mime,
            bytes,
            sha256,
            original,
            derived_from: derived_from.map(AttachmentId::from_bytes),
        },
    )
}

fn extraction() -> BoxedStrategy<Extraction> {
    [note(), note(), note(), note(), note(), note(), note()]
        .prop_map(|[device, os, app, app_version, tool, operator, steps]| Extraction {
            device,
            os,
            app,
            app_version,
            tool,
            operator,
            steps,
        })
        .boxed()
}

fn details() -> BoxedStrategy<EvidenceDetails> {
    prop_oneof![
        messages(),
        papers(),
        ([note(), note()], of(any::<bool>())).prop_map(|([device, app_version], clock_visible)| {
            EvidenceDetails::Screenshot { device, clock_visible, app_version }
        }),
        ([note(), note()], of(any::<bool>())).prop_map(|([device, app_version], clock_visible)| {
            EvidenceDetails::ScreenVideo { device, clock_visible, app_version }
        }),
        ([note(), note()], texts(), text()).prop_map(|([place, plate], witnesses, body)| {
            EvidenceDetails::VisitNote { place, plate, witnesses, body }
        }),
        text().prop_map(|body| EvidenceDetails::Note { body }),
    ]
    .boxed()
}

fn messages() -> BoxedStrategy<EvidenceDetails> {
    prop_oneof![
        ([note(), note(), note(), note()], of(any::<u32>()), word()).prop_map(
            |([number, own_number, sim, transcript], duration_s, status)| EvidenceDetails::Call {
                number,
                own_number,
                sim,
                duration_s,
                status,
                transcript
            }
        ),
        ([note(), note(), note(), note()], of(instant()), of(instant()), text()).prop_map(
            |([address, smsc, sim, thread], sent, received, body)| EvidenceDetails::Sms {
                address,
                smsc,
                sent,
                received,
                sim,
                thread,
                body
            }
        ),
        ([note(), note(), note(), note(), note()], [texts(), texts(), texts()], text()).prop_map(
            |([message_id, from, date_header, authentication, subject], [to, cc, received_chain], body)| {
                EvidenceDetails::Email {
                    message_id,
                    from,
                    to,
                    cc,
                    date_header,
                    received_chain,
                    authentication,
                    subject,
                    body,
                }
            }
        ),
        ([note(), note()], texts(), text()).prop_map(|([app, group], accounts, body)| {
            EvidenceDetails::ImChat { app, accounts, group, body }
        }),
        ([note(), note(), note()], text()).prop_map(|([platform, ticket_no, agent_no], body)| {
            EvidenceDetails::InAppChat { platform, ticket_no, agent_no, body }
        }),
    ]
    .boxed()
}

fn papers() -> BoxedStrategy<EvidenceDetails> {
    prop_oneof![
        ([note(), note(), note(), note(), note(), note()], of(money())).prop_map(
            |([channel, payer, payee, account_tail, transaction_no, remark], amount)| {
                EvidenceDetails::PaymentReceipt {
                    channel,
                    amount,
                    payer,
                    payee,
                    account_tail,
                    transaction_no,
                    remark,
                }
            }
        ),
        ([note(), note(), note()], [texts(), texts(), texts()], of(date()), of(any::<u32>())).prop_map(
            |([number, signing_provider, certificate], [parties, annexes, fee_clauses], signed_on, pages)| {
                EvidenceDetails::Contract {
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
        ),
        ([note(), note(), note()], texts(), of(date()), of(any::<u32>())).prop_map(
            |([number, signing_provider, certificate], parties, signed_on, pages)| {
                EvidenceDetails::Agreement {
                    number,
                    parties,
                    signed_on,
                    signing_provider,
                    certificate,
                    pages,
                }
            }
        ),
        ([note(), note(), note()], of(date())).prop_map(
            |([sender, tracking_no, delivery_proof], postmark)| {
                EvidenceDetails::Letter { sender, tracking_no, postmark, delivery_proof }
            }
        ),
        ([note(), note()], of(date())).prop_map(|([court, case_no], received_on)| {
            EvidenceDetails::CourtDoc { court, case_no, received_on }
        }),
        ([note(), note()], of(date())).prop_map(|([report_no, version], report_date)| {
            EvidenceDetails::CreditReport { report_no, report_date, version }
        }),
    ]
    .boxed()
}
