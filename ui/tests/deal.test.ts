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
