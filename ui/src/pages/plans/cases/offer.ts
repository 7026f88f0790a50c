import type { MakeOfferRequest, PreparedOffer, ReliefForm } from "@/ipc/types";

export type OfferShape = "individual_instalment" | "term_extension" | "lump_sum_settlement" | "minimum_payment" | "step_plan" | "rows" | "none";
export const SHAPES: OfferShape[] = ["individual_instalment", "term_extension", "lump_sum_settlement", "minimum_payment", "step_plan", "rows", "none"];

/** What a person types into an offer; texts stay as typed. */
export interface OfferForm {
  by: "borrower" | "lender";
  shape: OfferShape;
  terms: number | undefined;
  /** A fraction of the year, as the façade takes it: "0.12". So is `rateCut`. */
  rate: string;
  amount: string;
  until: string;
  firstMonths: number | undefined;
  firstAmount: string;
  thenMonths: number | undefined;
  thenAmount: string;
  firstDue: string;
  deferral: number | undefined;
  interestOnly: number | undefined;
  stop: string;
  pause: string;
  penalty: string;
  interest: string;
  lateFee: string;
  channel: string;
  expires: string;
  note: string;
  balloon: string;
  rateCut: string;
  rows: { due: string; amount: string }[];
  evidence: string[];
}

export function newOffer(by: "borrower" | "lender"): OfferForm {
  return {
    by, shape: "individual_instalment", terms: undefined, rate: "0", amount: "", until: "", firstMonths: undefined, firstAmount: "",
    thenMonths: undefined, thenAmount: "", firstDue: "", deferral: undefined, interestOnly: undefined, stop: "", pause: "",
    penalty: "", interest: "", lateFee: "", channel: "", expires: "", note: "", balloon: "", rateCut: "", rows: [{ due: "", amount: "" }], evidence: [],
  };
}

/** What a prepared request puts into the address of the form, and what the form takes from it: nothing else. */
export function preparedQuery(offer: Pick<PreparedOffer, "shape" | "terms" | "first_due">): Record<string, string> {
  return { shape: offer.shape, terms: String(offer.terms), ...(offer.first_due === null ? {} : { first: offer.first_due }) };
}

export function preparedFrom(query: Record<string, unknown>): Partial<OfferForm> | undefined {
  const { shape, terms, first } = query;
  const n = typeof terms === "string" && /^\d{1,3}$/.test(terms) ? Number(terms) : 0;
  if (n === 0 || (shape !== "term_extension" && shape !== "individual_instalment")) return undefined;
  return { shape, terms: n, rate: "0", firstDue: typeof first === "string" && /^\d{4}-\d{2}-\d{2}$/.test(first) ? first : "" };
}

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

function shapeOf(form: OfferForm): ReliefForm[] {
  const n = form.terms ?? 0;
  if (form.shape === "individual_instalment") return [{ kind: "individual_instalment", terms: n, rate: form.rate, total: null, balloon: orNull(form.balloon) }];
  if (form.shape === "term_extension") return [{ kind: "term_extension", terms: n, rate: null }];
  if (form.shape === "lump_sum_settlement") return [{ kind: "lump_sum_settlement", amount: form.amount, until: form.until }];
  if (form.shape === "minimum_payment") return [{ kind: "minimum_payment", amount: form.amount }];
  if (form.shape === "step_plan") {
    const steps = [
      { months: form.firstMonths ?? 0, amount: form.firstAmount },
      { months: form.thenMonths ?? 0, amount: form.thenAmount },
    ];
    // A step that has only its amount is sent as it stands, and refused at its months.
    return [{ kind: "step_plan", steps: steps.filter((step) => step.months > 0 || step.amount.trim() !== "") }];
  }
  return [];
}

/** The request for the façade. */
export function requestOf(form: OfferForm, loan: string, answers: string | null): MakeOfferRequest {
  const terms = shapeOf(form);
  if (form.deferral) terms.push({ kind: "deferral", months: form.deferral, interest: "stopped" });
  if (form.interestOnly) terms.push({ kind: "interest_only", months: form.interestOnly });
  if (form.stop !== "") terms.push({ kind: "interest_stop", from: form.stop });
  if (form.pause !== "") terms.push({ kind: "collection_pause", until: form.pause });
  if (form.rateCut.trim() !== "") terms.push({ kind: "rate_cut", rate: form.rateCut });
  const waived = { penalty: orNull(form.penalty), interest: orNull(form.interest), late_fee: orNull(form.lateFee) };
  if (Object.values(waived).some((amount) => amount !== null)) terms.push({ kind: "waiver", lapses_on_breach: true });
  return {
    loan_id: loan,
    in_reply_to: answers,
    by: form.by,
    terms,
    waived: { ...waived, principal: null, compound: null, fees: null, enforcement_cost: null },
    first_due: form.shape === "rows" ? null : orNull(form.firstDue),
    channel: form.channel === "" ? null : (form.channel as MakeOfferRequest["channel"]),
    expires_on: orNull(form.expires),
    note: orNull(form.note),
    made_at: null,
    rows: form.shape === "rows" ? form.rows.filter((row) => row.due !== "" || row.amount !== "") : [],
    evidence_ids: form.evidence,
  };
}

/** Where each kind stands in the request, as a refusal names it: `terms.2` for the third. */
export function placesOf(form: OfferForm): Partial<Record<ReliefForm["kind"], string>> {
  return Object.fromEntries((requestOf(form, "", null).terms ?? []).map((term, index) => [term.kind, `terms.${index}`]));
}
