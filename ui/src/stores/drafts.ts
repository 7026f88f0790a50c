import { ask } from "@/ipc/client";

/** What each open form would lose, by its name. */
const open = new Map<string, () => unknown>();
/** Forms that keep themselves in the vault while they are typed, and may be a moment behind. */
const behind = new Set<() => Promise<void>>();
const LONGEST = 1_000;

/** What brings a form's draft in the vault up to date before the vault closes. */
export function beforeLock(keep: () => Promise<void>): () => void {
  behind.add(keep);
  return () => void behind.delete(keep);
}

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
  if (saving.length === 0 && behind.size === 0) return;
  await Promise.race([Promise.all([...saving, ...[...behind].map((keep) => keep())]), new Promise((done) => setTimeout(done, LONGEST))]);
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
