import type { AddPaymentRequest, LogContactRequest, PaymentCandidate, PaymentSuggestion } from "@/ipc/types";

/** How the lender says it allocated the money. */
export const BUCKETS = ["principal", "interest", "penalty", "late_fee", "fees"] as const;

/** What another loan gets of the same transfer. */
export interface Share {
  loan: string;
  amount: string;
}

/** A payment as it is typed; texts stay as typed. */
export interface PaymentForm {
  amount: string;
  on: string;
  channel: string;
  designation: string;
  note: string;
  stated: Record<(typeof BUCKETS)[number], string>;
  shares: Share[];
  evidence: string[];
}

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** Shares that name a loan or an amount: one with only half of it is sent, so that its field can say what is missing. */
export function sharesOf(shares: Share[]): { loan_id: string; amount: string }[] {
  return shares.filter((share) => share.loan !== "" || share.amount !== "").map((share) => ({ loan_id: share.loan, amount: share.amount }));
}

/** Where a share stands in the request, which leaves out those that say nothing. */
export function sharePlace(shares: Share[], index: number): number {
  return sharesOf(shares.slice(0, index)).length;
}

/** The request for the façade. What was left alone is not in it. */
export function paymentOf(form: PaymentForm, loan: string): AddPaymentRequest {
  const stated = Object.fromEntries(BUCKETS.map((name) => [name, orNull(form.stated[name])]));
  return {
    loan_id: loan,
    on: form.on,
    amount: form.amount,
    parts: sharesOf(form.shares),
    channel: orNull(form.channel),
    designation: orNull(form.designation),
    note: orNull(form.note),
    lender_allocation: BUCKETS.some((name) => form.stated[name].trim() !== "") ? stated : null,
    evidence_ids: form.evidence,
  };
}

/** The record that holds a receipt chosen as a file. */
export function receiptOf(form: PaymentForm, loan: string, files: string[], summary: string): LogContactRequest {
  return {
    loan_ids: [loan, ...sharesOf(form.shares).map((share) => share.loan_id)],
    at: `${form.on}T00:00`,
    precision: "day",
    direction: "none",
    summary,
    details: { kind: "payment_receipt", amount: orNull(form.amount), channel: orNull(form.channel), payer: null, payee: null, account_tail: null, transaction_no: null, remark: orNull(form.designation) },
    files,
  };
}

/** How a receipt is read for one loan, and how sure that is; nothing when it belongs to others. */
export function readingFor(suggestion: PaymentSuggestion, loan: string): PaymentCandidate | undefined {
  return suggestion.candidates.find((candidate) => candidate.parts.some((part) => part.loan_id === loan));
}

/** Receipts that may well be payments on this loan, the likeliest first. */
export function receiptsFor(suggestions: PaymentSuggestion[], loan: string): { receipt: PaymentSuggestion; reading: PaymentCandidate }[] {
  const read = suggestions.flatMap((receipt) => {
    const reading = readingFor(receipt, loan);
    return reading === undefined || reading.confidence === "low" || receipt.perhaps_recorded ? [] : [{ receipt, reading }];
  });
  return read.sort((a, b) => b.reading.score - a.reading.score).slice(0, 3);
}

/** What taking a receipt writes into the form. */
export function taken(receipt: PaymentSuggestion, reading: PaymentCandidate, loan: string): Pick<PaymentForm, "amount" | "on" | "channel" | "shares" | "evidence"> {
  const others = reading.parts.filter((part) => part.loan_id !== loan);
  return { amount: receipt.amount, on: receipt.on, channel: receipt.channel ?? "", shares: others.map((part) => ({ loan: part.loan_id, amount: part.amount })), evidence: [receipt.record_id] };
}
