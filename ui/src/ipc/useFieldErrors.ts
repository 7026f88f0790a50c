import { computed, type ComputedRef, type Ref } from "vue";
import { hasMessage, type MessageKey } from "@/i18n";
import { useText } from "@/text/useText";
import type { Failure } from "./client";

export interface FieldErrors {
  /** The sentence for a field, if the refusal is about it: `of("amount")`, or a line's field as `of("income.2.amount")`. */
  of: (...names: string[]) => string | undefined;
  /** The refusal, when it is about no field that the form shows. */
  rest: ComputedRef<Failure | undefined>;
}

/**
 * Puts a refusal where it belongs: at the field it names, or above the form when it names none of `shown`.
 * A name that ends in `.` stands for all lines of a list.
 */
export function useFieldErrors(failure: Ref<Failure | undefined>, shown: string[]): FieldErrors {
  const { t } = useText();
  const known = (field: string) => shown.some((name) => name === field || (name.endsWith(".") && field.startsWith(name)));
  const say = (why: Failure) => {
    const key = `fields.${why.code}`;
    return t(hasMessage(key) ? (key as MessageKey) : "fields.other");
  };
  return {
    of: (...names) => {
      const why = failure.value;
      return why?.field != null && names.includes(why.field) ? say(why) : undefined;
    },
    rest: computed(() => {
      const why = failure.value;
      return why === undefined || (why.field !== null && known(why.field)) ? undefined : why;
    }),
  };
}
