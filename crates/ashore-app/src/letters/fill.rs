//! What a letter is filled from: everything recorded about one loan, and about its borrower.

use ashore_documents::letters as d;
use ashore_domain::{
    CaseStep, Certainty, DeferredInterest, EvidenceDetails, EvidenceId, EvidenceKind, EvidenceRecord,
    Frequency, LenderKind, LetterKind, Money, Month, Outcome, OutcomeKind, Precision, Proposal, Relief, Side,
    Worksheet,
};
use ashore_engine::{Statement, monthly_capacity};
use ashore_evidence::Digest;
use ashore_vault::EvidenceFilter;
use chrono::NaiveDate;

use super::list::view_sent;
use crate::clock::shanghai;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id};

impl App<Unlocked> {
    pub(super) fn case_for(
        &self,
        kind: LetterKind,
        file: &LoanFile,
        evidence: Option<&[String]>,
    ) -> Result<d::Case, AppError> {
        let today = self.clock.today();
        let statement = file.statement(today)?;
        let creditor = self.creditor_of(file)?;
        let loan = loan(file, &statement)?;
        let known = self.state.vault.borrower()?.unwrap_or_default();
        let evidence = self.evidence_for(file, evidence)?;
        let overdue = loan.overdue_days > 0;
        let rules = self.rules()?;
        let cited =
            rules.citations.iter().filter(|c| c.fits(kind, creditor.kind, loan.product, overdue)).map(|c| {
                d::Citation { text: c.text.clone(), source: c.rule.source.clone(), as_of: c.rule.as_of }
            });
        let spoken = match self.oral_offer(file)? {
            Some(record) => Some(record),
            None => self.record_of_yes(file)?,
        };
        let spoken = spoken.map(|record| contact(String::new(), &record));
        Ok(d::Case {
            today,
            borrower: d::Borrower {
                name: known.name,
                id_number: known.id_number,
                phone: known.phone,
                address: known.address,
                email: known.email,
            },
            hardship: self.hardship_told(file, &evidence)?,
            capacity: self.capacity_for(file, today)?,
            requests: requests(file),
            spoken,
            agreement: agreement(file, &statement, today),
            rules: cited.collect(),
            earlier: self.earlier(file)?,
            cost: self.cost_lines(file)?,
            reply_by: self.reply_by(today)?,
            evidence: evidence.into_iter().map(|(_, contact)| contact).collect(),
            creditor,
            loan,
        })
    }

    /// What was written down of a spoken yes that still waits for writing: who said it, when and by which way.
    fn record_of_yes(&self, file: &LoanFile) -> Result<Option<EvidenceRecord>, AppError> {
        let case = self.case_of(file)?;
        let waiting = file.proposals.iter().rev().find(|offer| case.spoken_yes(file, offer).is_some());
        let Some(offer) = waiting else { return Ok(None) };
        Ok(self.those_that_stand(case.yes_evidence(offer.id))?.into_iter().next())
    }

    fn creditor_of(&self, file: &LoanFile) -> Result<d::Creditor, AppError> {
        let found = self.creditor(file)?;
        Ok(d::Creditor {
            legal_name: found.name,
            brand: file.name().to_owned(),
            kind: LenderKind::from(found.kind),
        })
    }

    /// Records about the loan that hold today, oldest first, numbered E1, E2, …
    fn evidence_for(
        &self,
        file: &LoanFile,
        only: Option<&[String]>,
    ) -> Result<Vec<(EvidenceId, d::Contact)>, AppError> {
        let filter = EvidenceFilter::standing(Some(file.id()));
        let mut records: Vec<EvidenceRecord> =
            self.state.vault.evidence(&filter)?.into_iter().map(|state| state.record).collect();
        records.reverse();
        if let Some(only) = only {
            let wanted: Vec<EvidenceId> =
                only.iter().map(|text| id::parse("evidence_ids", text)).collect::<Result<_, _>>()?;
            if let Some(stranger) = wanted.iter().find(|id| !records.iter().any(|r| r.id == **id)) {
                let message = format!("no record of this loan is known by the id {stranger}");
                return Err(AppError::field(ErrorCode::NotFound, "evidence_ids", message));
            }
            records.retain(|record| wanted.contains(&record.id));
        }
        Ok((1..)
            .zip(&records)
            .map(|(n, record): (usize, _)| (record.id, contact(format!("E{n}"), record)))
            .collect())
    }

    fn hardship_told(
        &self,
        file: &LoanFile,
        evidence: &[(EvidenceId, d::Contact)],
    ) -> Result<Option<d::Hardship>, AppError> {
        let entries = self.state.vault.case_entries()?;
        let latest = entries.iter().rev().find_map(|entry| match &entry.step {
            CaseStep::Hardship(told) if entry.loan.is_none_or(|loan| loan == file.id()) => {
                Some((entry, told))
            }
            _ => None,
        });
        let Some((entry, told)) = latest else { return Ok(None) };
        let named = self.those_that_stand(&entry.evidence)?;
        let proofs = evidence.iter().filter(|(id, _)| named.iter().any(|record| record.id == *id));
        Ok(Some(d::Hardship {
            what: told.what.clone(),
            since: told.since,
            until: told.until,
            income_before: told.income_before,
            income_now: told.income_now,
            turning_point: told.turning_point.clone(),
            proofs: proofs.map(|(_, contact)| contact.number.clone()).collect(),
        }))
    }

    fn capacity_for(&self, file: &LoanFile, today: NaiveDate) -> Result<Option<d::Capacity>, AppError> {
        let Some(sheet) = self.state.vault.latest_capacity()? else { return Ok(None) };
        let month = Month::of(today);
        let result = monthly_capacity(&sheet, month, 1);
        let without = |change: fn(&mut Worksheet)| {
            let mut part = sheet.clone();
            change(&mut part);
            monthly_capacity(&part, month, 1).surplus
        };
        // The buffer hangs on the expenses when it is not stated, so it is taken out of both sides.
        let expenses = without(|s| {
            s.expenses.clear();
            s.buffer = Some(Money::ZERO);
        }) - without(|s| s.buffer = Some(Money::ZERO));
        let priority = without(|s| s.priority.clear()) - result.surplus;
        let others: Vec<LoanFile> =
            self.open_loan_files()?.into_iter().filter(|other| other.id() != file.id()).collect();
        let mut due = Money::ZERO;
        for other in &others {
            due += other.due_in(month.plus(1), today)?;
        }
        Ok(Some(d::Capacity {
            as_of: sheet.as_of,
            income: sheet
                .income
                .iter()
                .filter(|i| i.certainty != Certainty::OneOff)
                .map(|i| (with_frequency(&i.name, i.every), i.amount))
                .collect(),
            expenses: sheet.expenses.iter().map(|e| (with_frequency(&e.name, e.every), e.amount)).collect(),
            priority: sheet.priority.iter().map(|p| (with_frequency(&p.name, p.every), p.amount)).collect(),
            total_income: result.net_income,
            total_expenses: expenses,
            total_priority: priority,
            buffer: result.buffer,
            capacity: result.capacity,
            dependants: sheet
                .dependants
                .iter()
                .map(|p| {
                    p.age.map_or_else(|| p.relation.clone(), |age| format!("{}（{age} 岁）", p.relation))
                })
                .collect(),
            assets: sheet.assets.iter().map(|a| (a.name.clone(), a.value)).collect(),
            other_loans: Some((others.len(), due)),
        }))
    }

    /// What was sent about this loan before, and what became of it.
    fn earlier(&self, file: &LoanFile) -> Result<Vec<String>, AppError> {
        let mut clauses = Vec::new();
        for state in self.state.vault.letters(Some(file.id()))? {
            let title = d::title(state.letter.kind);
            for sent in &state.sent {
                let on = sent.at.date_naive();
                let proved = view_sent(sent, &state);
                let number = proved.reference.map_or(String::new(), |n| format!("（编号 {n}）"));
                let arrived = proved.arrived_on.map_or(String::new(), |on| format!("，{on} 送达"));
                let answer = state.answered.iter().find(|answer| answer.on >= on);
                let became = answer.map_or_else(
                    || "截至本文日期未收到答复".to_owned(),
                    |answer| {
                        let said = answer.note.as_deref().map_or(String::new(), |note| format!("：{note}"));
                        format!("于 {} 收到答复{said}", answer.on.format("%Y-%m-%d"))
                    },
                );
                clauses
                    .push(format!("{} 发出《{title}》{number}{arrived}，{became}。", on.format("%Y-%m-%d")));
            }
        }
        Ok(clauses)
    }

    fn cost_lines(&self, file: &LoanFile) -> Result<Vec<d::CostLine>, AppError> {
        if file.terms().is_none() {
            return Ok(Vec::new());
        }
        let shown = self.loan(&file.id().to_string(), None)?;
        let (Some(cost), Some(reference)) = (shown.cost, shown.reference) else { return Ok(Vec::new()) };
        let Some(line) = reference.lines.into_iter().next() else { return Ok(Vec::new()) };
        let percent = |fraction: &crate::Fraction| percent(fraction);
        let measures = [
            ("内部收益率×12", &cost.apr_nominal),
            ("按复利折算", &cost.apr_effective),
            ("按实际日期", &cost.xirr),
        ];
        let known =
            measures.into_iter().filter_map(|(name, value)| value.as_ref().map(|value| (name, value)));
        Ok(known
            .map(|(name, value)| d::CostLine {
                measure: name.to_owned(),
                value: percent(value),
                line: percent(&line.limit),
                rule: line.source.clone(),
            })
            .collect())
    }
}

/// A fraction as per cent with two decimals.
fn percent(fraction: &crate::Fraction) -> String {
    let text =
        serde_json::to_value(fraction).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let value: rust_decimal::Decimal = text.parse().unwrap_or_default();
    format!("{:.2}%", (value * rust_decimal::Decimal::ONE_HUNDRED).round_dp(2))
}

fn with_frequency(name: &str, every: Frequency) -> String {
    match every {
        Frequency::Month => name.to_owned(),
        Frequency::Week => format!("{name}（每周）"),
        Frequency::Biweek => format!("{name}（每两周）"),
        Frequency::Year => format!("{name}（每年）"),
        Frequency::Once(month) => format!("{name}（{month} 一次）"),
    }
}

fn loan(file: &LoanFile, statement: &Statement) -> Result<d::Loan, AppError> {
    let described = &file.state.loan;
    let draft = file.terms().map(ashore_domain::LoanTerms::get);
    let mut payments: Vec<(NaiveDate, Money)> = file
        .payments
        .iter()
        .filter(|p| p.voided.is_none())
        .map(|p| (p.payment.on, p.payment.amount))
        .collect();
    payments.sort_by_key(|(on, _)| *on);
    let rows = statement.terms.iter().filter(|t| !t.payable.total().is_zero()).map(row);
    Ok(d::Loan {
        name: described.name.clone(),
        product: described.product,
        contract_no: described.contract_no.clone(),
        disbursed_on: draft.map(|t| t.disbursed_on),
        principal: draft.map(|t| t.principal),
        terms: draft.map(|t| t.terms),
        outstanding: statement.outstanding,
        accrued_not_due: statement.accrued_not_due,
        overdue_days: u32::try_from(statement.overdue.days).unwrap_or(0),
        overdue_since: statement.overdue.since,
        overdue_total: statement.overdue.total,
        payments,
        rows: rows.collect(),
        settled: file.state.closed.is_some(),
    })
}

fn row(term: &ashore_engine::TermState) -> d::LoanRow {
    d::LoanRow {
        term: term.term,
        due: term.due,
        payable: term.payable.total(),
        paid: term.paid.total(),
        unpaid: term.unpaid.total(),
    }
}

fn agreement(file: &LoanFile, statement: &Statement, today: NaiveDate) -> Option<d::Agreement> {
    let agreed = file.agreement_on(today).or_else(|| file.standing_agreement())?;
    let place = file.schedule_of(agreed.id);
    let live: Vec<d::LoanRow> =
        statement.terms.iter().filter(|t| Some(usize::from(t.schedule)) == place).map(row).collect();
    let rows = if live.is_empty() {
        let stated = (1u16..).zip(&agreed.rows).map(|(term, row)| {
            let payable = row.payment();
            d::LoanRow { term, due: row.due, payable, paid: Money::ZERO, unpaid: payable }
        });
        stated.collect()
    } else {
        live
    };
    Some(d::Agreement {
        agreed_on: agreed.agreed_on,
        effective_from: agreed.effective_from,
        creditor: agreed.creditor.clone(),
        payment_account: agreed.payment_account.clone(),
        rows,
        waived: agreed.waived,
    })
}

/// The borrower's own latest offer that no agreement has answered yet.
fn requests(file: &LoanFile) -> Vec<d::Request> {
    let own = file.proposals.iter().filter(|p| p.by == Side::Borrower);
    let open = own.filter(|p| !file.agreements.iter().any(|a| a.agreed_on >= p.made_at.date_naive()));
    open.max_by_key(|p| p.made_at).map(request).into_iter().collect()
}

fn request(offer: &Proposal) -> d::Request {
    d::Request {
        rows: offer.rows.iter().map(|row| (row.due, row.amount)).collect(),
        waived: offer.waived,
        reliefs: offer.reliefs.iter().filter_map(clause).collect(),
        expires_on: offer.expires_on,
    }
}

fn date(day: NaiveDate) -> String {
    use chrono::Datelike as _;
    format!("{} 年 {} 月 {} 日", day.year(), day.month(), day.day())
}

/// A relief as a clause; what the rows and waivers say already is left out.
fn clause(relief: &Relief) -> Option<String> {
    let per_cent =
        |rate: rust_decimal::Decimal| format!("{}%", (rate * rust_decimal::Decimal::ONE_HUNDRED).normalize());
    Some(match relief {
        Relief::Deferral { months, interest } => {
            let interest = match interest {
                DeferredInterest::Accrues => "期间利息照常计算",
                DeferredInterest::AccruesNoCompound => "期间利息照常计算、不计复利，与最后一期一并支付",
                DeferredInterest::Stopped => "期间停止计息",
            };
            format!("延期 {months} 个月还款，{interest}")
        }
        Relief::TermExtension { terms, rate } => {
            let rate = rate.map_or(String::new(), |rate| format!("，年利率 {}", per_cent(rate)));
            format!("期限展期为 {terms} 期{rate}")
        }
        Relief::IndividualInstalment { terms, rate, .. } if rate.is_zero() => {
            format!("按个性化分期 {terms} 期偿还，分期期间不计利息")
        }
        Relief::IndividualInstalment { terms, rate, .. } => {
            format!("按个性化分期 {terms} 期偿还，年利率 {}", per_cent(*rate))
        }
        Relief::InterestStop { from } => format!("自 {} 起停止计收利息", date(*from)),
        Relief::LumpSumSettlement { amount, until } => {
            format!("于 {} 前一次性支付 {amount} 元结清，剩余款项不再主张", date(*until))
        }
        Relief::InterestOnly { months } => format!("前 {months} 个月只还利息"),
        Relief::MinimumPayment { amount } => format!("每期最低还款 {amount} 元"),
        Relief::CollectionPause { until } => format!("在 {} 前暂停催收", date(*until)),
        Relief::RateCut { rate } => format!("年利率调整为 {}", per_cent(*rate)),
        Relief::CostToCap { rate } => format!("综合年化成本按 {} 调减", per_cent(*rate)),
        Relief::Waiver { .. } | Relief::StepPlan { .. } | Relief::DebtConsolidation => return None,
    })
}

const fn kind_name(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Call => "电话",
        EvidenceKind::Sms => "短信",
        EvidenceKind::Email => "电子邮件",
        EvidenceKind::ImChat => "聊天",
        EvidenceKind::InAppChat => "App 内客服",
        EvidenceKind::PaymentReceipt => "付款凭证",
        EvidenceKind::Contract => "合同",
        EvidenceKind::Agreement => "协议",
        EvidenceKind::Screenshot => "截图",
        EvidenceKind::ScreenVideo => "录屏",
        EvidenceKind::Letter => "信函",
        EvidenceKind::VisitNote => "上门记录",
        EvidenceKind::CourtDoc => "法院文书",
        EvidenceKind::CreditReport => "信用报告",
        EvidenceKind::Note => "备忘",
    }
}

fn contact(number: String, record: &EvidenceRecord) -> d::Contact {
    use ashore_domain::PersonRole;
    let other = record.people.iter().find(|p| p.role != PersonRole::User);
    let who = other.map(|p| {
        let parts = [
            p.organisation.clone(),
            p.name.clone(),
            p.staff_no.as_ref().map(|no| format!("工号 {no}")),
            p.phone.as_ref().map(|phone| format!("号码 {phone}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let third = record.people.iter().any(|p| p.role == PersonRole::ThirdParty)
        || record.outcomes.iter().any(|o| o.kind == OutcomeKind::ThirdPartyContacted);
    let summary = if record.summary.trim().is_empty() {
        kind_name(record.details.kind()).to_owned()
    } else {
        record.summary.clone()
    };
    d::Contact {
        number,
        at: record.happened.at.with_timezone(&shanghai()),
        day_only: record.happened.precision == Precision::Day,
        kind: kind_name(record.details.kind()).to_owned(),
        who: who.filter(|who| !who.is_empty()),
        summary,
        outcomes: record.outcomes.iter().filter_map(outcome).collect(),
        third_party: third,
        files: record.files.iter().map(|f| (f.name.clone(), Digest(f.sha256).to_string())).collect(),
        court: match &record.details {
            EvidenceDetails::CourtDoc { court, case_no, received_on } => {
                Some((court.clone(), case_no.clone(), *received_on))
            }
            _ => None,
        },
        report: match &record.details {
            EvidenceDetails::CreditReport { report_no, report_date, .. } => {
                Some((report_no.clone(), *report_date))
            }
            _ => None,
        },
    }
}

/// What was said, in a clause: the record's own words and figures, nothing more.
fn outcome(said: &Outcome) -> Option<String> {
    let parts = [
        said.text.clone(),
        said.amount.map(|amount| format!("金额 {amount} 元")),
        said.terms.map(|terms| format!("{terms} 期")),
        said.on.map(|day| format!("日期 {}", date(day))),
    ];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join("，");
    (!text.is_empty()).then(|| format!("{text}。"))
}
