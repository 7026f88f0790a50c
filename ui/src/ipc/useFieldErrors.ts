import { computed, nextTick, shallowRef, watch, type ComputedRef, type Ref } from "vue";
import { hasMessage, type MessageKey } from "@/i18n";
import { useText } from "@/text/useText";
import type { Failure } from "./client";

export interface FieldErrors {
  /** The sentence for a field, if the refusal is about it: `of("amount")`, or a line's field as `of("income.2.amount")`. */
  of: (...names: string[]) => string | undefined;
  /** The refusal, when no field of the form says it. */
  rest: ComputedRef<Failure | undefined>;
}

/** The sentence for a kind of refusal, as it stands at a field: the field's own where more is known of it. */
export function fieldSentence(field: string, code: string): MessageKey {
  const keys = [`fields.${field.replaceAll(".", "_")}_${code}`, `fields.${code}`];
  return keys.find((key): key is MessageKey => hasMessage(key)) ?? "fields.other";
}

/**
 * Puts a refusal where it belongs: at the field it names, or above the form when it names none of `shown`, or one that
 * is not on the page just now. A name that ends in `.` stands for all lines of a list.
 */
export function useFieldErrors(failure: Ref<Failure | undefined>, shown: string[], sentence: (field: string, code: string) => MessageKey = fieldSentence): FieldErrors {
  const { t } = useText();
  const known = (field: string) => shown.some((name) => name === field || (name.endsWith(".") && field.startsWith(name)));
  /** The refusal that a field has put into words. */
  let said: Failure | undefined;
  /** The refusal that was drawn, and by no field. */
  const unsaid = shallowRef<Failure>();
  watch(failure, async (why) => {
    said = unsaid.value = undefined;
    if (why === undefined) return;
    await nextTick();
    if (said !== why && failure.value === why) unsaid.value = why;
  });
  return {
    of: (...names) => {
      const why = failure.value;
      if (why?.field == null || !names.includes(why.field)) return undefined;
      said = why;
      return t(sentence(why.field, why.code));
    },
    rest: computed(() => {
      const why = failure.value;
      return why === undefined || (why.field !== null && known(why.field) && unsaid.value !== why) ? undefined : why;
    }),
  };
}
