import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { RouterView } from "vue-router";
import { expect, it } from "vitest";
import { sampleCommands } from "@/dev";
import { i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";
import type { AddPartyRequest, CaseTaskView, Commands, PartyPlaceView, RecordAgreementRequest, SetLoanPartiesRequest } from "@/ipc/types";
import { makeRouter } from "@/router";
import { useSession } from "@/stores/session";
import { household } from "./harness";

/** Parties, tasks and what is seen before an agreement is recorded. */
const ok = <T,>(data: T) => ({ status: "ok" as const, data });
async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await flushPromises();
    await new Promise((done) => setTimeout(done, 20));
  }
}
const party: PartyPlaceView["party"] = { id: "p1", name: "戊借", legal_name: null, lender_kind: "unknown", aliases: [], contacts: [], licence: null, note: null };
const place: PartyPlaceView = { role: "current_creditor", share: null, since: null, known_by: "合同第一页", party, legitimacy: [] };

async function open(path: string, change: Partial<Commands>): Promise<VueWrapper> {
  const pinia = household();
  serveFrom({ ...sampleCommands(new URLSearchParams()), ...change } as Commands);
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  const router = makeRouter();
  await useSession(pinia).refresh();
  await router.push(path);
  const page = mount(RouterView, { attachTo: "#place", global: { plugins: [pinia, i18n, router] } });
  await settled();
  return page;
}
const at = (page: VueWrapper, id: string) => page.get(`[data-testid='${id}']`);
const commands = sampleCommands(new URLSearchParams());
async function caseWith(more: { parties?: PartyPlaceView[]; tasks?: CaseTaskView[] }) {
  const answer = await commands.caseOf("loan-1");
  if (answer.status !== "ok") throw new Error("no case");
  return { caseOf: async () => ok({ ...answer.data, ...more }) };
}

it("says what a party legally is, a funder's share and what there is to know about a channel", async () => {
  const asked: { parties?: SetLoanPartiesRequest; party: AddPartyRequest[] } = { party: [] };
  const page = await open("/plans/cases/loan-1/parties", {
    ...(await caseWith({ parties: [place] })),
    setLoanParties: async (request: SetLoanPartiesRequest) => {
      asked.parties = request;
      return ok([place]);
    },
    addParty: async (request: AddPartyRequest) => {
      asked.party.push(request);
      return ok(party);
    },
  } as unknown as Partial<Commands>);
  const known = page.get("details");
  expect(known.attributes("open"), "a creditor of unknown kind asks for it").toBeDefined();
  await known.get("[name='lender_kind']").setValue("micro_loan_co");
  await known.get("[name='legal_name']").setValue("戊山小额贷款有限公司");
  await known.get("[name='licence']").setValue("91500000MA0000000X");
  await known.get("[name='note']").setValue("注册在外地");
  await at(page, "save-party").trigger("click");
  await settled();
  expect(asked.party[0]).toMatchObject({ id: "p1", name: "戊借", lender_kind: "micro_loan_co", legal_name: "戊山小额贷款有限公司", licence: "91500000MA0000000X", note: "注册在外地" });

  const fresh = page.findAll("form").find((form) => form.find("[data-testid='add-party']").exists());
  await fresh?.get("[name='name']").setValue("己城银行股份有限公司");
  await fresh?.get("[name='role']").setValue("funder");
  await fresh?.get("[name='lender_kind']").setValue("bank");
  await fresh?.get("[name='share']").setValue("70");
  await fresh?.get("[name='since']").setValue("2026-06-28");
  await at(page, "add-party").trigger("click");
  await settled();
  expect(asked.parties?.parties.at(-1)).toEqual({ party_id: null, name: "己城银行股份有限公司", lender_kind: "bank", role: "funder", share: "0.7", since: "2026-06-28", known_by: null });

  await page.get("[name='value']").setValue("4000000000");
  await page.get("[name='hours']").setValue("9–18 点");
  await page.get("[name='channel_note']").setValue("转人工按 0");
  await at(page, "add-channel").trigger("click");
  await settled();
  expect(asked.party[1]?.contacts).toEqual([{ channel: "hotline", value: "4000000000", hours: "9–18 点", verified: null, note: "转人工按 0" }]);
});

it("a promise of the other side can be ticked off like a task", async () => {
  let finished = "";
  const promise: CaseTaskView = { id: "r1-0", loan_id: "loan-1", loan_name: "甲花", what: "两日内回电", by: "lender_staff", due: "2026-11-16", done: false, late: true, record_id: "r1" };
  const page = await open("/plans/cases/loan-1", {
    ...(await caseWith({ tasks: [promise] })),
    finishTask: async (id: string) => {
      finished = id;
      return ok({ tasks: [] });
    },
  } as unknown as Partial<Commands>);
  const button = page.findAll("button").find((each) => each.attributes("aria-label")?.includes("两日内回电"));
  await button?.trigger("click");
  await settled();
  expect(finished).toBe("r1-0");
});

it("shows whose account it is before an agreement is recorded", async () => {
  const page = await open("/plans/agree?loan=loan-1", {
    previewAgreement: async (request: RecordAgreementRequest) => {
      const flag = { id: "FR-PERSONAL", flag: "personal_payee", title: "收款方像个人或二维码", title_en: "The payee looks like a person", why: "只在官方 App 内还款", why_en: "Pay only inside the official app", spans: [] };
      return ok({ terms: 18, total: "12960.00", last_due: "2028-05-28", owed: "13844.40", fraud: request.payee === "张三丰" ? [flag] : [] });
    },
  } as unknown as Partial<Commands>);
  await page.get("[name='payment']").setValue("720");
  await page.get("[name='terms']").setValue("18");
  await page.get("[name='first_due']").setValue("2026-12-28");
  await settled();
  expect(page.find("[data-testid='agreement-fraud']").exists()).toBe(false);
  await page.get("[name='payee']").setValue("张三丰");
  await settled();
  expect(at(page, "agreement-fraud").text()).toContain("收款方像个人或二维码");
});

it("an offer whose dues differ is taken over as it is, or changed due by due", async () => {
  const answer = await commands.listProposals("loan-1");
  if (answer.status !== "ok" || answer.data.proposals[0] === undefined) throw new Error("no offer");
  const rows = ["300.00", "500.00", "700.00"].map((amount, n) => ({ due: `2027-0${n + 1}-28`, amount }));
  const uneven = { ...answer.data.proposals[0], terms: 3, monthly: "300.00", last: "700.00", rows, first_due: "2027-01-28", last_due: "2027-03-28", total: "1500.00" };
  const sent: RecordAgreementRequest[] = [];
  const page = await open(`/plans/agree?loan=loan-1&proposal=${uneven.id}`, {
    listProposals: async () => ok({ proposals: [uneven] }),
    recordAgreement: async (request: RecordAgreementRequest) => {
      sent.push(request);
      return { status: "error" as const, error: { code: "date_order", field: "rows.1.due", message: "", hints: [] } };
    },
  } as unknown as Partial<Commands>);
  const shown = at(page, "uneven-rows");
  expect(shown.text()).toContain("300.00");
  expect(shown.text()).toContain("700.00");
  expect(shown.text(), "between the first and the last it is counted").not.toContain("500.00");
  expect(page.text()).toContain("3 期");
  expect(page.find("[name='payment']").exists(), "no single amount stands for them").toBe(false);
  await at(page, "change-rows").trigger("click");
  await page.get("[name='row-amount-1']").setValue("450.00");
  await page.get("[data-forms] input[value='sms']").setValue();
  await at(page, "save-agreement").trigger("click");
  await settled();
  expect(sent[0]).toMatchObject({ proposal_id: uneven.id, payment: null, terms: null, rows: [rows[0], { ...rows[1], amount: "450.00" }, rows[2]] });
  expect(page.get("[name='row-due-1']").attributes("aria-invalid"), "the refusal stands at its due").toBe("true");
  await at(page, "even-rows").trigger("click");
  expect(at(page, "uneven-rows").text()).toContain("700.00");
  page.unmount();
});

it("a number that looks odd is said at its field and saved all the same", async () => {
  const asked: AddPartyRequest[] = [];
  const page = await open("/plans/cases/loan-1/parties", {
    ...(await caseWith({ parties: [place] })),
    addParty: async (request: AddPartyRequest) => {
      asked.push(request);
      return ok(party);
    },
  } as unknown as Partial<Commands>);
  const field = page.get("[name='value']");
  await field.trigger("focus");
  await field.setValue("139000022");
  expect(page.text(), "not while it is being typed").not.toContain("手机号是 11 位");
  await field.trigger("blur");
  const said = page.findAll("[role='status']").find((one) => one.text().includes("手机号是 11 位"));
  expect(field.attributes("aria-describedby")).toContain(said?.attributes("id") ?? "missing");
  expect(field.attributes("aria-invalid")).toBeUndefined();
  await at(page, "add-channel").trigger("click");
  await settled();
  expect(asked[0]?.contacts?.[0]).toMatchObject({ channel: "hotline", value: "139000022" });
  page.unmount();
});

it("a task is added to a case, and what is missing is said at its field", async () => {
  const asked: unknown[] = [];
  const page = await open("/plans/cases/loan-1", {
    ...(await caseWith({})),
    addTask: async (request: { what: string }) => {
      if (request.what === "") return { status: "error" as const, error: { code: "field_missing", field: "what", message: "", hints: [] } };
      asked.push(request);
      return ok({});
    },
  } as unknown as Partial<Commands>);
  await at(page, "add-task").trigger("click");
  await settled();
  const sheet = () => document.querySelector<HTMLElement>("[role=dialog]");
  const field = <E extends HTMLElement>(name: string) => sheet()?.querySelector<E>(`[name='${name}']`);
  sheet()?.querySelector<HTMLElement>("[data-testid='save-task']")?.click();
  await settled();
  expect(field("what")?.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(field("what"));
  const what = field<HTMLTextAreaElement>("what");
  if (what) {
    what.value = "把转账凭证发给对方";
    what.dispatchEvent(new Event("input"));
  }
  const due = field<HTMLInputElement>("due");
  if (due) {
    due.value = "2026-11-30";
    due.dispatchEvent(new Event("input"));
  }
  sheet()?.querySelector<HTMLElement>("[data-testid='save-task']")?.click();
  await settled();
  expect(asked).toEqual([{ loan_id: "loan-1", what: "把转账凭证发给对方", by: "user", due: "2026-11-30" }]);
  page.unmount();
});
