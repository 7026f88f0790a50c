import type { DetailsForm, EvidenceKind } from "@/ipc/types";

/** The kinds written down most; each has its own form. */
export const HAND_KINDS = ["call", "sms", "email", "note"] as const;
export type HandKind = (typeof HAND_KINDS)[number];

/** How a field of a rarer kind is filled in: a line, several parted by commas, a day, an amount, a number, yes or no. */
export type FieldShape = "line" | "list" | "day" | "amount" | "count" | "yesNo";
type OtherKind = Exclude<EvidenceKind, HandKind>;

/** What else can be told of a rarer kind, in the order in which it stands on the paper. */
export const FIELDS = {
  im_chat: { app: "line", accounts: "list", group: "line" },
  in_app_chat: { platform: "line", ticket_no: "line", agent_no: "line" },
  letter: { sender: "line", tracking_no: "line", postmark: "day", delivery_proof: "line" },
  visit_note: { place: "line", plate: "line", witnesses: "list" },
  payment_receipt: { amount: "amount", channel: "line", payer: "line", payee: "line", account_tail: "line", transaction_no: "line", remark: "line" },
  screenshot: { device: "line", app_version: "line", clock_visible: "yesNo" },
  screen_video: { device: "line", app_version: "line", clock_visible: "yesNo" },
  contract: { number: "line", parties: "list", signed_on: "day", signing_provider: "line", certificate: "line", pages: "count", annexes: "list", fee_clauses: "list" },
  agreement: { number: "line", parties: "list", signed_on: "day", signing_provider: "line", certificate: "line", pages: "count" },
  court_doc: { court: "line", case_no: "line", received_on: "day" },
  credit_report: { report_no: "line", report_date: "day", version: "line" },
} as const satisfies Record<OtherKind, Record<string, FieldShape>>;

export const OTHER_KINDS = Object.keys(FIELDS) as OtherKind[];
/** Rarer kinds that carry words of their own. */
export const WORDED: readonly EvidenceKind[] = ["im_chat", "in_app_chat", "visit_note"];
/** Kinds in which somebody says something to somebody; the others are papers and pictures. */
export const SPOKEN: readonly EvidenceKind[] = ["call", "sms", "email", "im_chat", "in_app_chat", "letter", "visit_note"];

type KeysOf<T> = T extends unknown ? keyof T : never;
export type FieldName = KeysOf<(typeof FIELDS)[OtherKind]>;

export function isOther(kind: EvidenceKind): kind is OtherKind {
  return kind in FIELDS;
}

/** The fields of a kind with their shapes; none for the kinds that have their own form. */
export function fieldsOf(kind: EvidenceKind): [FieldName, FieldShape][] {
  return isOther(kind) ? (Object.entries(FIELDS[kind]) as [FieldName, FieldShape][]) : [];
}

/** Everything typed, as the request wants it; what stays empty is not known. */
export function readFields(kind: OtherKind, typed: Partial<Record<FieldName, string>>, text: string): DetailsForm {
  const read = fieldsOf(kind).map(([name, shape]) => [name, readOne(shape, (typed[name] ?? "").trim())]);
  return { ...Object.fromEntries(read), kind, ...(WORDED.includes(kind) ? { body: text } : {}) } as DetailsForm;
}

function readOne(shape: FieldShape, text: string): unknown {
  if (shape === "list") return text.split(/[,，;；、\n]+/).map((part) => part.trim()).filter((part) => part !== "");
  if (text === "") return null;
  if (shape === "count") return Number(text);
  return shape === "yesNo" ? text === "yes" : text;
}

/** The same backwards, for a correction. */
export function writeFields(details: DetailsForm): Partial<Record<FieldName, string>> {
  const given = details as Record<string, unknown>;
  return Object.fromEntries(fieldsOf(details.kind).map(([name]) => [name, writeOne(given[name])]));
}

function writeOne(value: unknown): string {
  if (Array.isArray(value)) return value.join("，");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === null || value === undefined ? "" : String(value);
}
