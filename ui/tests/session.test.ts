import { flushPromises } from "@vue/test-utils";
import { beforeEach, expect, it, vi } from "vitest";
import { SAMPLE_PASSPHRASE, SAMPLE_RECOVERY } from "@/dev/session";
import App from "@/App.vue";
import Shell from "@/shell/Shell.vue";
import FirstRun from "@/pages/first-run/FirstRun.vue";
import Unlock from "@/pages/unlock/Unlock.vue";
import { demanded } from "@/router";
import { shouldLock } from "@/stores/autoLock";
import { usePreferences } from "@/stores/preferences";
import { useSession, waitAfter } from "@/stores/session";
import { serveFrom } from "@/ipc/client";
import { sampleCommands } from "@/dev";
import { household, show } from "./harness";

beforeEach(() => vi.useRealTimers());

it("lets no page be seen while the vault is closed", () => {
  const loans = { name: "loans", meta: {} };
  expect(demanded("no_vault", loans)).toBe("/welcome");
  expect(demanded("locked", loans)).toBe("/unlock");
  expect(demanded("locked", { name: "welcome", meta: { open: true } })).toBe("/unlock");
  expect(demanded("unlocked", loans)).toBeUndefined();
  expect(demanded("unlocked", { name: "unlock", meta: { open: true } })).toBe("/home");
});

it("waits after the third wrong secret, longer each time, a minute at most", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 20].map(waitAfter)).toEqual([0, 0, 5, 10, 20, 40, 60, 60]);
});

it.each([
  ["five_minutes", 4 * 60_000, 5_000, false],
  ["five_minutes", 5 * 60_000, 5_000, true],
  ["one_minute", 60_000, 5_000, true],
  ["immediately", 60 * 60_000, 5_000, false],
  ["fifteen_minutes", 0, 120_000, true],
] as const)("auto lock %s after %d ms idle, beat %d ms ago: %s", (choice, idle, beat, locks) => {
  expect(shouldLock(choice, idle, beat)).toBe(locks);
});

it("opens, hides amounts as the settings say, and locks", async () => {
  household("state=locked&hide=1");
  const session = useSession();
  await session.refresh();
  await session.unlock(SAMPLE_PASSPHRASE, "passphrase");
  expect(session.unlocked).toBe(true);
  expect(session.amountsHidden).toBe(true);
  await session.lock();
  expect(session.state).toBe("locked");
  expect(session.settings).toBeUndefined();
});

it("says it when it cannot even tell where it stands, and what is safe", async () => {
  const pinia = household("trouble=1");
  await useSession().refresh();
  const { wrapper } = show(App, {}, pinia);
  expect(wrapper.get("[role=alert]").text()).toContain("为了不扩大损坏，没有打开，也没有写入。");
  serveFrom(sampleCommands(new URLSearchParams("state=locked")));
  await wrapper.get("[role=alert] button").trigger("click");
  await flushPromises();
  expect(wrapper.find("[role=alert]").exists()).toBe(false);
  wrapper.unmount();
});

it("draws nothing of the vault once it is locked, and Ctrl+L locks", async () => {
  const pinia = household("state=unlocked");
  const session = useSession();
  await session.refresh();
  const frame = show(Shell, {}, pinia).wrapper;
  const root = show(App, {}, pinia).wrapper;
  expect(frame.find(".shell").exists()).toBe(true);
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "l", ctrlKey: true }));
  expect(session.state).toBe("locked");
  await flushPromises();
  expect(frame.find(".shell").exists()).toBe(false);
  frame.unmount();
  root.unmount();
});

it("comes back to the old look when the new one cannot be kept", async () => {
  household();
  const commands = sampleCommands();
  serveFrom({ ...commands, savePreferences: async () => ({ status: "error", error: { code: "io", field: null, message: "", hints: [] } }) });
  const preferences = usePreferences();
  await expect(preferences.change({ text_size: "elder" })).rejects.toMatchObject({ code: "io" });
  expect(preferences.textSize).toBe("standard");
  expect(document.documentElement.classList.contains("as-text-elder")).toBe(false);
});

it("says calmly that a passphrase is wrong, and opens with the recovery code", async () => {
  const pinia = household("state=locked");
  const session = useSession();
  await session.refresh();
  const { wrapper, router } = show(Unlock, {}, pinia);
  await wrapper.get("input").setValue("不是这一句");
  await wrapper.get("form").trigger("submit");
  await flushPromises();
  expect(wrapper.get("[role=alert]").text()).toBe("密码短语不对。数据没有变化，可以再试。");
  await wrapper.findAll("button").find((b) => b.text() === "用恢复码打开")?.trigger("click");
  await wrapper.get("input").setValue(SAMPLE_RECOVERY.toLowerCase());
  await wrapper.get("form").trigger("submit");
  await flushPromises();
  expect(session.unlocked).toBe(true);
  expect(router.currentRoute.value.path).toBe("/home");
  wrapper.unmount();
});

it("does not ask again while it waits", async () => {
  const pinia = household("state=locked");
  const session = useSession();
  await session.refresh();
  const { wrapper } = show(Unlock, {}, pinia);
  for (let n = 0; n < 4; n++) {
    await wrapper.get("input").setValue(`wrong ${n}`);
    await wrapper.get("form").trigger("submit");
    await flushPromises();
  }
  expect(session.failures).toBe(3);
  expect(wrapper.get("[role=alert]").text()).toContain("请等");
  wrapper.unmount();
});

it("runs through the first run in three screens and keeps nothing before the last", async () => {
  const pinia = household("state=no_vault");
  const session = useSession();
  await session.refresh();
  const { wrapper, router } = show(FirstRun, {}, pinia);
  const press = async (label: string) => {
    const button = wrapper.findAll("button").find((b) => b.text() === label);
    expect(button, label).toBeDefined();
    await button?.trigger(button.attributes("type") === "submit" ? "submit" : "click");
    await flushPromises();
  };
  expect(wrapper.text()).toContain("第 1 步，共 3 步");
  await press("开始");
  await press("先做 8 个问题的自查");
  expect(document.querySelectorAll("[data-testid='scam-question']"), "before anything is set up").toHaveLength(8);
  document.querySelector<HTMLButtonElement>("[role=dialog] button[aria-label='关闭']")?.click();
  await flushPromises();
  await wrapper.get("input[value=yes]").setValue(true);
  await wrapper.get("form").trigger("submit");
  expect(wrapper.text()).toContain("第 3 步，共 3 步");
  await wrapper.get("form").trigger("submit");
  expect(wrapper.text()).toContain("还没有输入。");
  const [first, second] = wrapper.findAll("input");
  await first?.setValue("海边清晨步行八里");
  await second?.setValue("海边清晨步行九里");
  await wrapper.get("form").trigger("submit");
  expect(wrapper.text()).toContain("两次输入的不一样。");
  await second?.setValue("海边清晨步行八里");
  await wrapper.get("form").trigger("submit");
  await flushPromises();
  expect(wrapper.get("[data-recovery-code]").text()).toBe(SAMPLE_RECOVERY);
  expect(session.state).toBe("no_vault");
  await wrapper.get("input[type=checkbox]").setValue(true);
  await wrapper.get("form").trigger("submit");
  await flushPromises();
  expect(session.unlocked).toBe(true);
  expect(session.settings?.hide_amounts).toBe(true);
  expect(router.currentRoute.value.path).toBe("/home");
  wrapper.unmount();
});
