import { onScopeDispose, ref, type Ref } from "vue";
import { ask } from "@/ipc/client";

/** What each open form would lose, by its name. */
const open = new Map<string, () => unknown>();
const LONGEST = 1_000;

/** A form's place among the drafts. `take` answers with what was typed, or `undefined` when nothing was. */
export function keepDraft(name: string, take: () => unknown): () => void {
  open.set(name, take);
  return () => {
    if (open.get(name) === take) open.delete(name);
  };
}

/** Puts what is half typed into the vault before it closes. A vault that does not answer closes all the same. */
export async function saveDrafts(): Promise<void> {
  const saving = [...open].flatMap(([name, take]) => {
    const draft = take();
    return draft === undefined ? [] : [ask("saveDraft", name, JSON.stringify(draft)).catch(() => null)];
  });
  if (saving.length === 0) return;
  await Promise.race([Promise.all(saving), new Promise((done) => setTimeout(done, LONGEST))]);
}

/** The draft of that name, once. */
export async function takeDraft<T>(name: string): Promise<T | undefined> {
  try {
    const found = await ask("takeDraft", name);
    return found === null ? undefined : (JSON.parse(found.body) as T);
  } catch {
    // A form without its draft is an empty form.
    return undefined;
  }
}

/** A form on a page: gives it back what was typed before the vault was locked, and keeps what is typed now. */
export function useDraft<T>(name: string, take: () => T | undefined, give: (draft: T) => void): { restored: Ref<boolean> } {
  const restored = ref(false);
  onScopeDispose(keepDraft(name, take));
  void takeDraft<T>(name).then((draft) => {
    // What was typed meanwhile is newer.
    if (draft === undefined || take() !== undefined) return;
    give(draft);
    restored.value = true;
  });
  return { restored };
}
