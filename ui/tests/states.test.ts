import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { RouterView } from "vue-router";
import { afterEach, expect, it } from "vitest";
import { sampleCommands } from "@/dev";
import { sessionCommands } from "@/dev/session";
import { i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";
import type { Commands } from "@/ipc/types";
import { makeRouter } from "@/router";
import { useSession } from "@/stores/session";
import { household } from "./harness";

/** Every page while its answer is awaited, when it is refused, and with nothing recorded: never blank, never broken. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn += 1) {
    await flushPromises();
    await new Promise((done) => setTimeout(done, 10));
  }
};
/** Answered whatever the vault does: who is there, and what was typed before. */
const own = new Set<string>([...Object.keys(sessionCommands(new URLSearchParams())), "draft", "keepDraft", "takeDraft", "saveDraft"]);

let page: VueWrapper | undefined;
let trouble: string[] = [];
afterEach(() => page?.unmount());

async function open(path: string, query: string, answer?: (name: string) => Promise<unknown>): Promise<string[]> {
  const pinia = household();
  const sample = sampleCommands(new URLSearchParams(query));
  const asked: string[] = [];
  serveFrom(
    new Proxy(sample, {
      get: (all, name: keyof Commands) => {
        if (answer === undefined || own.has(name)) return all[name];
        return () => {
          asked.push(name);
          return answer(name);
        };
      },
    }),
  );
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  await useSession(pinia).refresh();
  const router = makeRouter();
  await router.push(path);
  trouble = [];
  const config = { errorHandler: (thrown: unknown) => void trouble.push(String(thrown)) };
  page = mount(RouterView, { attachTo: "#place", global: { plugins: [pinia, i18n, router], config } });
  await settled();
  return asked;
}

const routes = makeRouterPaths();
function makeRouterPaths(): string[] {
  household();
  const given: Record<string, string> = { id: "loan-1", kind: "application", key: "k", table: "caps", file: "f" };
  return makeRouter()
    .getRoutes()
    .filter((route) => route.name !== undefined && route.meta.open !== true)
    .map((route) => route.path.replace(/:(\w+)/g, (_, name: string) => given[name] ?? "x"));
}
const ids: [part: string, id: string][] = [["/contacts/", "contact-2"], ["/plans/requests/", "proposal-1"], ["/plans/agreements/", "agreement-1"]];
const placed = routes.map((path) => ids.reduce((now, [part, id]) => (now.startsWith(`${part}loan-1`) ? now.replace("loan-1", id) : now), path));

it("knows more than fifty pages", () => expect(placed.length).toBeGreaterThan(50));

it.each(placed)("%s while its answer is awaited", async (path) => {
  const asked = await open(path, "", () => new Promise(() => {}));
  expect(trouble).toEqual([]);
  expect(document.querySelector("h1")?.textContent?.trim()).not.toBe("");
  expect(document.querySelectorAll("[role=alert]")).toHaveLength(0);
  const filled = document.querySelector("main form, form, [data-testid], input, select") !== null;
  if (asked.length > 0 && !filled) expect(document.body.textContent, `${path} asked ${asked.join(" ")}`).toContain("正在读取");
});

it.each(placed)("%s when its answer is refused", async (path) => {
  const asked = await open(path, "", async () => ({ status: "error", error: { code: "io", field: null, message: "the disk does not answer", hints: [] } }));
  expect(trouble).toEqual([]);
  // Without a desktop to ask, the switch for starting along simply stays off.
  if (asked.every((name) => name === "autostart")) return;
  const said = [...document.querySelectorAll("[role=alert]")].map((one) => one.textContent ?? "").join(" ");
  expect(said, `${path} asked ${asked.join(" ")}`).toMatch(/没有存上|磁盘/);
});

it.each(placed)("%s with nothing recorded", async (path) => {
  await open(path, "empty=1");
  expect(trouble).toEqual([]);
  expect(document.querySelectorAll("h1").length).toBeGreaterThan(0);
  // A page never ends in nothing: it says something beside its title, or offers something to press.
  expect((document.getElementById("app")?.textContent ?? "").trim().length).toBeGreaterThan(4);
});
