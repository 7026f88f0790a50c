import type { AgreedForm, ProposalView, RecordAgreementRequest } from "@/ipc/types";

export const FORMS: AgreedForm[] = ["signed_contract", "stamped_letter", "email", "sms", "in_app", "recorded_call"];

export interface AgreeForm {
  loan: string;
  proposal: string;
  form: AgreedForm | undefined;
  agreedOn: string;
  effectiveFrom: string;
  payment: string;
  terms: number | undefined;
  firstDue: string;
  lastPayment: string;
  /** Dues one by one, where the lender wrote down others than the offer's; empty while they are told by the fields above. */
  rows: { due: string; amount: string }[];
  creditor: string;
  /** In whose name the account is. */
  payee: string;
  account: string;
  evidence: string[];
  /** The lender's own words, pasted: they become a record. */
  confirmation: string;
  note: string;
}

export function newForm(today: string, loan: string, evidence: string[]): AgreeForm {
  return {
    loan,
    proposal: "",
    form: undefined,
    agreedOn: today,
    effectiveFrom: "",
    payment: "",
    terms: undefined,
    firstDue: "",
    lastPayment: "",
    rows: [],
    creditor: "",
    payee: "",
    account: "",
    evidence,
    confirmation: "",
    note: "",
  };
}

/** The dues of a request, taken into the form. */
export function takeProposal(form: AgreeForm, proposal: ProposalView | undefined): AgreeForm {
  if (proposal === undefined) return { ...form, proposal: "", rows: [] };
  return {
    ...form,
    proposal: proposal.id,
    payment: proposal.monthly,
    terms: proposal.terms,
    firstDue: proposal.first_due ?? "",
    lastPayment: proposal.last ?? "",
    rows: [],
  };
}

/** Whether the dues in the form are still those of the request. */
export function sameRows(form: AgreeForm, proposal: ProposalView | undefined): boolean {
  return (
    proposal !== undefined &&
    form.rows.length === 0 &&
    form.payment === proposal.monthly &&
    form.terms === proposal.terms &&
    form.firstDue === (proposal.first_due ?? "") &&
    form.lastPayment === (proposal.last ?? "")
  );
}

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/**
 * The request that records the agreement. Dues that were not touched are those of the offer, to the fen and the day;
 * only what the lender changed is sent as dues of its own. Undefined until the form of confirmation is chosen.
 */
const none = { principal: null, interest: null, penalty: null, compound: null, late_fee: null, fees: null, enforcement_cost: null };

export function requestOf(form: AgreeForm, proposal: ProposalView | undefined, supersedes: string | null = null): RecordAgreementRequest | undefined {
  if (form.form === undefined) return undefined;
  const own = form.rows.length === 0 && !sameRows(form, proposal);
  return {
    loan_id: form.loan,
    proposal_id: orNull(form.proposal),
    agreed_on: form.agreedOn,
    effective_from: orNull(form.effectiveFrom),
    form: form.form,
    payment: own ? orNull(form.payment) : null,
    terms: own && form.terms !== undefined ? String(form.terms) : null,
    first_due: own ? orNull(form.firstDue) : null,
    last_payment: own ? orNull(form.lastPayment) : null,
    creditor: orNull(form.creditor),
    payment_account: orNull(form.account),
    evidence_ids: form.evidence,
    confirmation_text: orNull(form.confirmation),
    rows: form.rows,
    total: null,
    waived: none,
    supersedes,
    payee: orNull(form.payee),
    files: [],
    note: orNull(form.note),
  };
}
