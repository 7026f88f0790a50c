import type { AddLoanRequest, Commands, LoanCard, LoanDetailView, PaymentView } from "@/ipc/types";
import { no, ok } from "./answer";
import type { Household } from "./household";
import { SAMPLE_TODAY } from "./session";

/** Home, loans and payments. Figures are those recorded; what is added here is shown, not computed. */
export function loanCommands(house: Household) {
  const cards = () => [...house.loans.loans, ...house.loans.closed];
  const detail = (id: string) => house.loan[id];

  const show = (card: LoanCard): LoanDetailView => {
    const like = Object.values(house.loan)[0] ?? fallback(card);
    return { ...like, card, payments: [], proposals: [], agreement: null, contacts: [], files: [] };
  };

  return {
    home: async () => ok(house.home),
    listReminders: async () => ok(house.reminders),
    listLoans: async () => ok(house.loans),
    loan: async (id, asOf) => {
      const found = detail(id);
      if (found === undefined) return no("not_found", "no loan is known by this id", "loan_id");
      return ok(asOf === null ? found : { ...found, statement: { ...found.statement, as_of: asOf } });
    },
    limitationEffect: async (loanId, step) => {
      const found = (house.effect[loanId] ?? Object.values(house.effect)[0] ?? []).find((each) => each.step === step);
      return found === undefined ? no("not_found", "no loan is known by this id", "loan_id") : ok({ ...found, loan_id: loanId });
    },
    limitationWarnings: async (step) => ok(Object.values(house.effect).flatMap((each) => each.filter((one) => one.step === step && one.warn))),
    previewLoan: async (request) => missing(request) ?? ok(house.preview[request.basis ?? "plan"]),
    addLoan: async (request) => {
      const wrong = missing(request);
      if (wrong !== undefined) return wrong;
      const preview = house.preview[request.basis ?? "plan"];
      const like = cards()[0];
      const card: LoanCard = {
        id: `loan-${cards().length + 1}`,
        name: request.app ?? "",
        lender: request.lender || null,
        lender_kind: request.lender_kind ?? "unknown",
        product: request.product ?? "cash_loan",
        owed: preview.owed,
        overdue_days: preview.overdue_terms.length > 0 ? (like?.overdue_days ?? 3) : 0,
        overdue_total: "0.00",
        next_due: null,
        terms_paid: Number(request.terms_paid ?? 0),
        terms_total: Number(request.terms ?? 0),
        tag: request.lender ? null : "lender_unknown",
        closed: false,
      };
      house.loans = { ...house.loans, loans: [...house.loans.loans, card] };
      house.loan[card.id] = show(card);
      return ok(card);
    },
    previewBorrowing: async () => ok(house.borrow),
    amendLoan: async (request) => {
      const found = detail(request.loan_id);
      if (found === undefined) return no("not_found", "no loan is known by this id", "loan_id");
      if (request.reason.trim() === "") return no("field_missing", "this is needed", "reason");
      const wrong = missing(request.loan);
      if (wrong !== undefined) return wrong;
      const card = { ...found.card, name: request.loan.app ?? found.card.name, lender: request.loan.lender || null };
      house.loan[card.id] = { ...found, card, contract: { ...found.contract, corrections: found.contract.corrections + 1 } };
      house.loans = { ...house.loans, loans: house.loans.loans.map((each) => (each.id === card.id ? card : each)) };
      return ok(card);
    },
    closeLoan: async (request) => {
      const found = detail(request.loan_id);
      if (found === undefined) return no("not_found", "no loan is known by this id", "loan_id");
      if (request.on && request.on > SAMPLE_TODAY) return no("date_order", "this day has not come yet", "on");
      const card = { ...found.card, closed: true };
      house.loan[card.id] = { ...found, card };
      house.loans = {
        ...house.loans,
        loans: house.loans.loans.filter((each) => each.id !== card.id),
        closed: [...house.loans.closed, card],
      };
      return ok(null);
    },
    listPayments: async (loanId) =>
      ok({ payments: house.payments.payments.filter((each) => loanId === null || each.loan_id === loanId) }),
    addPayment: async (request) => {
      const found = detail(request.loan_id);
      if (found === undefined) return no("not_found", "no loan is known by this id", "loan_id");
      if (request.amount === "") return no("field_missing", "this is needed", "amount");
      if (request.on > SAMPLE_TODAY) return no("date_order", "a payment is recorded once it is made", "on");
      const payment: PaymentView = {
        id: `payment-${house.payments.payments.length + 1}`,
        loan_id: request.loan_id,
        loan_name: found.card.name,
        on: request.on,
        amount: request.amount,
        channel: request.channel || null,
        designation: request.designation || null,
        note: request.note || null,
        recorded_at: `${SAMPLE_TODAY}T20:15:00+08:00`,
        evidence_ids: [],
        together_with: null,
        voided: null,
        returned_on: null,
        return_reason: null,
        allocation: [],
      };
      house.payments = { payments: [payment, ...house.payments.payments] };
      house.loan[request.loan_id] = { ...found, payments: [payment, ...found.payments] };
      return ok(payment);
    },
    voidPayment: async ({ payment_id, reason }) => {
      if (reason.trim() === "") return no("field_missing", "this is needed", "reason");
      const voided = (list: PaymentView[]) => list.map((each) => (each.id === payment_id ? { ...each, voided: reason } : each));
      house.payments = { payments: voided(house.payments.payments) };
      for (const [id, each] of Object.entries(house.loan)) house.loan[id] = { ...each, payments: voided(each.payments) };
      return ok(null);
    },
  } satisfies Partial<Commands>;
}

function missing(request: AddLoanRequest) {
  const blank = (given: string | null | undefined) => (given ?? "").trim() === "";
  const absent = (field: string) => no<never>("field_missing", "this is needed", field);
  if (blank(request.app)) return absent("app");
  if ((request.basis ?? "plan") === "balance") {
    const { total, principal } = request.balance ?? {};
    return blank(total) && blank(principal) ? absent("balance.total") : undefined;
  }
  for (const field of ["received", "payment", "terms", "first_due"] as const) if (blank(request[field])) return absent(field);
  if (!/^[0-9０-９]+$/.test(request.terms ?? "")) return no<never>("count_not_a_number", "not a count", "terms");
  if (Number(request.terms_paid ?? 0) > Number(request.terms)) return no<never>("count_out_of_range", "at most all", "terms_paid");
  return undefined;
}

/** In an empty household there is no loan to look like. */
function fallback(card: LoanCard): LoanDetailView {
  const none = { principal: "0.00", interest: "0.00", penalty: "0.00", compound: "0.00", late_fee: "0.00", fees: "0.00", enforcement_cost: "0.00" };
  return {
    card,
    contract: {
      contract_no: null,
      contract_date: null,
      disbursed_on: null,
      first_due: null,
      method: null,
      rate: null,
      penalty: null,
      grace_days: 0,
      terms: null,
      terms_paid_before: null,
      product: card.product,
      parties: [],
      note: null,
      corrections: 0,
    },
    statement: {
      as_of: SAMPLE_TODAY,
      outstanding: { ...none, principal: card.owed, total: card.owed },
      accrued_not_due: "0.00",
      overdue: { days: 0, since: null, terms: 0, total: "0.00", stage: "M0" },
      credit: "0.00",
      terms: [],
      findings: [],
    },
    cost: null,
    reference: null,
    disclosure: null,
    limitation: null,
    payments: [],
    proposals: [],
    agreement: null,
    contacts: [],
    files: [],
    form: { fields: { ...noFields, app: card.name }, whole: true },
  };
}

const noFields: LoanDetailView["form"]["fields"] = {
  app: "",
  basis: "balance",
  received: null,
  payment: null,
  terms: null,
  first_due: null,
  terms_paid: null,
  rate: null,
  method: null,
  grace_days: null,
  balance: null,
  principal: null,
  contract_no: null,
  contract_date: null,
  lender: null,
  lender_kind: null,
  product: null,
  fees: [],
  sheet: false,
  note: null,
};
