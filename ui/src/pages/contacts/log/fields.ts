import type { MessageKey } from "@/i18n";
import { fieldSentence } from "@/ipc/useFieldErrors";

/** The sentence for a field of a record: a time that has not come yet says so. */
export function logSentence(field: string, code: string): MessageKey {
  return field === "at" && code === "date_order" ? "contacts.log.notYet" : fieldSentence(field, code);
}

/** The request's fields that the form has a place for. */
export const SHOWN_FIELDS = [
  "at",
  "agreement_ids",
  "body",
  "derived",
  "details",
  "files",
  "loan_ids",
  "people",
  "proposal_ids",
  "summary",
  "transcript",
  "outcomes.amount",
  "outcomes.on",
  "outcomes.terms",
  "outcomes.text",
  "promises.due",
  "promises.what",
];
