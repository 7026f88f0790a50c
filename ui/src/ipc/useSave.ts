import type { Ref } from "vue";
import { fieldInTrouble } from "@/text/trouble";
import type { Failure } from "./client";

interface Act<A extends unknown[], T> {
  failure: Ref<Failure | undefined>;
  run: (...args: A) => Promise<T | undefined>;
}

/**
 * Saving a form. What cannot be read is not sent: its field takes the focus and says why. A refusal of before is
 * forgotten first, so that a corrected field does not hold the form back; a new one takes the focus to its field.
 * `before` says what else is amiss, once the fields can be read. Answers false when nothing was saved.
 */
export function useSave<A extends unknown[], T>(form: Ref<HTMLElement | null | undefined>, act: Act<A, T>, before?: () => boolean): (...args: A) => Promise<boolean> {
  return async (...args) => {
    act.failure.value = undefined;
    if ((await fieldInTrouble(form.value)) || before?.() === false) return false;
    await act.run(...args);
    if (act.failure.value === undefined) return true;
    await fieldInTrouble(form.value);
    return false;
  };
}
