import { mount } from "@vue/test-utils";
import type { Component } from "vue";
import { expect, it } from "vitest";
import ReturnPayment from "@/pages/keep/ReturnPayment.vue";
import VoidPayment from "@/pages/loans/detail/VoidPayment.vue";
import AnswerLetter from "@/pages/plans/letters/AnswerLetter.vue";
import OwnParticulars from "@/pages/plans/letters/OwnParticulars.vue";
import ProveLetter from "@/pages/plans/letters/ProveLetter.vue";
import SendLetter from "@/pages/plans/letters/SendLetter.vue";
import SpokenYes from "@/pages/plans/offers/SpokenYes.vue";
import { useSession } from "@/stores/session";
import { field, letter, ok, payment, serve, settled, type } from "./filling";

// Nothing that was typed is lost when a page is left, and nothing is kept that nobody typed.

/** The invented household with a vault that keeps drafts by name, seen from outside. */
function keeping() {
  const kept = new Map<string, string>();
  const served = serve({
    borrower: async () => ok({ name: null, id_number: null, phone: null, address: null, email: null }),
    draft: async (name: string) => ok(kept.get(name) ?? null),
    keepDraft: async (name: string, text: string | null) => {
      if (text === null) kept.delete(name);
      else kept.set(name, text);
      return ok(null);
    },
  });
  return { kept, ...served };
}

const pages: [path: string, name: string, text: string][] = [
  ["/plans/agree?loan=loan-1", "creditor", "戊山小额贷款有限公司"],
  ["/plans/cases/loan-1/parties", "known_by", "合同第一页"],
  ["/plans/cases/loan-1/offer", "note", "十月以后能多还"],
  ["/plans/check?loan=loan-1", "payee", "某某公司"],
  ["/plans/hardship", "what", "公司裁员"],
  ["/plans/capacity", "buffer", "300.00"],
  ["/plans/deadlines/add", "reference", "（2026）X 民初 1 号"],
  ["/loans/new", "app", "己分期"],
  ["/loans/loan-1/amend", "reason", "首期写错了"],
  ["/loans/loan-1/pay", "amount", "123.45"],
  ["/loans/loan-1/close", "note", "谈好了"],
  ["/plans/offers", "note", "年底前能多还"],
  ["/contacts/contact-2/correct", "summary", "说的是 24 期"],
];

it.each(pages)("%s keeps what was typed into %s", async (path, name, text) => {
  const { kept, router, show } = keeping();
  const page = await show(path);
  await router.push("/me");
  await settled();
  expect([...kept.keys()], "what the program filled in itself is not kept").toEqual([]);
  await router.push(path);
  await settled();
  await type(name, text);
  await router.push("/me");
  await settled();
  expect(document.querySelector(`[name='${name}']`)).toBeNull();
  await router.push(path);
  await settled();
  expect(field(name).value).toBe(text);
  page.unmount();
});

const parts: [part: Component, props: Record<string, unknown>, name: string, text: string][] = [
  [SendLetter, { letter, open: true }, "reference", "EMS 123"],
  [AnswerLetter, { letter, open: true }, "answer-note", "同意分期"],
  [OwnParticulars, {}, "borrower-name", "王五"],
  [VoidPayment, { payment, open: true }, "reason", "记错了"],
  [ReturnPayment, { payment, open: true }, "reason", "卡号不对"],
  [ProveLetter, { letter, sentAt: "2026-11-10T09:00:00+08:00" }, "proof-reference", "EMS 9"],
  [SpokenYes, { proposal: "proposal-1", loan: "loan-1", title: "对方口头同意了", since: "2026-11-10T09:00:00+08:00", open: true }, "yes-note", "可以分期"],
];

it.each(parts)("a form within a page keeps what was typed", async (part, props, name, text) => {
  const { pinia, global } = keeping();
  await useSession(pinia).refresh();
  const shown = () => mount(part, { props, attachTo: "#place", global });
  let form = shown();
  await settled();
  await type(name, text);
  form.unmount();
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  form = shown();
  await settled();
  expect(field(name).value).toBe(text);
  form.unmount();
});

it("what came back can be thrown away", async () => {
  const { kept, show } = keeping();
  kept.set("deadline", JSON.stringify({ rule: "DL-PAYMENT-ORDER", startsOn: "2026-11-01", loan: "", reference: "旧的", note: "" }));
  const page = await show("/plans/deadlines/add");
  expect(field("reference").value).toBe("旧的");
  await page.get("[data-testid='draft-discard']").trigger("click");
  await settled();
  expect([field("reference").value, kept.size, page.find("[data-testid='draft-back']").exists()]).toEqual(["", 0, false]);
  page.unmount();
});

it("what was typed is kept after a moment, and what was taken back is not", async () => {
  const { kept, show } = keeping();
  const page = await show("/plans/deadlines/add");
  await type("reference", "（2026）X 民初 1 号");
  expect(kept.size).toBe(0);
  await new Promise((done) => setTimeout(done, 450));
  expect([...kept.keys()]).toEqual(["deadline"]);
  await type("reference", "");
  await new Promise((done) => setTimeout(done, 450));
  expect(kept.size, "a form as it was given is no draft").toBe(0);
  page.unmount();
});
