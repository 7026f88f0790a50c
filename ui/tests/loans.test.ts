import { flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { sampleCommands } from "@/dev";
import { household as invented } from "@/dev/household";
import { i18n } from "@/i18n";
import { ask, serveFrom } from "@/ipc/client";
import type { Commands, PaymentSuggestion } from "@/ipc/types";
import AddPayment from "@/pages/loans/act/AddPayment.vue";
import AddLoan from "@/pages/loans/form/AddLoan.vue";
import { useExplain } from "@/pages/loans/useExplain";
import { routes } from "@/pages/loans/routes";
import { useSession } from "@/stores/session";
import { household } from "./harness";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

async function open(page: Parameters<typeof mount>[0], path: string, query = "", answers: Partial<Commands> = {}) {
  const pinia = household(query);
  if (Object.keys(answers).length > 0) serveFrom(new Proxy(sampleCommands(new URLSearchParams(query)), { get: (commands, name: keyof Commands) => answers[name] ?? commands[name] }));
  await useSession().refresh();
  const named = routes[0]?.children ?? [];
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: "/loans", component: { template: "<router-view />" }, children: named }, { path: "/:rest(.*)*", component: { template: "<p />" } }],
  });
  await router.push(path);
  document.body.innerHTML = '<div id="place"></div>';
  const wrapper = mount(page, { attachTo: "#place", global: { plugins: [pinia, i18n, router] } });
  await flushPromises();
  const field = (name: string) => wrapper.get<HTMLInputElement>(`[name='${name}']`);
  const type = async (values: Record<string, string>) => {
    for (const [name, value] of Object.entries(values)) await field(name).setValue(value);
  };
  const save = async () => {
    await wrapper.get("form").trigger("submit");
    await flushPromises();
    // The page that opens is loaded on demand.
    await vi.dynamicImportSettled();
    await flushPromises();
  };
  return { wrapper, router, field, type, save };
}

const plan = { app: "丙分期", received: "1.88万", payment: "1,375.70", terms: "18", terms_paid: "7", first_due: "2026-03-06" };

describe("recording a loan", () => {
  it("shows the yearly cost and what is overdue while it is typed, before it is saved", async () => {
    const { wrapper, type } = await open(AddLoan, "/loans/new");
    const { app: _, ...figures } = plan;
    await type(figures);
    expect(wrapper.find("[data-testid=preview-cost]").exists()).toBe(false);
    await vi.advanceTimersByTimeAsync(400);
    expect(wrapper.get("[data-testid=preview-cost]").text()).toBe("36.91%");
    expect(wrapper.get("[data-testid=preview-late]").text()).toBe("第 8、9 期");
    expect((await ask("listLoans")).loans).toHaveLength(6);
  });

  it("is stored as typed, and leads to the loan", async () => {
    const { router, type, save } = await open(AddLoan, "/loans/new");
    await type(plan);
    await save();
    const loans = (await ask("listLoans")).loans;
    expect(loans).toHaveLength(7);
    expect(router.currentRoute.value.fullPath).toBe(`/loans/${loans.at(-1)?.id}/owed`);
  });

  it("says what is wrong at the field it concerns and takes the focus there", async () => {
    const { field, type, save, wrapper } = await open(AddLoan, "/loans/new");
    await type({ ...plan, terms_paid: "19" });
    await save();
    expect(field("terms_paid").attributes("aria-invalid")).toBe("true");
    expect(wrapper.get("[role=alert]").text()).toBe("不会比总期数多，请核对。");
    expect(document.activeElement).toBe(field("terms_paid").element);
    expect((await ask("listLoans")).loans).toHaveLength(6);
  });

  it("does not send an optional amount that cannot be read as if it were blank", async () => {
    const { wrapper, field, type, save } = await open(AddLoan, "/loans/new");
    await type(plan);
    await wrapper.get("button[aria-expanded=false]").trigger("click");
    await type({ principal: "两万" });
    await field("principal").trigger("blur");
    await save();
    expect((await ask("listLoans")).loans).toHaveLength(6);
    expect(document.activeElement).toBe(field("principal").element);
  });

  it("goes on with an empty form after save and another", async () => {
    const { wrapper, field, type } = await open(AddLoan, "/loans/new");
    await type(plan);
    await wrapper.get("[data-testid=save-another]").trigger("click");
    await flushPromises();
    expect((await ask("listLoans")).loans).toHaveLength(7);
    expect(field("app").element.value).toBe("");
    expect(field("received").element.value).toBe("");
    expect(wrapper.text()).toContain("已记下丙分期");
  });
});

describe("a payment", () => {
  it("has what is due and today filled in, so that saving is all there is to do", async () => {
    const { router, field, save } = await open(AddPayment, "/loans/loan-2/pay");
    expect(field("amount").element.value).toBe("1,404.95");
    expect(field("on").element.value).toBe("2026-11-18");
    await save();
    expect((await ask("loan", "loan-2", null)).payments[0]).toMatchObject({ amount: "1404.95", on: "2026-11-18" });
    expect(router.currentRoute.value.name).toBe("loan-owed");
  });

  it("takes a receipt that waits, with what the same transfer paid on another loan", async () => {
    const part = (loan_id: string, amount: string) => ({ loan_id, loan_name: loan_id, amount, dues: [] });
    const receipt: PaymentSuggestion = {
      record_id: "R", on: "2026-11-17", amount: "2004.95", payee: "丙分期", channel: "银行卡", remark: null, loans: [], perhaps_recorded: false,
      candidates: [{ parts: [part("loan-2", "1404.95"), part("loan-3", "600.00")], confidence: "mid", score: 55, reasons: ["several_dues"] }],
    };
    const sent: unknown[] = [];
    const { wrapper, field, save } = await open(AddPayment, "/loans/loan-2/pay", "", {
      listSuggestions: async () => ({ status: "ok", data: { suggestions: [receipt] } }),
      addPayment: async (request) => (sent.push(request), { status: "error", error: { code: "io", message: "", field: null, hints: [] } }),
    });
    expect(wrapper.get("[data-testid=receipts]").text()).toContain("可能");
    await wrapper.get("[data-testid=take-receipt]").trigger("click");
    expect([field("amount").element.value, field("on").element.value, field("parts.0.amount").element.value]).toEqual(["2,004.95", "2026-11-17", "600.00"]);
    await save();
    expect(sent).toEqual([
      expect.objectContaining({ loan_id: "loan-2", amount: "2004.95", parts: [{ loan_id: "loan-3", amount: "600.00" }], channel: "银行卡", evidence_ids: ["R"] }),
    ]);
  });

  it("spells out no amount while amounts are hidden", async () => {
    const { wrapper, field } = await open(AddPayment, "/loans/loan-2/pay", "hide=1");
    expect(field("amount").element.value).toBe("");
    expect(wrapper.text()).not.toMatch(/\d[\d,]*\.\d\d/);
  });
});

describe("explanations", () => {
  const loan = Object.values(invented(false).loan).find((each) => each.card.name === "丙分期");
  if (loan === undefined || loan.cost === null) throw new Error("丙分期");
  const { cost, statement, contract } = loan;

  it("word the penalty with the figures of the statement", () => {
    household();
    const said = useExplain().bucket("penalty", statement, contract);
    expect(said.amount).toBe("37.51");
    expect(said.inputs?.[0]?.text).toBe("15.00% × 1.5 ÷ 360 = 0.0625%");
    expect(said.table?.rows).toEqual([
      ["第 8 期", "1,088.34", "43", "29.25"],
      ["第 9 期", "1,101.95", "12", "8.26"],
    ]);
  });

  it("list the parts of the cost, and their sum", () => {
    household();
    expect(useExplain().total(cost).table?.rows).toEqual([
      ["利息", "2,458.51"],
      ["放款时扣的服务费", "1,200.00"],
      ["担保费，18 期", "2,304.00"],
      ["合计", "5,962.51"],
    ]);
  });

  it("hide every amount while amounts are hidden", () => {
    household();
    useSession().toggleAmounts();
    const { amount: _, ...said } = useExplain().total(cost);
    expect(JSON.stringify(said)).not.toMatch(/\d\.\d\d/);
  });
});
