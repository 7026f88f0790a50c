//! Arbitrary facts of every kind, within what the domain's own constructors let through.

use ashore_domain::*;
use ashore_evidence::canonical::INTEGER_MAX;
use chrono::{DateTime, FixedOffset, NaiveDate};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::arbitrary_evidence::{import, record};
use crate::record::Word;

pub(super) fn fact() -> BoxedStrategy<Fact> {
    prop_oneof![
        party().prop_map(Fact::Party),
        loan().prop_map(Fact::LoanOpened),
        (loan(), text()).prop_map(|(loan, reason)| Fact::LoanCorrected(LoanCorrected { loan, reason })),
        (id(), date(), word(), note()).prop_map(|(loan, on, reason, note)| {
            Fact::LoanClosed(LoanClosed { loan: LoanId::from_bytes(loan), on, reason, note })
        }),
        payment().prop_map(Fact::Payment),
        (id(), text()).prop_map(|(payment, reason)| {
            Fact::PaymentVoided(PaymentVoided { payment: PaymentId::from_bytes(payment), reason })
        }),
        (id(), date(), text(), evidence()).prop_map(|(payment, on, reason, evidence)| {
            let payment = PaymentId::from_bytes(payment);
            Fact::PaymentReturned(PaymentReturned { payment, on, reason, evidence })
        }),
        deadline().prop_map(Fact::Deadline),
        (id(), date(), word(), note()).prop_map(|(deadline, on, outcome, note)| {
            let deadline = DeadlineId::from_bytes(deadline);
            Fact::DeadlineSettled(DeadlineSettled { deadline, on, outcome, note })
        }),
        (id(), date(), money(), of(money()), of(money()), note()).prop_map(
            |(id, on, owed, income, capacity, note)| {
                Fact::Review(Review { id: ReviewId::from_bytes(id), on, owed, income, capacity, note })
            }
        ),
        (id(), date(), vec((word(), money()), 0..4), of(id()), note()).prop_map(
            |(loan, on, amounts, agreement, note)| {
                let agreement = agreement.map(AgreementId::from_bytes);
                Fact::Waiver(Waiver { loan: LoanId::from_bytes(loan), on, amounts, agreement, note })
            }
        ),
        record().prop_map(Fact::Evidence),
        import().prop_map(Fact::Imported),
        (id(), text()).prop_map(|(record, reason)| {
            Fact::EvidenceRemoved(EvidenceRemoved { record: EvidenceId::from_bytes(record), reason })
        }),
        worksheet().prop_map(Fact::Capacity),
        proposal().prop_map(Fact::Proposal),
        agreement().prop_map(Fact::Agreement),
        case_entry().prop_map(Fact::Case),
        custody().prop_map(Fact::Custody),
        anchor().prop_map(Fact::Anchor),
        (text(), vec(id(), 0..3), word(), note()).prop_map(|(rule, records, verdict, note)| {
            let records = records.into_iter().map(EvidenceId::from_bytes).collect();
            Fact::ConductReview(ConductReview { rule, records, verdict, note })
        }),
        (note(), note(), note(), note(), note()).prop_map(|(name, id_number, phone, address, email)| {
            Fact::Borrower(Borrower { name, id_number, phone, address, email })
        }),
        (text(), of(date()), note(), note(), note(), text()).prop_map(
            |(rule, on, value, five_year, source, note)| {
                Fact::OwnRule(OwnRule { rule, on, value, five_year, source, note })
            }
        ),
        letter().prop_map(Fact::Letter),
        (id(), instant(), word(), (note(), note(), note()), vec(id(), 0..3), of(date())).prop_map(
            |(letter, at, channel, (to, reference, reply_rule), evidence, reply_due)| {
                let evidence = evidence.into_iter().map(EvidenceId::from_bytes).collect();
                let letter = LetterId::from_bytes(letter);
                Fact::LetterSent(LetterSent {
                    letter,
                    at,
                    channel,
                    to,
                    reference,
                    evidence,
                    reply_due,
                    reply_rule,
                })
            }
        ),
        (id(), instant(), of(date()), note(), vec(id(), 0..3)).prop_map(
            |(letter, sent_at, arrived_on, reference, evidence)| {
                let evidence = evidence.into_iter().map(EvidenceId::from_bytes).collect();
                let letter = LetterId::from_bytes(letter);
                Fact::LetterProved(LetterProved { letter, sent_at, arrived_on, reference, evidence })
            }
        ),
        (id(), date(), vec(id(), 0..3), note()).prop_map(|(letter, on, evidence, note)| {
            let evidence = evidence.into_iter().map(EvidenceId::from_bytes).collect();
            Fact::LetterAnswered(LetterAnswered { letter: LetterId::from_bytes(letter), on, evidence, note })
        }),
    ]
    .boxed()
}

fn letter() -> impl Strategy<Value = Letter> {
    (id(), word(), of(id()), of(id()), any::<u16>(), (note(), text(), text(), text()), any::<[u8; 32]>())
        .prop_map(|(id, kind, loan, replaces, template, (place, filled, document, text), sha256)| Letter {
            id: LetterId::from_bytes(id),
            kind,
            loan: loan.map(LoanId::from_bytes),
            replaces: replaces.map(LetterId::from_bytes),
            template,
            place,
            filled,
            document,
            text,
            sha256,
        })
}

pub(super) fn id() -> impl Strategy<Value = [u8; 16]> {
    any::<[u8; 16]>()
}

pub(super) fn text() -> impl Strategy<Value = String> {
    any::<String>()
}

pub(super) fn note() -> impl Strategy<Value = Option<String>> {
    of(text())
}

pub(super) fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..3)
}

pub(super) fn word<T: Word + std::fmt::Debug>() -> impl Strategy<Value = T> {
    select(T::WORDS).prop_map(|(case, _)| case)
}

pub(super) fn money() -> impl Strategy<Value = Money> {
    (-INTEGER_MAX..=INTEGER_MAX).prop_map(Money::from_fen)
}

pub(super) fn date() -> impl Strategy<Value = NaiveDate> {
    // 0000-01-01 … 9999-12-31
    (-719_528i64..2_932_897).prop_map(|days| DateTime::from_timestamp(days * 86_400, 0).unwrap().date_naive())
}

pub(super) fn instant() -> impl Strategy<Value = DateTime<FixedOffset>> {
    let nanos = prop_oneof![Just(0), (0u32..1000).prop_map(|ms| ms * 1_000_000), 0u32..1_000_000_000];
    (-62_000_000_000i64..250_000_000_000, nanos, -1439i32..1440).prop_map(|(seconds, nanos, minutes)| {
        let offset = FixedOffset::east_opt(minutes * 60).unwrap();
        DateTime::from_timestamp(seconds, nanos).unwrap().with_timezone(&offset)
    })
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0u32..=28).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn evidence() -> impl Strategy<Value = Vec<EvidenceId>> {
    vec(id().prop_map(EvidenceId::from_bytes), 0..3)
}

fn buckets() -> BoxedStrategy<Buckets> {
    [money(), money(), money(), money(), money(), money(), money()]
        .prop_map(|[principal, interest, penalty, compound, late_fee, fees, enforcement_cost]| Buckets {
            principal,
            interest,
            penalty,
            compound,
            late_fee,
            fees,
            enforcement_cost,
        })
        .boxed()
}

fn row() -> impl Strategy<Value = CustomRow> {
    (date(), money(), money(), money()).prop_map(|(due, principal, interest, fees)| CustomRow {
        due,
        principal,
        interest,
        fees,
    })
}

fn deadline() -> BoxedStrategy<Deadline> {
    let loans = vec(id().prop_map(LoanId::from_bytes), 0..3);
    (id(), text(), date(), loans, of(id()), note(), evidence(), note())
        .prop_map(|(id, rule, starts_on, loans, party, reference, evidence, note)| Deadline {
            id: DeadlineId::from_bytes(id),
            rule,
            starts_on,
            loans,
            party: party.map(PartyId::from_bytes),
            reference,
            evidence,
            note,
        })
        .boxed()
}

fn party() -> BoxedStrategy<Party> {
    let contact =
        (word(), text(), note(), of(word()), note()).prop_map(|(channel, value, hours, verified, note)| {
            ContactPoint { channel, value, hours, verified, note }
        });
    (id(), text(), note(), word(), texts(), vec(contact, 0..3), note(), note())
        .prop_map(|(id, name, legal_name, lender_kind, aliases, contacts, licence, note)| Party {
            id: PartyId::from_bytes(id),
            name,
            legal_name,
            lender_kind,
            aliases,
            contacts,
            licence,
            note,
        })
        .boxed()
}

fn loan() -> BoxedStrategy<Loan> {
    let around = (id(), word(), of(decimal()), of(date()), note()).prop_map(
        |(party, role, share, since, known_by)| LoanParty {
            party: PartyId::from_bytes(party),
            role,
            share,
            since,
            known_by,
        },
    );
    let shown = (word(), money()).prop_map(|(kind, amount)| DisclosedFee { kind, amount });
    (id(), text(), word(), note(), vec(around, 0..3), opening(), of(vec(shown, 0..3)), note())
        .prop_map(|(id, name, product, contract_no, parties, opening, disclosed, note)| Loan {
            id: LoanId::from_bytes(id),
            name,
            product,
            contract_no,
            parties,
            opening,
            disclosed,
            note,
        })
        .boxed()
}

fn opening() -> BoxedStrategy<Opening> {
    let stated = || {
        (date(), buckets(), of(date())).prop_map(|(as_of, buckets, oldest_unpaid_due)| StatedBalance {
            as_of,
            buckets,
            oldest_unpaid_due,
        })
    };
    prop_oneof![
        (terms(), any::<u16>())
            .prop_map(|(terms, paid_terms)| Opening::Contract { terms: Box::new(terms), paid_terms }),
        stated().prop_map(Opening::Stated),
        (terms(), stated())
            .prop_map(|(terms, stated)| Opening::ContractFromBalance { terms: Box::new(terms), stated }),
    ]
    .boxed()
}

fn terms() -> BoxedStrategy<LoanTerms> {
    let amount = || (1i64..1_000_000_000).prop_map(Money::from_fen);
    let fraction = || (0i64..100_000, 6u32..=12).prop_map(|(value, scale)| Decimal::new(value, scale));
    let rate = || (fraction(), word()).prop_map(|(value, per)| Rate::new(value, per).unwrap());
    let period = prop_oneof![
        Just(Period::Month),
        Just(Period::Quarter),
        Just(Period::Week),
        Just(Period::Biweek),
        (1u16..=30).prop_map(Period::Days)
    ];
    let fee_amount = prop_oneof![
        (0i64..100).prop_map(|fen| FeeAmount::Fixed(Money::from_fen(fen))),
        fraction().prop_map(FeeAmount::OfPrincipal)
    ];
    let fee = (word(), fee_amount, word(), any::<bool>(), note(), note()).prop_map(
        |(kind, amount, when, counts_in_cost, payee, contract)| Fee {
            kind,
            amount,
            when,
            counts_in_cost,
            payee,
            contract,
        },
    );
    let penalty_rate = prop_oneof![
        fraction().prop_map(PenaltyRate::MultipleOfContract),
        rate().prop_map(PenaltyRate::Stated)
    ];
    let penalty = (penalty_rate, word(), word(), word())
        .prop_map(|(rate, base, compound_on, day_count)| Penalty { rate, base, compound_on, day_count });
    let day = || {
        (7_305i64..40_000).prop_map(|days| DateTime::from_timestamp(days * 86_400, 0).unwrap().date_naive())
    };
    let order = Just(Bucket::STATUTORY_ORDER.to_vec()).prop_shuffle();
    let money = (amount(), of(0i64..100), of(rate()), of(amount()), of(amount()));
    let time = (day(), 1u64..200, word(), word(), 1u16..=60, period);
    let rest = (vec(fee, 0..2), vec(row(), 1..4), of(penalty), order, word(), of(day()));
    (money, time, rest)
        .prop_filter_map("terms that can be computed", |(money, time, rest)| {
            let (principal, held_back, rate, payment, late_fee) = money;
            let (disbursed_on, days, method, day_count, terms, period) = time;
            let (fees, rows, penalty, allocation_order, lender_kind, contract_date) = rest;
            LoanTerms::new(LoanDraft {
                principal,
                paid_out: held_back
                    .map(|percent| Money::from_fen(principal.fen() - principal.fen() * percent / 100)),
                disbursed_on,
                method,
                rate,
                payment,
                day_count,
                terms,
                first_due: disbursed_on + chrono::Days::new(days),
                due_day: None,
                period,
                fees,
                rows: if method == Method::Custom { rows } else { Vec::new() },
                penalty,
                late_fee,
                grace_days: terms % 5,
                allocation_order,
                lender_kind,
                contract_date,
            })
            .ok()
        })
        .boxed()
}

fn payment() -> BoxedStrategy<Payment> {
    let allocation = vec((word(), money()), 0..4);
    ((id(), id(), date(), money(), of(id())), (note(), note(), allocation, evidence(), note()))
        .prop_map(
            |((id, loan, on, amount, first), (channel, designation, lender_allocation, evidence, note))| {
                Payment {
                    id: PaymentId::from_bytes(id),
                    loan: LoanId::from_bytes(loan),
                    on,
                    amount,
                    channel,
                    designation,
                    lender_allocation,
                    evidence,
                    together_with: first.map(PaymentId::from_bytes),
                    note,
                }
            },
        )
        .boxed()
}

fn month() -> impl Strategy<Value = Month> {
    (0i32..1300).prop_map(|months| "1990-01".parse::<Month>().unwrap().plus(months))
}

fn frequency() -> impl Strategy<Value = Frequency> {
    prop_oneof![
        Just(Frequency::Month),
        Just(Frequency::Week),
        Just(Frequency::Biweek),
        Just(Frequency::Year),
        month().prop_map(Frequency::Once)
    ]
}

fn worksheet() -> BoxedStrategy<Worksheet> {
    let income = (text(), money(), frequency(), word()).prop_map(|(name, amount, every, certainty)| Income {
        name,
        amount,
        every,
        certainty,
    });
    let expense = (text(), word(), money(), frequency()).prop_map(|(name, class, amount, every)| Expense {
        name,
        class,
        amount,
        every,
    });
    let priority = (text(), money(), frequency()).prop_map(|(name, amount, every)| PriorityPayment {
        name,
        amount,
        every,
    });
    let change = (month(), of(month()), money(), money())
        .prop_map(|(from, to, income, expense)| CapacityChange { from, to, income, expense });
    let dependant = (text(), of(any::<u8>())).prop_map(|(relation, age)| Dependant { relation, age });
    let asset = (text(), money(), word()).prop_map(|(name, value, r#use)| Asset { name, value, r#use });
    let lists = (vec(income, 0..3), vec(expense, 0..3), vec(priority, 0..3), vec(change, 0..3));
    (of(date()), lists, of(money()), of(money()), vec(dependant, 0..3), vec(asset, 0..3))
        .prop_map(
            |(
                as_of,
                (income, expenses, priority, changes),
                contract_payments,
                buffer,
                dependants,
                assets,
            )| {
                Worksheet {
                    as_of,
                    income,
                    expenses,
                    priority,
                    contract_payments,
                    buffer,
                    changes,
                    dependants,
                    assets,
                }
            },
        )
        .boxed()
}

fn relief() -> BoxedStrategy<Relief> {
    let number = any::<u16>;
    prop_oneof![
        (number(), word()).prop_map(|(months, interest)| Relief::Deferral { months, interest }),
        (number(), of(decimal())).prop_map(|(terms, rate)| Relief::TermExtension { terms, rate }),
        (number(), decimal(), of(money()), of(money())).prop_map(|(terms, rate, total, balloon)| {
            Relief::IndividualInstalment { terms, rate, total, balloon }
        }),
        date().prop_map(|from| Relief::InterestStop { from }),
        any::<bool>().prop_map(|lapses_on_breach| Relief::Waiver { lapses_on_breach }),
        (money(), date()).prop_map(|(amount, until)| Relief::LumpSumSettlement { amount, until }),
        number().prop_map(|months| Relief::InterestOnly { months }),
        vec((number(), money()).prop_map(|(months, amount)| PaymentStep { months, amount }), 0..3)
            .prop_map(|steps| Relief::StepPlan { steps }),
        money().prop_map(|amount| Relief::MinimumPayment { amount }),
        date().prop_map(|until| Relief::CollectionPause { until }),
        decimal().prop_map(|rate| Relief::RateCut { rate }),
        decimal().prop_map(|rate| Relief::CostToCap { rate }),
        Just(Relief::DebtConsolidation),
    ]
    .boxed()
}

fn proposal() -> BoxedStrategy<Proposal> {
    let row = (date(), money()).prop_map(|(due, amount)| ProposedRow { due, amount });
    let asked = (vec(relief(), 0..4), buckets(), vec(row, 0..4), of(date()));
    ((id(), id(), word(), instant(), of(id()), of(word())), asked, evidence(), note())
        .prop_map(
            |(
                (id, loan, by, made_at, in_reply_to, channel),
                (reliefs, waived, rows, expires_on),
                evidence,
                note,
            )| {
                Proposal {
                    id: ProposalId::from_bytes(id),
                    loan: LoanId::from_bytes(loan),
                    by,
                    made_at,
                    in_reply_to: in_reply_to.map(ProposalId::from_bytes),
                    channel,
                    reliefs,
                    waived,
                    rows,
                    expires_on,
                    evidence,
                    note,
                }
            },
        )
        .boxed()
}

fn agreement() -> BoxedStrategy<Agreement> {
    let names = (id(), id(), of(id()), of(id()));
    let terms = (date(), date(), word(), note(), note(), buckets(), vec(row(), 1..4));
    (names, terms, evidence(), note())
        .prop_map(
            |(
                (id, loan, proposal, supersedes),
                (agreed_on, effective_from, form, creditor, account, waived, rows),
                evidence,
                note,
            )| {
                Agreement {
                    id: AgreementId::from_bytes(id),
                    loan: LoanId::from_bytes(loan),
                    proposal: proposal.map(ProposalId::from_bytes),
                    supersedes: supersedes.map(AgreementId::from_bytes),
                    agreed_on,
                    effective_from,
                    form,
                    creditor,
                    payment_account: account,
                    waived,
                    rows,
                    evidence,
                    note,
                }
            },
        )
        .boxed()
}

fn case_entry() -> BoxedStrategy<CaseEntry> {
    let hardship = (word(), text(), date(), of(date()), of(money()), of(money()), note()).prop_map(
        |(kind, what, since, until, income_before, income_now, turning_point)| Hardship {
            kind,
            what,
            since,
            until,
            income_before,
            income_now,
            turning_point,
        },
    );
    let step = prop_oneof![
        hardship.prop_map(CaseStep::Hardship),
        word().prop_map(CaseStep::Stage),
        (text(), word()).prop_map(|(document, state)| CaseStep::Document { document, state }),
        (text(), word(), of(date()), note(), of(id())).prop_map(|(what, by, due, rule, agreement)| {
            CaseStep::Task { what, by, due, rule, agreement: agreement.map(AgreementId::from_bytes) }
        }),
        id().prop_map(|task| CaseStep::TaskDone { task: CaseEntryId::from_bytes(task) }),
        (id(), word(), word()).prop_map(|(proposal, by, form)| CaseStep::Accepted {
            proposal: ProposalId::from_bytes(proposal),
            by,
            form,
        }),
        agreement().prop_map(CaseStep::AgreementDraft),
        (id(), word()).prop_map(|(agreement, state)| CaseStep::AgreementState {
            agreement: AgreementId::from_bytes(agreement),
            state,
        }),
        (id(), text(), vec((text(), word()), 0..3)).prop_map(|(agreement, text, points)| {
            CaseStep::AgreementRead { agreement: AgreementId::from_bytes(agreement), text, points }
        }),
        (id(), vec((text(), word()), 0..3))
            .prop_map(|(party, answers)| CaseStep::Legitimacy { party: PartyId::from_bytes(party), answers }),
        (id(), any::<u16>()).prop_map(|(record, position)| CaseStep::PromiseDone {
            record: EvidenceId::from_bytes(record),
            position,
        }),
    ];
    (id(), of(id()), date(), step, evidence(), note())
        .prop_map(|(id, loan, on, step, evidence, note)| CaseEntry {
            id: CaseEntryId::from_bytes(id),
            loan: loan.map(LoanId::from_bytes),
            on,
            step,
            evidence,
            note,
        })
        .boxed()
}

fn custody() -> impl Strategy<Value = Custody> {
    (word(), vec(id(), 0..3), vec(id(), 0..3), any::<bool>(), any::<bool>(), of(any::<[u8; 32]>())).prop_map(
        |(action, loans, records, masked, originals, seal)| Custody {
            action,
            loans: loans.into_iter().map(LoanId::from_bytes).collect(),
            records: records.into_iter().map(EvidenceId::from_bytes).collect(),
            masked,
            originals,
            seal,
        },
    )
}

fn anchor() -> impl Strategy<Value = Anchor> {
    let bytes = || vec(any::<u8>(), 0..40);
    (0..1_000_000u64, bytes(), vec(any::<u8>(), 64), 0..4_000_000_000i64, note(), bytes()).prop_map(
        |(entries, head, signature, at, authority, response)| Anchor {
            entries,
            head,
            signature: signature.try_into().unwrap(),
            stamped_at: DateTime::from_timestamp(at, 0).unwrap(),
            authority,
            response,
        },
    )
}
