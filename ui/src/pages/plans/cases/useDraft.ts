import { onScopeDispose, ref, watch, type Ref } from "vue";
import { ask } from "@/ipc/client";
import { beforeLock } from "@/stores/drafts";

/**
 * Keeps what is typed into `model` in the vault under `name`, so that leaving the page or locking loses nothing, and
 * puts it back when the page is opened again. What the program itself filled in is not kept: it comes anew, with the
 * figures and the day of then.
 */
export function useDraft<T extends object>(name: string, model: Ref<T>) {
  const restored = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Somebody typed, chose or pressed something since the form stood as it was given. */
  let handled = false;
  let touched = false;
  let over = false;
  let restoring = false;
  /** The form as the program gave it, without what somebody typed. */
  let given = JSON.stringify(model.value);
  const byHand = (): void => void (handled = true);
  for (const kind of ["input", "change", "click"]) document.addEventListener(kind, byHand, true);

  const keep = async (): Promise<void> => {
    clearTimeout(timer);
    if (!touched || over) return;
    touched = false;
    const text = JSON.stringify(model.value);
    await ask("keepDraft", name, text === given ? null : text).catch(() => undefined);
  };
  const begun = ask("draft", name)
    .then((text) => {
      // What was typed meanwhile is newer.
      if (text === null || touched || over) return;
      const kept = JSON.parse(text) as Partial<T>;
      restoring = true;
      model.value = { ...model.value, ...kept };
      restoring = false;
      restored.value = true;
    })
    .catch(() => undefined);
  watch(
    model,
    () => {
      if (restoring || over) return;
      if (!handled) return void (given = JSON.stringify(model.value));
      touched = true;
      clearTimeout(timer);
      timer = setTimeout(keep, 400);
    },
    { deep: true, flush: "sync" },
  );
  const end = beforeLock(keep);
  onScopeDispose(() => {
    end();
    for (const kind of ["input", "change", "click"]) document.removeEventListener(kind, byHand, true);
    void keep();
  });
  const clear = async (): Promise<void> => {
    clearTimeout(timer);
    handled = touched = restored.value = false;
    await ask("keepDraft", name, null).catch(() => undefined);
  };
  return {
    /** What was kept has been put back. */
    begun,
    restored,
    /** Throws away what was put back: the form stands as it was given. */
    discard: async (): Promise<void> => {
      await clear();
      restoring = true;
      model.value = JSON.parse(given) as T;
      restoring = handled = false;
      restored.value = false;
    },
    /** It was recorded and the form stays: what is typed from now on is a new draft. */
    clear,
    /** It was recorded: nothing is kept any more. */
    forget: async (): Promise<void> => {
      over = true;
      await clear();
    },
  };
}
