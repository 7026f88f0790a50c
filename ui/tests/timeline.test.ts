import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { RouterView } from "vue-router";
import { expect, it } from "vitest";
import { sampleCommands } from "@/dev";
import { household as recorded } from "@/dev/household";
import { i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";
import type { Commands, ContactCard } from "@/ipc/types";
import { makeRouter } from "@/router";
import { useSession } from "@/stores/session";
import { household } from "./harness";

const ALL = 1_230;
const MOST = 100;
const like = recorded(false).contacts.contacts[0]!;
/** Newest first; three a day. */
const records: ContactCard[] = Array.from({ length: ALL }, (_, n) => {
  const day = new Date(Date.UTC(2026, 10, 17) - Math.floor(n / 3) * 86_400_000).toISOString().slice(0, 10);
  return { ...like, id: `r${n}`, at: `${day}T${String(22 - (n % 3)).padStart(2, "0")}:00:00+08:00`, summary: `记录 ${n}` };
});

/** The window over a vault that gives what was asked for and counts it. */
async function open(): Promise<{ page: VueWrapper; asked: { limit: number; given: number }[] }> {
  const pinia = household();
  const asked: { limit: number; given: number }[] = [];
  serveFrom({
    ...sampleCommands(new URLSearchParams()),
    listContacts: async (request: { limit?: number | null; before?: string | null }) => {
      const from = request.before == null ? 0 : records.findIndex((one) => one.id === request.before) + 1;
      const contacts = records.slice(from, from + (request.limit ?? ALL));
      asked.push({ limit: request.limit ?? ALL, given: contacts.length });
      return { status: "ok", data: { contacts, loans: [] } };
    },
  } as unknown as Commands);
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  const router = makeRouter();
  await useSession(pinia).refresh();
  await router.push("/contacts");
  const page = mount(RouterView, { attachTo: "#place", global: { plugins: [pinia, i18n, router] } });
  await settled();
  return { page, asked };
}
async function settled(): Promise<void> {
  await flushPromises();
  await new Promise((done) => setTimeout(done, 5));
  await flushPromises();
}

/** The numbers of the records that stand on the page, from above. */
const shown = (page: VueWrapper): number[] => page.findAll(".timeline li").map((row) => Number(/记录 (\d+)/.exec(row.text())?.[1]));

it("keeps at most a hundred records on the page, to the oldest and back, and skips none", async () => {
  const { page, asked } = await open();
  const seen = new Set(shown(page));
  expect(shown(page)[0]).toBe(0);
  let pressed = 0;
  for (let older = page.find("[data-testid='older']"); older.exists(); older = page.find("[data-testid='older']")) {
    const before = shown(page);
    await older.trigger("click");
    await settled();
    const now = shown(page);
    expect(now.length).toBeLessThanOrEqual(MOST);
    expect(now[0], "what stood in the lower half stands above now").toBe(before[MOST / 2]);
    expect(now).toEqual(Array.from({ length: now.length }, (_, n) => (now[0] ?? 0) + n));
    now.forEach((one) => seen.add(one));
    pressed += 1;
  }
  expect(pressed).toBeGreaterThan(20);
  expect([shown(page).at(-1), seen.size]).toEqual([ALL - 1, ALL]);
  for (let newer = page.find("[data-testid='newer']"); newer.exists(); newer = page.find("[data-testid='newer']")) {
    await newer.trigger("click");
    await settled();
    expect(shown(page).length).toBeLessThanOrEqual(MOST);
    pressed -= 1;
  }
  expect([pressed, shown(page)[0], shown(page).length]).toEqual([0, 0, MOST]);
  expect(Math.max(...asked.map((one) => one.given)), "nor is more asked for").toBeLessThanOrEqual(MOST);
  page.unmount();
}, 60_000);

it("a press that comes before the answer does not lose the way back", async () => {
  const { page } = await open();
  const older = page.get("[data-testid='older']");
  void older.trigger("click");
  void older.trigger("click");
  await settled();
  const [first] = shown(page);
  await page.get("[data-testid='newer']").trigger("click");
  await settled();
  expect([first, shown(page)[0], page.find("[data-testid='newer']").exists()]).toEqual([MOST / 2, 0, false]);
  page.unmount();
});
