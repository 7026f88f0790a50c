import type { AddLoanRequest, BalanceForm, LenderKind, LoanBasis, LoanFormView, Method, ProductKind } from "@/ipc/types";
import { feeRow, feesOf, type FeeRow } from "../feeRows";

/** The form as it stands on the screen: everything text, blank where nothing is typed. */
export interface LoanForm {
  basis: LoanBasis;
  app: string;
  received: string;
  payment: string;
  terms: string;
  terms_paid: string;
  first_due: string;
  rate: string;
  principal: string;
  grace_days: string;
  contract_no: string;
  contract_date: string;
  lender: string;
  lender_kind: LenderKind | "";
  product: ProductKind | "";
  method: Method | "";
  note: string;
  fees: FeeRow[];
  /** A cost disclosure sheet is at hand. */
  sheet: boolean;
  balance: { [K in keyof BalanceForm]-?: string };
}

export function blankForm(): LoanForm {
  return {
    basis: "plan",
    app: "",
    received: "",
    payment: "",
    terms: "",
    terms_paid: "",
    first_due: "",
    rate: "",
    principal: "",
    grace_days: "",
    contract_no: "",
    contract_date: "",
    lender: "",
    lender_kind: "",
    product: "",
    method: "",
    note: "",
    fees: [],
    sheet: false,
    balance: { as_of: "", total: "", principal: "", interest: "", penalty: "", late_fee: "", fees: "", oldest_unpaid_due: "" },
  };
}

/** The form of a loan that is to be corrected. */
export function formOf(fields: LoanFormView["fields"]): LoanForm {
  const blank = blankForm();
  const { balance, basis, lender_kind, product, method, fees, sheet, ...texts } = fields;
  return {
    ...blank,
    ...filled(texts),
    basis,
    lender_kind: lender_kind ?? "",
    product: product ?? "",
    method: method ?? "",
    fees: (fees ?? []).map(feeRow),
    sheet: sheet ?? false,
    balance: { ...blank.balance, ...filled(balance ?? {}) },
  };
}

/** What is typed, without what the other basis asks for. */
export function requestOf(form: LoanForm): AddLoanRequest {
  const { basis, balance, lender_kind, product, method, fees, sheet, app, contract_no, contract_date, lender, note, ...plan } = form;
  const names = { contract_no, contract_date, lender, note };
  return {
    app,
    basis,
    ...blankAsNull(names),
    lender_kind: lender_kind === "" ? null : lender_kind,
    product: product === "" ? null : product,
    ...(basis === "plan" ? { ...blankAsNull(plan), method: method === "" ? null : method, fees: feesOf(fees), sheet } : { balance: blankAsNull(balance) }),
  };
}

/** Equal instalments and equal terms are known by the payment of each term; the other methods by the rate. */
export function isLevel(method: Method | ""): boolean {
  return method === "" || method === "equal_installment" || method === "flat_rate";
}

/** Enough is typed for figures to be worth asking for. The name does not enter them. */
export function canPreview(form: LoanForm): boolean {
  const typed = (...texts: string[]) => texts.every((text) => text.trim() !== "");
  return form.basis === "plan"
    ? typed(form.received, form.terms, form.first_due) && (typed(form.payment) || (!isLevel(form.method) && typed(form.rate)))
    : typed(form.balance.total) || typed(form.balance.principal);
}

/** The question for figures before the loan has a name. */
export function previewOf(form: LoanForm): AddLoanRequest {
  const request = requestOf(form);
  return form.app.trim() === "" ? { ...request, app: "…" } : request;
}

/** Something of the folded part is filled in, so that it should not be hidden. */
export function hasMore(form: LoanForm): boolean {
  const more = [form.rate, form.principal, form.grace_days, form.contract_no, form.contract_date, form.lender, form.note];
  return more.some((text) => text !== "") || (form.lender_kind !== "" && form.lender_kind !== "unknown") || form.method !== "" || form.fees.length > 0 || form.sheet;
}

/** The lender named parts, not one sum. */
export function hasParts(form: LoanForm): boolean {
  const { principal, interest, penalty, late_fee, fees } = form.balance;
  return [principal, interest, penalty, late_fee, fees].some((text) => text !== "");
}

/** A field that the form shows, as the request names it. */
export function isShown(field: string): boolean {
  return formFields.includes(field) || isFee(field);
}

/** A field of a fee's row: they are in the folded part too. */
export function isFee(field: string): boolean {
  return /^fees(\.\d+\.(amount|disclosed))?$/.test(field);
}

/** Fields of the part that is folded at first. */
export const moreFields = ["method", "rate", "principal", "grace_days", "contract_no", "contract_date", "lender", "lender_kind", "product", "note"];
export const partFields = ["balance.principal", "balance.interest", "balance.penalty", "balance.late_fee", "balance.fees", "balance.as_of"];
export const formFields = [
  "app", "received", "payment", "terms", "terms_paid", "first_due", "balance.total", "balance.oldest_unpaid_due", ...partFields, ...moreFields,
];

function filled<T extends Record<string, string | null>>(given: T): { [K in keyof T]: string } {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value ?? ""])) as { [K in keyof T]: string };
}

function blankAsNull<T extends Record<string, string>>(given: T): { [K in keyof T]: string | null } {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value.trim() === "" ? null : value])) as {
    [K in keyof T]: string | null;
  };
}
