import { afterEach, expect, test } from "vitest";
import { effectScope, nextTick } from "vue";
import { serveFrom } from "@/ipc/client";
import type { Commands } from "@/ipc/types";
import { keepDraft, saveDrafts, takeDraft, useDraft } from "./drafts";

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

test("a form gets its draft back, unless something newer stands there", async () => {
  kept.set("f", '"old"');
  const scope = effectScope();
  let typed: string | undefined;
  const use = scope.run(() => useDraft<string>("f", () => typed, (draft) => (typed = draft)))!;
  await new Promise((done) => setTimeout(done));
  await nextTick();
  expect([typed, use.restored.value]).toEqual(["old", true]);
  scope.stop();
  kept.set("f", '"old"');
  typed = "new";
  const other = effectScope();
  other.run(() => useDraft<string>("f", () => typed, (draft) => (typed = draft)));
  await new Promise((done) => setTimeout(done));
  expect(typed).toBe("new");
  other.stop();
});
