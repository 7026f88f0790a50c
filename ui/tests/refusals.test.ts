import { flushPromises, mount } from "@vue/test-utils";
import type { Component } from "vue";
import { RouterView } from "vue-router";
import { expect, it } from "vitest";
import { sampleCommands } from "@/dev";
import { i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";
import type { AppError, Commands, LetterView, PaymentView, RuleRowView } from "@/ipc/types";
import ReturnPayment from "@/pages/keep/ReturnPayment.vue";
import VoidPayment from "@/pages/loans/detail/VoidPayment.vue";
import ChangeRule from "@/pages/me/rules/ChangeRule.vue";
import AnswerLetter from "@/pages/plans/letters/AnswerLetter.vue";
import SendLetter from "@/pages/plans/letters/SendLetter.vue";
import { makeRouter } from "@/router";
import { useSession } from "@/stores/session";
import { household } from "./harness";

/** A refusal is said at its field, in Chinese, with the focus there; nothing typed is gone, and what is corrected goes through. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn += 1) {
    await flushPromises();
    await new Promise((done) => setTimeout(done, 20));
  }
};

/** The invented household, in which `command` refuses `field` the first time it is asked and never again. */
function refusing(command: string, field: string | null, code: string) {
  const pinia = household();
  const asked: unknown[][] = [];
  serveFrom({
    ...sampleCommands(new URLSearchParams()),
    listDeadlineRules: async () => ({ status: "ok", data: { rules: [{ id: "DL-PAYMENT-ORDER", title: "支付令异议", title_en: "Payment order" }] } }),
    sendingWarnings: async () => ({ status: "ok", data: [] }),
    draft: async () => ({ status: "ok", data: null }),
    keepDraft: async () => ({ status: "ok", data: null }),
    [command]: async (...request: unknown[]) => {
      asked.push(request);
      const error = { code, field, message: "refused", hints: [] } as unknown as AppError;
      return asked.length === 1 ? { status: "error", error } : { status: "ok", data: { id: "1", loans: [] } };
    },
  } as unknown as Commands);
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  return { pinia, asked, router: makeRouter() };
}

const field = (name: string) => {
  const found = document.querySelector<HTMLInputElement>(`[name='${name}']`);
  if (found === null) throw new Error(`no field ${name}`);
  return found;
};
async function type(name: string, text: string): Promise<void> {
  const found = field(name);
  found.value = text;
  found.dispatchEvent(new Event("input", { bubbles: true }));
  await flushPromises();
  found.dispatchEvent(new Event("blur"));
  await settled();
}
async function press(id: string): Promise<void> {
  const button = document.querySelector<HTMLElement>(`[data-testid='${id}']`);
  if (button === null) throw new Error(`no button ${id}`);
  const form = button.getAttribute("form");
  // The window's button submits its form from outside; here that is done for it.
  if (form !== null) document.getElementById(form)?.dispatchEvent(new Event("submit", { cancelable: true }));
  else button.click();
  await settled();
}

interface Case {
  at: string | [Component, Record<string, unknown>];
  command: string;
  refused: string;
  code: string;
  name: string;
  first?: [name: string, text: string][];
  text: string;
  save: string;
}
const letter = { id: "letter-1", loan_id: null } as LetterView;
const payment = { id: "p1", on: "2026-11-02", amount: "100.00" } as PaymentView;
const row = { id: "DL-PAYMENT-ORDER", built_in: "15", value: "15", unit: "days", own: null } as unknown as RuleRowView;
const cases: Case[] = [
  { at: "/loans/loan-1/pay", command: "addPayment", refused: "amount", code: "amount_not_positive", name: "amount", first: [["amount", "0"]], text: "100", save: "save" },
  { at: "/plans/deadlines/add", command: "addDeadline", refused: "reference", code: "field_too_long", name: "reference", first: [["reference", "很长"]], text: "短", save: "save" },
  { at: "/plans/cases/loan-1/offer", command: "addProposal", refused: "terms.0.terms", code: "count_out_of_range", name: "terms", first: [["terms", "900"]], text: "24", save: "save-offer" },
  { at: "/plans/cases/loan-1/offer", command: "addProposal", refused: "terms.1.months", code: "count_out_of_range", name: "deferral", first: [["terms", "12"], ["deferral", "900"]], text: "2", save: "save-offer" },
  { at: "/plans/hardship", command: "setHardship", refused: "since", code: "date_order", name: "since", first: [["what", "裁员"], ["since", "2026-11-18"]], text: "2026-09-01", save: "save-hardship" },
  { at: [SendLetter, { letter, open: true }], command: "letterSent", refused: "reference", code: "field_too_long", name: "reference", text: "EMS 1", save: "record-sent" },
  { at: [AnswerLetter, { letter, open: true }], command: "letterAnswered", refused: "note", code: "field_too_long", name: "answer-note", text: "同意", save: "record-answer" },
  { at: [VoidPayment, { payment, open: true }], command: "voidPayment", refused: "reason", code: "field_missing", name: "reason", text: "记错了", save: "void-now" },
  { at: [ReturnPayment, { payment, open: true }], command: "returnPayment", refused: "reason", code: "field_missing", name: "reason", text: "退回", save: "return-now" },
  { at: [ChangeRule, { row, withdraw: false, title: "支付令异议", open: true }], command: "setOwnRule", refused: "note", code: "field_missing", name: "note", text: "法院通知书", save: "save-rule" },
];

it.each(cases)("$command refused at $refused says so at $name and goes through once corrected", async ({ at, command, refused, code, name, first, text, save }) => {
  const { pinia, asked, router } = refusing(command, refused, code);
  await useSession(pinia).refresh();
  const global = { plugins: [pinia, i18n, router] };
  if (typeof at === "string") await router.push(at);
  const page = typeof at === "string" ? mount(RouterView, { attachTo: "#place", global }) : mount(at[0], { props: at[1], attachTo: "#place", global });
  await settled();
  for (const [before, words] of first ?? []) await type(before, words);
  const typed = field(name).value;
  await press(save);
  expect(asked, "asked once").toHaveLength(1);
  const wrong = field(name);
  expect([wrong.getAttribute("aria-invalid"), wrong.value]).toEqual(["true", typed]);
  const said = document.getElementById(wrong.getAttribute("aria-describedby")?.split(" ")[0] ?? "");
  expect(said?.textContent ?? "").toMatch(/[\u4e00-\u9fff]/);
  expect(document.activeElement?.getAttribute("name"), "the focus is at the field").toBe(name);
  await type(name, text);
  await press(save);
  expect(asked, "a corrected field does not hold the form back").toHaveLength(2);
  page.unmount();
});

it("a refusal about a field that is not on the page stands above the form", async () => {
  const { pinia, router } = refusing("addProposal", "terms.3.rate", "rate_out_of_range");
  await useSession(pinia).refresh();
  await router.push("/plans/cases/loan-1/offer");
  const page = mount(RouterView, { attachTo: "#place", global: { plugins: [pinia, i18n, router] } });
  await settled();
  await type("terms", "12");
  await press("save-offer");
  expect(document.querySelector("form [role=alert]")?.textContent).toMatch(/利率超出范围/);
  page.unmount();
});

it("what cannot be read in a field of a fee is not left out in silence", async () => {
  const { pinia, asked, router } = refusing("previewBorrowing", null, "unexpected");
  await useSession(pinia).refresh();
  await router.push("/loans/borrow");
  const page = mount(RouterView, { attachTo: "#place", global: { plugins: [pinia, i18n, router] } });
  await settled();
  await type("received", "十万");
  await press("compute");
  expect([asked.length, document.activeElement?.getAttribute("name")]).toEqual([0, "received"]);
  page.unmount();
});
