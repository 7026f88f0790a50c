import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { RouterView } from "vue-router";
import { expect, it } from "vitest";
import { nextTick } from "vue";
import { sampleCommands } from "@/dev";
import { household as invented } from "@/dev/household";
import { hasMessage, i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";
import type { Commands, ExplainRequest, HomeView } from "@/ipc/types";
import DisclosureCard from "@/pages/loans/detail/DisclosureCard.vue";
import ForecastCard from "@/pages/home/ForecastCard.vue";
import LimitationNotice from "@/pages/loans/limitation/LimitationNotice.vue";
import Obstacle from "@/pages/plans/studio/Obstacle.vue";
import OfferEffect from "@/pages/plans/cases/OfferEffect.vue";
import { makeRouter } from "@/router";
import { useSession } from "@/stores/session";
import { household, show } from "./harness";

/** Commands of the invented household whose derivations are asked of this list. */
function watched(change: Partial<Commands> = {}): ExplainRequest[] {
  const asked: ExplainRequest[] = [];
  const explain = async (request: ExplainRequest) => {
    asked.push(request);
    const step = { formula: "stated", inputs: [{ name: "stated", called: null, value: "1.00" }], rule: null, rounding: null, value: "1.00" };
    return { status: "ok", data: { path: request.path, value: "1.00", steps: [step], rules: [] } };
  };
  serveFrom({ ...sampleCommands(new URLSearchParams()), explain, ...change } as unknown as Commands);
  return asked;
}

async function open(path: string): Promise<{ page: VueWrapper; asked: ExplainRequest[] }> {
  const pinia = household();
  const asked = watched();
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  const router = makeRouter();
  await useSession(pinia).refresh();
  await router.push(path);
  const page = mount(RouterView, { attachTo: "#place", global: { plugins: [pinia, i18n, router] } });
  for (let turn = 0; turn < 4; turn += 1) {
    await flushPromises();
    await new Promise((done) => setTimeout(done, 20));
  }
  return { page, asked };
}

/** The sheet opened last. */
const sheet = () => [...document.querySelectorAll<HTMLElement>("[role=dialog]")].at(-1) as HTMLElement;

/** Presses what explains `path`; the sheet is about that very figure, in words, and asks for its derivation. */
async function press(page: VueWrapper, asked: ExplainRequest[], path: string, shown: string): Promise<ExplainRequest> {
  const button = page.get<HTMLElement>(`[data-explains="${path}"]`);
  await button.trigger("click");
  await flushPromises();
  await nextTick();
  const last = asked.at(-1);
  expect(last?.path, `${path} is asked for`).toBe(path);
  expect(sheet().textContent, `${path} is told on its sheet`).toContain(shown);
  expect(sheet().textContent?.startsWith("怎么算的"), `${path} has a name`).toBe(false);
  if (last === undefined) throw new Error(path);
  return last;
}
const grouped = (amount: string) => amount.replace(/\B(?=(\d{3})+(?!\d))/g, ",");

it("every due of the coming weeks and every point of the path says how it came about", async () => {
  const { page, asked } = await open("/");
  const home = invented(false).home;
  const few = home.upcoming.slice(0, 3);
  expect(few.length).toBeGreaterThan(0);
  for (const [index, due] of few.entries()) {
    const request = await press(page, asked, `upcoming[${index}].amount`, grouped(due.amount));
    expect(request.shown_on).toEqual({ page: "home" });
  }
  // The row still leads to its loan.
  expect(page.find("[data-testid=due] a").attributes("href")).toContain(few[0]?.loan_id);
  await page.get("[data-testid=path] .switch").trigger("click");
  const points = home.path?.points ?? [];
  await press(page, asked, "path.total", grouped(home.path?.total ?? ""));
  await press(page, asked, `path.points[${points.length - 1}].left`, "0.00");
});

it("what is owed on each loan of the list says how it came about, and the card still leads to the loan", async () => {
  const { page, asked } = await open("/loans");
  const cards = page.findAll("[data-testid=loan]");
  const loans = invented(false).home.loans;
  expect(cards).toHaveLength(loans.length);
  for (const card of cards) {
    await card.get("[data-explains]").trigger("click");
    await flushPromises();
    await nextTick();
    const of = loans.find((one) => one.card.name === card.attributes("data-name"))?.card;
    expect(asked.at(-1)).toEqual({ shown_on: { page: "loan", loan_id: of?.id }, path: "statement.outstanding.total" });
    expect(sheet().textContent).toContain(grouped(of?.owed ?? "?"));
    expect(card.get("a").attributes("href")).toContain(of?.id);
  }
});

it("a plan's balance says month by month how it came about", async () => {
  const { page, asked } = await open("/plans/studio");
  await page.get("[data-testid=plan-balance] .switch").trigger("click");
  const cells = page.findAll("[data-testid=plan-balance] [data-explains]");
  expect(cells.length).toBeGreaterThan(3);
  const paths = cells.map((cell) => cell.attributes("data-explains") ?? "");
  expect(paths[0]).toBe("plans[0].paid");
  expect(paths.slice(1).every((path, index) => path === `plans[0].loads[${index}].left`)).toBe(true);
  const last = cells.at(-1);
  await last?.trigger("click");
  await flushPromises();
  await nextTick();
  expect(asked.at(-1)?.path).toBe(paths.at(-1));
  expect(asked.at(-1)?.shown_on.page).toBe("studio");
  expect(sheet().textContent).toContain("0.00");
});

it("the least that a forecast leaves says how it came about, covered or not", async () => {
  const forecast = invented(false).home.forecast as NonNullable<HomeView["forecast"]>;
  const pinia = household();
  const asked = watched();
  const enough = { ...forecast, breaks: [], count: 0, lowest: "123.45", lowest_on: "2026-12-20" };
  const calm = show(ForecastCard, { props: { forecast: enough } }, pinia).wrapper;
  expect(calm.text()).toContain("都够付");
  await press(calm, asked, "forecast.lowest", "123.45");
  const short = { ...forecast, count: 2, lowest: "-2345.60", lowest_on: "2027-01-20" };
  const { wrapper } = show(ForecastCard, { props: { forecast: short } }, pinia);
  await press(wrapper, asked, "forecast.lowest", "2,345.60");
  await press(wrapper, asked, "forecast.breaks[0].short", grouped(forecast.breaks[0]?.short ?? ""));
});

it("what would help where there is no plan says what was tried", async () => {
  const pinia = household();
  const asked = watched();
  const obstacle = {
    month: "2027-01", needed: "5000.00", available: "4000.00", because: [], smallest_extra_capacity: "175.00", enough_monthly: "3175.00",
    smallest_waiver_loan: "戊借", smallest_waiver_loan_id: "loan-5", smallest_waiver: "900.00", enough_waiver: "900.00",
  };
  const studio = { shownOn: { page: "studio", request: {} }, settings: {}, loan: () => ({}) };
  const { wrapper } = show(Obstacle as never, { props: { obstacle, studio } as never }, pinia);
  await press(wrapper, asked, "obstacle.enough_monthly", "3,175.00");
  await press(wrapper, asked, "obstacle.smallest_waiver", "900.00");
  expect(sheet().textContent).toContain("戊借");
});

it("every figure of what an offer comes to says how it came about, where it was made and while it is made", async () => {
  const effect = {
    loan_id: "loan-5", rows: [{ due: "2026-12-28", amount: "500.00" }], total: "12000.00", claimed: {}, waived: "30.00", saving: "-20.00", open: "0.00",
    peak_month: "500.00", end: "2028-11", xirr: "-0.012", revived: "0.00", fits_all: false,
    first_break: { loan_name: "甲贷", due: "2026-12-25", short: "77.00" }, limitation: { step: "repayment_plan" },
    findings: [{ code: "not_sustainable", amount: null }],
  };
  const wanted = { "rows[0].amount": "500.00", total: "12,000.00", saving: "20.00", waived: "30.00", peak_month: "500.00", xirr: "1.2", "first_break.short": "77.00" };
  for (const [at, on] of [
    ["effect.", { page: "offer", proposal_id: "p-1" }],
    ["", { page: "new_offer", request: { loan_id: "loan-5" } }],
  ] as const) {
    const pinia = household();
    const asked = watched();
    const { wrapper } = show(OfferEffect as never, { props: { effect, on, at } as never }, pinia);
    for (const [path, shown] of Object.entries(wanted)) {
      const request = await press(wrapper, asked, `${at}${path}`, shown);
      expect(request.shown_on).toEqual(on);
    }
  }
});

it("the last day after an act says how it was counted", async () => {
  const effect = {
    loan_id: "loan-3", loan_name: "丙分期", step: "payment", state: "running", ends: "2028-01-05", change: "restarts", ends_after: "2029-11-18",
    consult: false, warn: true, rule: { id: "LIM", title: "部分履行", title_en: "Part payment", source: "法释〔2020〕17号", as_of: "2026-11-01", stale: false, own: false },
  };
  const pinia = household();
  const asked = watched({ limitationEffect: async () => ({ status: "ok", data: effect }) } as unknown as Partial<Commands>);
  const { wrapper } = show(LimitationNotice, { props: { loanId: "loan-3", step: "payment" } }, pinia);
  await flushPromises();
  const request = await press(wrapper, asked, "ends_after", "2029");
  expect(request.shown_on).toEqual({ page: "limitation_effect", loan_id: "loan-3", step: "payment" });
  for (const of of ["limitationAfter", "left", "pathTotal", "lowest", "due", "cardOwed", "offerRate"]) expect(hasMessage(`explain.of.${of}.title`)).toBe(true);
});

it("fees beside their disclosure sheet say how they came about", async () => {
  const disclosure = {
    rule: { id: "DISC-2026", title: "综合融资成本明示表", title_en: "Disclosure sheet", source: "金规", as_of: "2026-11-01", stale: false, own: false },
    verdict: "beyond",
    fees: [
      { kind: "guarantee_fee", charged: "480.00", disclosed: "240.00", beyond: "240.00" },
      { kind: "service_fee", charged: "300.00", disclosed: null, beyond: null },
    ],
  };
  const pinia = household();
  const asked = watched();
  const on = { page: "loan", loan_id: "loan-9" };
  const { wrapper } = show(DisclosureCard as never, { props: { disclosure, on, loan: "loan-9", closed: false } as never }, pinia);
  expect(wrapper.text()).toContain("超出明示表");
  for (const [path, shown] of [["fees[0].charged", "480.00"], ["fees[0].disclosed", "240.00"], ["fees[0].beyond", "240.00"], ["fees[1].charged", "300.00"]]) {
    const request = await press(wrapper, asked, `disclosure.${path}`, shown ?? "");
    expect(request.shown_on).toEqual(on);
  }
  expect(wrapper.find('[data-explains="disclosure.fees[1].disclosed"]').exists()).toBe(false);
});
