import { onScopeDispose, ref, watch, type Ref } from "vue";
import { ask } from "@/ipc/client";

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
  const byHand = (): void => void (handled = true);
  for (const kind of ["input", "change", "click"]) document.addEventListener(kind, byHand, true);

  const keep = async (): Promise<void> => {
    clearTimeout(timer);
    if (!touched || over) return;
    touched = false;
    await ask("keepDraft", name, JSON.stringify(model.value)).catch(() => undefined);
  };
  const begun = ask("draft", name)
    .then((text) => {
      // What was typed meanwhile is newer.
      if (text === null || touched || over) return;
      model.value = { ...model.value, ...(JSON.parse(text) as Partial<T>) };
      restored.value = true;
    })
    .catch(() => undefined);
  watch(
    model,
    () => {
      if (!handled || over) return;
      touched = true;
      clearTimeout(timer);
      timer = setTimeout(keep, 400);
    },
    { deep: true, flush: "sync" },
  );
  onScopeDispose(() => {
    for (const kind of ["input", "change", "click"]) document.removeEventListener(kind, byHand, true);
    void keep();
  });
  const clear = async (): Promise<void> => {
    clearTimeout(timer);
    handled = touched = false;
    await ask("keepDraft", name, null).catch(() => undefined);
  };
  return {
    /** What was kept has been put back. */
    begun,
    restored,
    /** It was recorded and the form stays: what is typed from now on is a new draft. */
    clear,
    /** It was recorded: nothing is kept any more. */
    forget: async (): Promise<void> => {
      over = true;
      await clear();
    },
  };
}
