import { createPinia, setActivePinia } from "pinia";
import { mount } from "@vue/test-utils";
import { expect, it, vi } from "vitest";
import { nextTick } from "vue";
import { i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";
import type { Commands } from "@/ipc/types";
import { useSession } from "@/stores/session";
import StagedFiles from "./StagedFiles.vue";

const heard: ((percent: number) => void)[] = [];
vi.mock("@/ipc/events", () => ({
  heedProgress: (on: (percent: number) => void) => {
    heard.push(on);
    return () => heard.splice(heard.indexOf(on), 1);
  },
}));

const settle = () => new Promise((done) => setTimeout(done));

it("shows how far an attachment is, stops it on wish, and holds the lock by idle time off meanwhile", async () => {
  let answer: (of: unknown) => void = () => {};
  const stops: string[] = [];
  serveFrom({
    chooseFile: () => new Promise((done) => (answer = done)),
    stopErrand: async () => {
      stops.push("stop");
      answer({ status: "error", error: { code: "cancelled", message: "stopped", field: null, hints: [] } });
      return { status: "ok", data: null };
    },
  } as unknown as Commands);
  const pinia = createPinia();
  setActivePinia(pinia);
  const session = useSession();
  const part = mount(StagedFiles, { props: { modelValue: [], kept: [] }, global: { plugins: [pinia, i18n] } });
  const bar = () => part.find('[role="progressbar"]');

  expect(bar().exists()).toBe(false);
  await part.get('[data-testid="attach"]').trigger("click");
  expect(session.held).toBe(true);
  expect(bar().exists(), "the dialog is open: nothing is written yet").toBe(false);
  heard.forEach((on) => on(40));
  await nextTick();
  expect(bar().attributes("aria-valuenow")).toBe("40");

  await part.get('[data-testid="attaching"] button').trigger("click");
  await settle();
  expect([stops.length, bar().exists(), session.held]).toEqual([1, false, false]);
  expect(part.get('[role="status"]').text()).toBe(i18n.global.t("contacts.log.attachStopped"));
  expect(part.find('[role="alert"]').exists(), "the user's own wish is no failure").toBe(false);

  await part.get('[data-testid="attach"]').trigger("click");
  const file = { handle: "1", name: "录音.amr", mime: "audio/amr", bytes: "9", sha256: "ab".repeat(32) };
  answer({ status: "ok", data: file });
  await settle();
  expect(part.emitted("update:modelValue")?.at(-1)).toEqual([[file]]);
  expect(part.find('[role="status"]').exists()).toBe(false);

  await part.get('[data-testid="attach"]').trigger("click");
  part.unmount();
  expect(stops.length, "a page that is left waits for nothing").toBe(2);
});
