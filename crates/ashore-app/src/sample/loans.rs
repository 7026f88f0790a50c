use ashore_domain::{
    AgreedForm, Agreement, AgreementId, Buckets, CompoundOn, DayCount, Fact, Fee, FeeAmount, FeeKind,
    FeeWhen, LenderKind, Loan, LoanDraft, LoanId, LoanParty, LoanTerms, Method, Money, Month, Opening, Party,
    PartyId, PartyRole, Payment, PaymentId, Penalty, PenaltyBase, PenaltyDayCount, PenaltyRate, Period,
    ProductKind, Proposal, ProposalId, ProposedRow, Rate, RatePer, Relief, Side, StatedBalance,
};
use ashore_engine::amortise;
use ashore_vault::{LoanState, PaymentState};
use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;

use super::Story;
use crate::AppError;
use crate::loans::LoanFile;

/// The household's six loans, as far as others must name them.
pub(super) struct SampleLoans {
    pub(super) jia: LoanId,
    pub(super) yi: LoanId,
    pub(super) bing: LoanId,
    pub(super) ding: LoanId,
    pub(super) wu: LoanId,
    pub(super) ji: LoanId,
}

/// How a sample loan is told.
struct Told {
    app: &'static str,
    lender: &'static str,
    kind: LenderKind,
    product: ProductKind,
    principal: i64,
    yearly: Decimal,
    method: Method,
    terms: u16,
    due_day: u32,
    /// Months from the first due to this month.
    age: i32,
    fees: Vec<Fee>,
    contract_no: &'static str,
    /// Dues paid; `None` means every one so far.
    paid: Option<usize>,
}

pub(super) fn tell(story: &mut Story) -> Result<SampleLoans, AppError> {
    let jia = Told {
        app: "甲贷",
        lender: "甲州银行",
        kind: LenderKind::Bank,
        product: ProductKind::CashLoan,
        principal: 30_000,
        yearly: Decimal::new(24, 2),
        method: Method::EqualInstallment,
        terms: 24,
        due_day: 25,
        age: 9,
        fees: Vec::new(),
        contract_no: "JZ-2026-018842",
        paid: None,
    };
    let yi = Told {
        app: "乙花",
        lender: "乙禾消费金融",
        kind: LenderKind::ConsumerFinanceCo,
        product: ProductKind::ConsumerInstalment,
        principal: 12_000,
        yearly: Decimal::new(18, 2),
        method: Method::EqualInstallment,
        terms: 12,
        due_day: 20,
        age: 4,
        fees: Vec::new(),
        contract_no: "YH26070311",
        paid: None,
    };
    let bing = Told {
        app: "丙分期",
        lender: "丙江银行",
        kind: LenderKind::Bank,
        product: ProductKind::ConsumerInstalment,
        principal: 20_000,
        yearly: Decimal::new(15, 2),
        method: Method::EqualInstallment,
        terms: 18,
        due_day: 6,
        age: 8,
        fees: vec![
            fee(FeeKind::ServiceFee, 1_200, FeeWhen::Upfront),
            fee(FeeKind::GuaranteeFee, 128, FeeWhen::EachTerm),
        ],
        contract_no: "BJ-XF-5520917",
        paid: Some(7),
    };
    let ding = Told {
        app: "丁卡",
        lender: "丁原银行信用卡中心",
        kind: LenderKind::Bank,
        product: ProductKind::CreditCardInstalment,
        principal: 24_000,
        yearly: Decimal::new(72, 3),
        method: Method::EqualPrincipal,
        terms: 24,
        due_day: 5,
        age: 17,
        fees: Vec::new(),
        contract_no: "DY-4471-0093",
        paid: Some(12),
    };
    let wu = Told {
        app: "戊借",
        lender: "戊山小额贷款",
        kind: LenderKind::MicroLoanCo,
        product: ProductKind::CashLoan,
        principal: 15_000,
        yearly: Decimal::new(24, 2),
        method: Method::EqualInstallment,
        terms: 12,
        due_day: 28,
        age: 4,
        fees: Vec::new(),
        contract_no: "WS260628A07",
        paid: Some(2),
    };
    let (jia, _) = told(story, jia)?;
    let (yi, _) = told(story, yi)?;
    let (bing, _) = told(story, bing)?;
    let (ding, ding_file) = told(story, ding)?;
    agreed(story, ding_file)?;
    let (wu, wu_file) = told(story, wu)?;
    requested(story, &wu_file)?;
    let ji = stated(story)?;
    Ok(SampleLoans { jia, yi, bing, ding, wu, ji })
}

fn fee(kind: FeeKind, yuan: i64, when: FeeWhen) -> Fee {
    let amount = FeeAmount::Fixed(Money::from_yuan(yuan));
    Fee { kind, amount, when, counts_in_cost: true, payee: None, contract: None }
}

fn party(story: &mut Story, name: &str, kind: LenderKind, role: PartyRole) -> Result<LoanParty, AppError> {
    let id = PartyId::from_bytes(story.id()?);
    story.facts.push(Fact::Party(Party {
        id,
        name: name.to_owned(),
        legal_name: None,
        lender_kind: kind,
        aliases: Vec::new(),
        contacts: Vec::new(),
        licence: None,
        note: None,
    }));
    Ok(LoanParty { party: id, role, share: None, since: None, known_by: None })
}

/// Tells a loan and the payments on it.
fn told(story: &mut Story, told: Told) -> Result<(LoanId, LoanFile), AppError> {
    let today = story.now.date_naive();
    let first = Month::of(today).plus(-told.age);
    let first_due = first.day_clamped(told.due_day);
    let disbursed_on = first.plus(-1).day_clamped(told.due_day);
    let penalty = Penalty {
        rate: PenaltyRate::MultipleOfContract(Decimal::new(15, 1)),
        base: PenaltyBase::OverduePrincipal,
        compound_on: CompoundOn::None,
        day_count: PenaltyDayCount::Act360,
    };
    let terms = LoanTerms::new(LoanDraft {
        principal: Money::from_yuan(told.principal),
        paid_out: None,
        disbursed_on,
        method: told.method,
        rate: Some(Rate::new(told.yearly, RatePer::Year)?),
        payment: None,
        day_count: DayCount::Months,
        terms: told.terms,
        first_due,
        due_day: Some(told.due_day),
        period: Period::Month,
        fees: told.fees,
        rows: Vec::new(),
        penalty: Some(penalty),
        late_fee: None,
        grace_days: 0,
        allocation_order: Vec::new(),
        lender_kind: told.kind,
        contract_date: Some(disbursed_on),
    })?;
    let schedule = amortise(&terms)?.schedule;
    let parties = vec![
        party(story, told.app, LenderKind::Unknown, PartyRole::Platform)?,
        party(story, told.lender, told.kind, PartyRole::CurrentCreditor)?,
    ];
    let loan = Loan {
        id: LoanId::from_bytes(story.id()?),
        name: told.app.to_owned(),
        product: told.product,
        contract_no: Some(told.contract_no.to_owned()),
        parties,
        opening: Opening::Contract { terms: Box::new(terms), paid_terms: 0 },
        disclosed: None,
        note: None,
    };
    story.facts.push(Fact::LoanOpened(loan.clone()));
    let mut file = LoanFile {
        state: LoanState { loan, opened_at: story.now, closed: None, corrections: 0 },
        payments: Vec::new(),
        waivers: Vec::new(),
        agreements: Vec::new(),
        proposals: Vec::new(),
    };
    let due = schedule.rows().iter().filter(|row| row.due < today);
    for row in due.take(told.paid.unwrap_or(usize::MAX)) {
        pay(story, &mut file, row.due, row.payment())?;
    }
    Ok((file.id(), file))
}

fn pay(story: &mut Story, file: &mut LoanFile, on: NaiveDate, amount: Money) -> Result<(), AppError> {
    let payment = Payment {
        id: PaymentId::from_bytes(story.id()?),
        loan: file.id(),
        on,
        amount,
        channel: Some("银行卡代扣".to_owned()),
        designation: None,
        lender_allocation: Vec::new(),
        evidence: Vec::new(),
        together_with: None,
        note: None,
    };
    story.facts.push(Fact::Payment(payment.clone()));
    file.payments.push(PaymentState { payment, recorded_at: story.now, voided: None, returned: None });
    Ok(())
}

/// 丁卡 was late, then the bank agreed in writing to sixteen equal instalments without interest.
fn agreed(story: &mut Story, mut file: LoanFile) -> Result<(), AppError> {
    let today = story.now.date_naive();
    let from = Month::of(today).plus(-4).day_clamped(18);
    let owed = file.statement(from)?.outstanding;
    let dues: Vec<(NaiveDate, Money)> = owed
        .principal
        .split(16)
        .into_iter()
        .enumerate()
        .map(|(k, amount)| (Month::of(from).plus(1 + i32::try_from(k).unwrap_or(0)).day_clamped(5), amount))
        .collect();
    let agreement = Agreement {
        id: AgreementId::from_bytes(story.id()?),
        loan: file.id(),
        proposal: None,
        supersedes: None,
        agreed_on: from,
        effective_from: from,
        form: AgreedForm::Email,
        creditor: Some("丁原银行信用卡中心".to_owned()),
        payment_account: Some("丁卡 App 内还款".to_owned()),
        waived: Buckets { interest: owed.interest, penalty: owed.penalty, ..Buckets::default() },
        rows: crate::agreements::rows_on(&dues, &file.statement(from)?, from)?,
        evidence: Vec::new(),
        note: Some("个性化分期，16 期，不计利息".to_owned()),
    };
    story.facts.push(Fact::Agreement(agreement));
    for (due, amount) in dues.into_iter().filter(|(due, _)| *due < today) {
        pay(story, &mut file, due, amount)?;
    }
    Ok(())
}

/// 戊借 was asked for 30 instalments eight days ago.
fn requested(story: &mut Story, file: &LoanFile) -> Result<(), AppError> {
    let today = story.now.date_naive();
    let owed = file.statement(today)?.outstanding.total();
    let rows = owed.split(30).into_iter().enumerate().map(|(k, amount)| {
        let month = Month::of(today).plus(1 + i32::try_from(k).unwrap_or(0));
        ProposedRow { due: month.day_clamped(28), amount }
    });
    story.facts.push(Fact::Proposal(Proposal {
        id: ProposalId::from_bytes(story.id()?),
        loan: file.id(),
        by: Side::Borrower,
        made_at: story.now - TimeDelta::days(8),
        in_reply_to: None,
        channel: Some(ashore_domain::ContactChannel::Email),
        reliefs: vec![Relief::IndividualInstalment {
            terms: 30,
            rate: Decimal::ZERO,
            total: None,
            balloon: None,
        }],
        waived: Buckets::default(),
        rows: rows.collect(),
        expires_on: None,
        evidence: Vec::new(),
        note: Some("请求 30 期，每期金额固定，书面确认".to_owned()),
    }));
    Ok(())
}

/// 己贷 is known only by what its app says is owed; who lends is not known.
fn stated(story: &mut Story) -> Result<LoanId, AppError> {
    let today = story.now.date_naive();
    let platform = party(story, "己贷", LenderKind::Unknown, PartyRole::Platform)?;
    let loan = Loan {
        id: LoanId::from_bytes(story.id()?),
        name: "己贷".to_owned(),
        product: ProductKind::CashLoan,
        contract_no: None,
        parties: vec![platform],
        opening: Opening::Stated(StatedBalance {
            as_of: today - TimeDelta::days(1),
            buckets: Buckets {
                principal: Money::from_fen(480_000),
                interest: Money::from_fen(24_000),
                penalty: Money::from_fen(5_934),
                ..Buckets::default()
            },
            oldest_unpaid_due: Some(today - TimeDelta::days(3)),
        }),
        disclosed: None,
        note: None,
    };
    let id = loan.id;
    story.facts.push(Fact::LoanOpened(loan));
    Ok(id)
}
