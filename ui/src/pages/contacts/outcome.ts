import type { MessageKey, Words } from "@/i18n";
import type { ContactDetailView, OutcomeForm, PromiseForm } from "@/ipc/types";

export interface ResultRow {
  label: string;
  text: string;
}

interface Say {
  t: (key: MessageKey, words?: Words) => string;
  money: (amount: string) => string;
  day: (date: string) => string;
  words: (text: string) => string;
}

/** What came of a contact, one line each: offers with amount and terms, promises with their day, the rest in words. */
export function resultRows(record: Pick<ContactDetailView, "outcomes" | "promises">, say: Say): ResultRow[] {
  return [...record.outcomes.map((outcome) => outcomeRow(outcome, say)), ...record.promises.map((promise) => promiseRow(promise, say))];
}

const labels = {
  offer: "contacts.detail.offer",
  amount: "contacts.detail.claim",
  date: "contacts.detail.date",
  refusal: "contacts.detail.refusal",
  threat: "contacts.detail.threat",
  promise: "contacts.detail.promised",
  third_party_contacted: "contacts.detail.third",
  information: "contacts.detail.information",
  nothing: "contacts.detail.nothing",
} as const;

function outcomeRow(outcome: OutcomeForm, { t, money, day, words }: Say): ResultRow {
  const { kind, amount, terms, on, text } = outcome;
  const priced = amount == null ? undefined : terms == null ? money(amount) : t("contacts.detail.offerTerms", { n: terms, amount: money(amount) });
  const said = [priced, on == null ? undefined : day(on), text == null ? undefined : words(text)].filter((part) => part !== undefined);
  return { label: t(labels[kind]), text: said.join(t("contacts.comma")) };
}

function promiseRow({ by, what, due }: PromiseForm, { t, day, words }: Say): ResultRow {
  const label = by === "lender_staff" ? t("contacts.detail.promised") : t("contacts.detail.promisedBy", { who: t(`contacts.roles.${by}`) });
  const text = due == null ? words(what) : `${words(what)}${t("contacts.comma")}${t("contacts.detail.until", { day: day(due) })}`;
  return { label, text };
}

/** What only this kind of record has, besides its text: every field that is filled, in the order of the record; what is `said` elsewhere on the page is not said again. */
export function detailRows(details: ContactDetailView["details"], { t, money, fullDay }: Pick<Say, "t" | "money"> & { fullDay: (date: string) => string }, yesNo: (value: boolean) => string, said: (string | null | undefined)[] = []): ResultRow[] {
  const elsewhere = new Set(["kind", "body", "transcript", "status", "duration_s"]);
  return Object.entries(details).flatMap(([name, value]) => {
    if (elsewhere.has(name) || value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0) || said.includes(String(value))) return [];
    const text = Array.isArray(value) ? value.join("\n") : typeof value === "boolean" ? yesNo(value) : readable(name, String(value), money, fullDay);
    return [{ label: t(`contacts.detail.fields.${name}` as MessageKey), text }];
  });
}

/** An instant as a day and a time, a day as a day, an amount as an amount; anything else as it was typed. */
function readable(name: string, value: string, money: Say["money"], fullDay: (date: string) => string): string {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}):\d{2}\S*)?$/.exec(value) ?? [];
  if (date !== undefined) return time === undefined ? fullDay(date) : `${fullDay(date)} ${time}`;
  return name === "amount" ? money(value) : value;
}

/** The words of the record itself: a message's text, or what was noted of a call. */
export function textOf(details: ContactDetailView["details"]): string {
  if (details.kind === "call") return details.transcript ?? "";
  return "body" in details ? details.body : "";
}
