import type { Component } from "vue";
import { expect, it } from "vitest";
import type { AppError, RuleRowView } from "@/ipc/types";
import ReturnPayment from "@/pages/keep/ReturnPayment.vue";
import VoidPayment from "@/pages/loans/detail/VoidPayment.vue";
import ChangeRule from "@/pages/me/rules/ChangeRule.vue";
import AnswerLetter from "@/pages/plans/letters/AnswerLetter.vue";
import SendLetter from "@/pages/plans/letters/SendLetter.vue";
import { field, letter, payment, press, serve, type } from "./filling";

// A refusal is said at its field, in Chinese, with the focus there; nothing typed is gone, and what is corrected goes through.

/** The invented household, in which `command` refuses `field` the first time it is asked and never again. */
function refusing(command: string, field: string | null, code: string) {
  const asked: unknown[][] = [];
  const answer = async (...request: unknown[]) => {
    asked.push(request);
    const error = { code, field, message: "refused", hints: [] } as unknown as AppError;
    return asked.length === 1 ? { status: "error", error } : { status: "ok", data: { id: "1", loans: [] } };
  };
  return { asked, ...serve({ [command]: answer }) };
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
  /** A part of what is said, where the sentence is the page's own. */
  says?: string;
}
const row = { id: "DL-PAYMENT-ORDER", built_in: "15", value: "15", unit: "days", own: null } as unknown as RuleRowView;
const cases: Case[] = [
  { at: "/loans/loan-1/pay", command: "addPayment", refused: "amount", code: "amount_not_positive", name: "amount", first: [["amount", "0"]], text: "100", save: "save" },
  { at: "/plans/deadlines/add", command: "addDeadline", refused: "reference", code: "field_too_long", name: "reference", first: [["reference", "很长"]], text: "短", save: "save" },
  { at: "/plans/cases/loan-1/offer", command: "addProposal", refused: "terms.0.terms", code: "count_out_of_range", name: "terms", first: [["terms", "900"]], text: "24", save: "save-offer" },
  { at: "/plans/cases/loan-1/offer", command: "addProposal", refused: "terms.1.months", code: "count_out_of_range", name: "deferral", first: [["terms", "12"], ["deferral", "900"]], text: "2", save: "save-offer" },
  { at: "/plans/cases/loan-1/offer", command: "addProposal", refused: "waived.interest", code: "amount_out_of_range", name: "waived_interest", first: [["terms", "12"], ["waived_interest", "90000"]], text: "5", save: "save-offer", says: "比现在欠的这一项多" },
  { at: "/plans/cases/loan-1/parties", command: "setLoanParties", refused: "parties.role", code: "bad_request", name: "role", first: [["name", "某担保公司"]], text: "guarantor", save: "add-party", says: "只能有一家" },
  { at: "/plans/hardship", command: "setHardship", refused: "since", code: "date_order", name: "since", first: [["what", "裁员"], ["since", "2026-11-18"]], text: "2026-09-01", save: "save-hardship" },
  { at: [SendLetter, { letter, open: true }], command: "letterSent", refused: "reference", code: "field_too_long", name: "reference", text: "EMS 1", save: "record-sent" },
  { at: [AnswerLetter, { letter, open: true }], command: "letterAnswered", refused: "note", code: "field_too_long", name: "answer-note", text: "同意", save: "record-answer" },
  { at: [VoidPayment, { payment, open: true }], command: "voidPayment", refused: "reason", code: "field_missing", name: "reason", text: "记错了", save: "void-now" },
  { at: [ReturnPayment, { payment, open: true }], command: "returnPayment", refused: "reason", code: "field_missing", name: "reason", text: "退回", save: "return-now" },
  { at: [ChangeRule, { row, withdraw: false, title: "支付令异议", open: true }], command: "setOwnRule", refused: "note", code: "field_missing", name: "note", text: "法院通知书", save: "save-rule" },
];

it.each(cases)("$command refused at $refused says so at $name and goes through once corrected", async ({ at, command, refused, code, name, first, text, save, says = "" }) => {
  const { asked, show } = refusing(command, refused, code);
  const page = await show(at);
  for (const [before, words] of first ?? []) await type(before, words);
  const typed = field(name).value;
  await press(save);
  expect(asked, "asked once").toHaveLength(1);
  const wrong = field(name);
  expect([wrong.getAttribute("aria-invalid"), wrong.value]).toEqual(["true", typed]);
  const said = document.getElementById(wrong.getAttribute("aria-describedby")?.split(" ")[0] ?? "");
  expect(said?.textContent ?? "").toMatch(/[\u4e00-\u9fff]/);
  expect(said?.textContent).toContain(says);
  expect(document.activeElement?.getAttribute("name"), "the focus is at the field").toBe(name);
  await type(name, text);
  await press(save);
  expect(asked, "a corrected field does not hold the form back").toHaveLength(2);
  page.unmount();
});

it("a refusal about a field that is not on the page stands above the form", async () => {
  const { show } = refusing("addProposal", "terms.3.rate", "rate_out_of_range");
  const page = await show("/plans/cases/loan-1/offer");
  await type("terms", "12");
  await press("save-offer");
  expect(document.querySelector("form [role=alert]")?.textContent).toMatch(/利率超出范围/);
  page.unmount();
});

it("what cannot be read in a field of a fee is not left out in silence", async () => {
  const { asked, show } = refusing("previewBorrowing", null, "unexpected");
  const page = await show("/loans/borrow");
  await type("received", "十万");
  await press("compute");
  expect([asked.length, document.activeElement?.getAttribute("name")]).toEqual([0, "received"]);
  page.unmount();
});
