import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp, defineComponent, h, nextTick } from "vue";
import { serveFrom } from "@/ipc/client";
import type { AppStatus, Commands } from "@/ipc/types";
import { useAutoLock } from "@/stores/autoLock";
import { useSession } from "@/stores/session";
import { useLog } from "./useLog";

const MINUTE = 60_000;
const vault = { open: true, drafts: new Map<string, string>(), asked: [] as string[] };

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const status = (): AppStatus =>
  ({ state: vault.open ? "unlocked" : "locked", sample: false, today: "2026-11-18", version: "0", settings: { auto_lock: "five_minutes", hide_amounts: false }, preferences: {} }) as unknown as AppStatus;

serveFrom({
  appStatus: () => ok(status()),
  stopErrand: () => {
    vault.asked.push("stopErrand");
    return ok(null);
  },
  saveDraft: (name: string, body: string) => {
    vault.asked.push("saveDraft");
    vault.drafts.set(name, body);
    return ok(null);
  },
  takeDraft: (name: string) => {
    const body = vault.drafts.get(name);
    vault.drafts.delete(name);
    return ok(body === undefined ? null : { body, saved_at: "" });
  },
  lock: () => {
    vault.asked.push("lock");
    vault.open = false;
    return ok(null);
  },
  unlock: () => {
    vault.open = true;
    return ok(null);
  },
} as unknown as Commands);

let app: ReturnType<typeof createApp>;

/** A window in which the vault is open and the call pad is on the page. */
async function pad() {
  const pinia = createPinia();
  setActivePinia(pinia);
  app = createApp(defineComponent({ setup: () => (useAutoLock(), () => h("div")) }));
  app.use(pinia).mount(document.createElement("div"));
  const session = useSession();
  await session.refresh();
  const log = useLog();
  const draft = log.begin("call", []);
  return { session, log, draft, leave: log.show() };
}

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(vault, { open: true, drafts: new Map(), asked: [] });
});
afterEach(() => {
  app.unmount();
  vi.useRealTimers();
});

describe("an open call pad", () => {
  it("holds off the lock by idle time while a call is being written, with the clock running or not", async () => {
    const { session, log, draft, leave } = await pad();
    draft.staffNo = "0286";
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    expect(session.state).toBe("unlocked");
    log.start();
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    log.stop();
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    expect(session.state).toBe("unlocked");
    leave();
    await vi.advanceTimersByTimeAsync(6 * MINUTE);
    expect(session.state).toBe("locked");
  });

  it("holds nothing off while nothing is in it, nor for a record that is no call", async () => {
    const { session, log, draft } = await pad();
    await vi.advanceTimersByTimeAsync(6 * MINUTE);
    expect(session.state).toBe("locked");
    await session.unlock("x", "passphrase");
    log.drop();
    Object.assign(log.begin("sms", []), { text: "短信" });
    expect(draft.kind).toBe("call");
    await vi.advanceTimersByTimeAsync(6 * MINUTE);
    expect(session.state).toBe("locked");
  });

  it("is put into the vault before any lock and is there again after the unlock", async () => {
    const { session, log, draft } = await pad();
    Object.assign(draft, { staffNo: "0286", text: "答应分18期" });
    log.start();
    await vi.advanceTimersByTimeAsync(90_000);
    await session.lock();
    await vi.runOnlyPendingTimersAsync();
    expect(vault.asked).toEqual(["stopErrand", "saveDraft", "lock"]);
    expect([session.held, log.draft]).toEqual([false, undefined]);
    expect(JSON.parse(vault.drafts.get("contact") ?? "{}")).toMatchObject({ staffNo: "0286", minutes: 1, seconds: 30 });
    await session.unlock("x", "passphrase");
    await nextTick();
    await vi.runOnlyPendingTimersAsync();
    expect(log.draft).toMatchObject({ kind: "call", staffNo: "0286", text: "答应分18期" });
    expect(log.elapsed(Date.now())).toBe(90);
  });
});
