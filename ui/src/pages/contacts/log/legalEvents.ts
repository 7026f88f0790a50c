import type { MessageKey, Words } from "@/i18n";

/**
 * What a record can say of the limitation of action, by the names `rules/interruptions.toml` has for it: what the other
 * side did, then what the borrower did. It is kept as a label of the record; payments, plans and agreements recorded
 * here speak for themselves.
 */
export const THEIR_ACTS = ["demand_message", "demand_letter", "account_debited", "lawsuit", "payment_order", "police_report", "assignment_notice"] as const;
export const OWN_ACTS = ["promise_to_pay", "collection_notice_signed", "deferral_request", "repayment_plan", "security_offered"] as const;
export type LegalEventName = (typeof THEIR_ACTS)[number] | (typeof OWN_ACTS)[number];

const ALL: readonly string[] = [...THEIR_ACTS, ...OWN_ACTS];
export const isLegalEvent = (label: string): label is LegalEventName => ALL.includes(label);

/** 对方：寄来催收函；自己：答应还款 */
export function legalWords(act: LegalEventName, t: (key: MessageKey, words?: Words) => string): string {
  const theirs = (THEIR_ACTS as readonly string[]).includes(act);
  return t(theirs ? "contacts.log.legalTheirs" : "contacts.log.legalOwn", { act: t(`contacts.legal.${act}`) });
}
