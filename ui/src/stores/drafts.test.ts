import { afterEach, expect, test } from "vitest";
import { serveFrom } from "@/ipc/client";
import type { Commands } from "@/ipc/types";
import { beforeLock, keepDraft, saveDrafts, takeDraft } from "./drafts";

const kept = new Map<string, string>();
const fail = { now: false };
serveFrom({
  saveDraft: async (name: string, body: string) => {
    if (fail.now) throw new Error("gone");
    kept.set(name, body);
    return { status: "ok", data: null };
  },
  takeDraft: async (name: string) => {
    const body = kept.get(name);
    kept.delete(name);
    return { status: "ok", data: body === undefined ? null : { body, saved_at: "" } };
  },
} as unknown as Commands);

afterEach(() => {
  kept.clear();
  fail.now = false;
});

test("only what was typed is kept, and given back once", async () => {
  const stop = [keepDraft("a", () => ({ x: 1 })), keepDraft("b", () => undefined)];
  await saveDrafts();
  expect([...kept]).toEqual([["a", '{"x":1}']]);
  expect(await takeDraft("a")).toEqual({ x: 1 });
  expect(await takeDraft("a")).toBeUndefined();
  stop.forEach((end) => end());
  await saveDrafts();
  expect(kept.size).toBe(0);
});

test("a vault that does not answer does not keep the window open", async () => {
  fail.now = true;
  const end = keepDraft("a", () => ({ x: 1 }));
  await saveDrafts();
  end();
});

test("a form that keeps itself is brought up to date before the vault closes", async () => {
  let done = 0;
  const end = beforeLock(async () => void (done += 1));
  await saveDrafts();
  end();
  await saveDrafts();
  expect(done).toBe(1);
});
