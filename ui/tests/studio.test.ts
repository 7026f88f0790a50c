import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { RouterView, type Router } from "vue-router";
import { expect, it } from "vitest";
import { sampleCommands } from "@/dev";
import { i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";
import type { Commands, PlanObjective, SavePlanRequest, StudioRequest } from "@/ipc/types";
import { makeRouter } from "@/router";
import { useSession } from "@/stores/session";
import { household } from "./harness";

const sample = (query = "") => sampleCommands(new URLSearchParams(query));

async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await flushPromises();
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** The studio in the whole window, with some commands watched. */
async function open(change: Partial<Commands> = {}, query = ""): Promise<{ page: VueWrapper; router: Router }> {
  const pinia = household(query);
  serveFrom({ ...sample(query), ...change } as Commands);
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  const router = makeRouter();
  await useSession(pinia).refresh();
  await router.push("/plans/studio");
  const page = mount(RouterView, { attachTo: "#place", global: { plugins: [pinia, i18n, router] } });
  await settled();
  return { page, router };
}
const at = (page: VueWrapper, id: string) => page.get(`[data-testid='${id}']`);
const cards = (page: VueWrapper) => page.findAll("[data-testid='plan-card']");

it("shows five plans, and while the slider moves asks one question at a time, the last one at the end", async () => {
  const asked: StudioRequest[] = [];
  let underWay = 0;
  let most = 0;
  const commands = sample();
  const { page } = await open({
    planStudio: async (request: StudioRequest, drawn: PlanObjective) => {
      asked.push(request);
      most = Math.max(most, (underWay += 1));
      await new Promise((done) => setTimeout(done, 5));
      underWay -= 1;
      return commands.planStudio(request, drawn);
    },
  } as Partial<Commands>);
  expect(cards(page).map((card) => card.attributes("data-objective"))).toEqual(["soonest", "lightest", "pro_rata", "fewest_asks", "cheapest"]);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.monthly).toBeNull();
  const before = at(page, "plan-end").text();
  for (let yuan = 2600; yuan <= 3500; yuan += 20) await at(page, "capacity-slider").setValue(String(yuan));
  await settled();
  expect(most).toBe(1);
  expect(asked.length).toBeLessThan(46);
  expect(asked.at(-1)?.monthly).toBe("3500.00");
  expect(at(page, "plan-end").text()).not.toBe(before);
  expect((page.get("[name='monthly']").element as HTMLInputElement).value).toBe("3,500.00");
});

it("keeps the chosen plan as requests and leads to them", async () => {
  let saved: SavePlanRequest | undefined;
  const commands = sample();
  const { page, router } = await open({
    savePlan: async (request: SavePlanRequest) => {
      saved = request;
      return commands.savePlan(request);
    },
  } as Partial<Commands>);
  await page.get("[data-objective='lightest'] input").setValue(true);
  await page.get("[data-testid='waive-penalties'] input").setValue(true);
  await settled();
  await at(page, "save-plan").trigger("click");
  await settled();
  expect(saved).toMatchObject({ objective: "lightest", note: null, studio: { monthly: null, terms_max: 36, waive_penalties: true } });
  expect(router.currentRoute.value.name).toBe("requests");
});

it("says step by step why there is no plan, and a press sets what would give one", async () => {
  const { page } = await open();
  await page.get("[name='monthly']").setValue("1500");
  await at(page, "terms-slider").setValue("12");
  await settled();
  const obstacle = at(page, "obstacle");
  expect(cards(page)).toHaveLength(0);
  expect(page.find("[data-testid='save-plan']").exists()).toBe(false);
  expect(obstacle.findAll("li").length).toBeGreaterThan(2);
  expect(obstacle.text()).not.toMatch(/available|needs_|short/);
  await at(page, "remedy-capacity").trigger("click");
  await settled();
  expect((page.get("[name='monthly']").element as HTMLInputElement).value).toBe("5,781.21");
  expect(cards(page)).toHaveLength(5);
});

it("has words for every reason the engine may give", async () => {
  const codes =
    "ends not_sooner pays peak tightest keeps settles spreads request_only available needs_contract needs_instalments needs_settlement others_need short no_way_to_pay no_common_terms other_objectives_fit not_proved";
  for (const code of codes.split(" ")) expect(i18n.global.te(`studio.line.${code}`, "zh-CN"), code).toBe(true);
});

it("asks for an amount where there is no worksheet, and plans nothing where nothing is owed", async () => {
  const { page } = await open({ capacity: async () => ({ status: "ok", data: null }), planStudio: async (request: StudioRequest, drawn: PlanObjective) => (request.monthly == null ? { status: "error", error: { code: "field_missing", field: "monthly", message: "", hints: [] } } : sample().planStudio(request, drawn)) } as unknown as Partial<Commands>);
  expect(cards(page)).toHaveLength(0);
  await page.get("[name='monthly']").setValue("2000");
  await settled();
  expect(cards(page)).toHaveLength(5);
  const empty = await open({}, "empty=1");
  expect(empty.page.find("[data-testid='capacity-slider']").exists()).toBe(false);
});

it("shows no figure of an amount while amounts are hidden", async () => {
  const { page } = await open({}, "hide=1");
  useSession().amountsHidden = true;
  await settled();
  expect(page.text()).not.toMatch(/\d,\d{3}|\d\.\d\d(?!\d)/);
  expect(page.find("[name='monthly']").exists()).toBe(false);
  expect(at(page, "capacity-slider").attributes("aria-valuetext")).not.toMatch(/\d/);
});
