import type { MessageKey, Words } from "@/i18n";
import { groupYuan } from "@/text/amount";
import type { Draft, Said } from "./draft";
import { fieldsOf } from "./kinds";

type Say = (key: MessageKey, words?: Words) => string;

const short = (text: string): string => {
  const line = text.trim().replace(/\s+/g, " ");
  const letters = Array.from(line);
  return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : line;
};

/**
 * One line that says what came of it, for whoever has no time to write one: the offer before a promise, a threat before
 * who called. `loan` names the other side while nothing better is known.
 */
export function suggestSummary(draft: Draft, t: Say, day: (date: string) => string, loan?: string): string {
  const order = ["offer", "amount", "threat", "third_party_contacted", "refusal", "promise", "date"];
  const first = [...draft.said].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).find((said) => sentence(said, draft, t, day) !== undefined);
  const result = first && sentence(first, draft, t, day);
  if (result !== undefined) return result;
  const who = [draft.organisation, loan ?? "", draft.name].map((text) => text.trim()).find((text) => text !== "") ?? t("contacts.suggest.someone");
  const text = short(draft.subject.trim() === "" ? draft.text : draft.subject);
  const out = draft.direction === "outgoing";
  switch (draft.kind) {
    case "call":
      if (out) return t("contacts.suggest.callOut", { who });
      return t(draft.status === "missed" ? "contacts.suggest.callInMissed" : "contacts.suggest.callIn", { who });
    case "sms":
      return t(out ? "contacts.suggest.smsOut" : "contacts.suggest.smsIn", { who, text }).replace(/[:：]\s*$/, "");
    case "email":
      return t(out ? "contacts.suggest.emailOut" : "contacts.suggest.emailIn", { who, text }).replace(/[:：]\s*$/, "");
    case "note":
      return text;
    default: {
      const kind = t(`contacts.kinds.${draft.kind}`);
      const told = text === "" ? fieldsOf(draft.kind).map(([name]) => short(draft.extra[name] ?? "")).find((line) => line !== "") : text;
      return told === undefined ? t("contacts.suggest.kindOnly", { kind, who }) : t("contacts.suggest.kindText", { kind, text: told });
    }
  }
}

function sentence(said: Said, draft: Draft, t: Say, day: (date: string) => string): string | undefined {
  const text = short(said.text);
  switch (said.kind) {
    case "offer": {
      if (said.amount === "") return text === "" ? undefined : text;
      const amount = groupYuan(said.amount);
      if (said.terms === undefined) return t("contacts.suggest.offerAmount", { amount });
      const how = draft.confirmation === "oral" ? "offerOral" : draft.confirmation === "written" ? "offerWritten" : "offer";
      return t(`contacts.suggest.${how}`, { n: said.terms, amount });
    }
    case "amount":
      return said.amount === "" ? undefined : t("contacts.suggest.claim", { amount: groupYuan(said.amount) });
    case "promise":
      return text === "" ? undefined : t("contacts.suggest.promise", { text });
    case "refusal":
      return text === "" ? t("contacts.suggest.refusalPlain") : t("contacts.suggest.refusal", { text });
    case "threat":
      return text === "" ? t("contacts.suggest.threatPlain") : t("contacts.suggest.threat", { text });
    case "third_party_contacted":
      return text === "" ? t("contacts.suggest.thirdPlain") : t("contacts.suggest.third", { text });
    case "date":
      return said.on === "" ? t("contacts.suggest.datePlain") : t("contacts.suggest.date", { day: day(said.on) });
    default:
      return text === "" ? undefined : text;
  }
}
