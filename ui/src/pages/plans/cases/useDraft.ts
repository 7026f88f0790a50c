import { onScopeDispose, watch, type Ref } from "vue";
import { ask } from "@/ipc/client";

/** Keeps what is typed into `model` in the vault under `name`, so that leaving the page or locking loses nothing. */
export function useDraft<T extends object>(name: string, model: Ref<T>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let touched = false;
  let over = false;
  const keep = async (): Promise<void> => {
    clearTimeout(timer);
    if (!touched || over) return;
    touched = false;
    await ask("keepDraft", name, JSON.stringify(model.value)).catch(() => undefined);
  };
  const begun = ask("draft", name)
    .then((text) => {
      if (text !== null) model.value = { ...model.value, ...(JSON.parse(text) as Partial<T>) };
    })
    .catch(() => undefined);
  watch(
    model,
    () => {
      touched = true;
      clearTimeout(timer);
      timer = setTimeout(keep, 400);
    },
    { deep: true },
  );
  onScopeDispose(() => void keep());
  return {
    /** What was kept has been put back. */
    begun,
    /** It was recorded: nothing is kept any more. */
    forget: async (): Promise<void> => {
      over = true;
      clearTimeout(timer);
      await ask("keepDraft", name, null).catch(() => undefined);
    },
  };
}
