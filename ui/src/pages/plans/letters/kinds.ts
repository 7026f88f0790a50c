import type { RouteLocationRaw } from "vue-router";
import type { EditForm, LetterKind } from "@/ipc/types";

/** Letters by what they are for, in the order a case usually needs them. Complaints go by their own page. */
export const GROUPS: { name: "ask" | "confirm" | "limit" | "correct" | "after" | "annex"; kinds: LetterKind[] }[] = [
  { name: "ask", kinds: ["application", "hardship", "plan"] },
  { name: "confirm", kinds: ["confirmation", "agreement_draft", "agreement_annex"] },
  { name: "limit", kinds: ["contact_hours", "third_party_stop"] },
  { name: "correct", kinds: ["personal_information", "credit_objection", "payment_order_objection"] },
  { name: "after", kinds: ["performance", "settlement_certificate"] },
  { name: "annex", kinds: ["statement", "evidence_index"] },
];

/** Particulars that are filled in on the letter's own page. */
export const OWN = ["borrower.name", "borrower.id_number", "borrower.phone", "borrower.address"];

/** Where something a letter lacks is written down; nothing when only the letter's own text can say it. */
export function placeFor(field: string, loan: string): RouteLocationRaw | undefined {
  const params = { id: loan };
  const log = (kind: string): RouteLocationRaw => ({ name: "contact-log", query: { loan, kind } });
  switch (field) {
    case "creditor.legal_name":
      return { name: "parties", params };
    case "loan.contract_no":
    case "cost":
      return { name: "loan-amend", params };
    case "loan.settled":
      return { name: "loan-close", params };
    case "hardship":
    case "hardship.turning_point":
      return { name: "hardship" };
    case "capacity":
      return { name: "capacity" };
    case "request":
      return { name: "make-offer", params };
    case "agreement":
    case "agreement.payment_account":
      return { name: "agree", query: { loan } };
    case "payment":
      return { name: "loan-pay", params };
    case "evidence":
    case "evidence.third_party":
    case "spoken":
      return log("call");
    case "court.name":
    case "court.case_no":
    case "court.received_on":
      return log("court_doc");
    case "credit.report":
      return log("credit_report");
    case "complaint.earlier":
      return { name: "complain", params };
    default:
      return undefined;
  }
}

/** What the borrower changed: another text for a part, or `null` to leave it out. */
export type Edits = Record<string, string | null>;

export const editForms = (edits: Edits): EditForm[] => Object.entries(edits).map(([id, text]) => ({ id, text }));

/** A change that says what is there already is none. */
export function withEdit(edits: Edits, id: string, text: string | null, original: string): Edits {
  const rest = Object.fromEntries(Object.entries(edits).filter(([other]) => other !== id));
  return text === original ? rest : { ...rest, [id]: text };
}

/** A file's name that any system takes. */
export const fileName = (title: string, loan: string, day: string, ending = "pdf") => `${title}-${loan}-${day}.${ending}`.replace(/[\\/:*?"<>|\s]+/g, "_");
