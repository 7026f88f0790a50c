import { computed, nextTick, onScopeDispose, reactive, ref, shallowRef, watch } from "vue";
import { ask, asFailure, type Failure } from "@/ipc/client";
import type { LoanPreview } from "@/ipc/types";
import { useText } from "@/text/useText";
import { sentenceFor } from "./fieldWords";
import { blankForm, canPreview, isShown, previewOf, type LoanForm } from "./form";

const PAUSE = 300;

/**
 * A loan form with its live figures and its refusals. A refusal of saving shows at its field until something is
 * changed; one of the preview shows once its field was left, and never for what is simply not typed yet.
 */
export function useLoanForm(first?: LoanForm) {
  const { t } = useText();
  const form = reactive<LoanForm>(first ?? blankForm());
  const preview = shallowRef<LoanPreview>();
  const previewFailure = shallowRef<Failure>();
  const previewing = ref(false);
  const saveFailure = shallowRef<Failure>();
  const left = reactive(new Set<string>());
  const own = ref<string[]>([]);
  let latest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function work(): Promise<void> {
    const mine = ++latest;
    try {
      const answer = await ask("previewLoan", previewOf(form));
      if (mine !== latest) return;
      preview.value = answer;
      previewFailure.value = undefined;
    } catch (thrown) {
      if (mine !== latest) return;
      preview.value = undefined;
      previewFailure.value = asFailure(thrown);
    }
    previewing.value = false;
  }

  watch(
    form,
    () => {
      clearTimeout(timer);
      latest++;
      saveFailure.value = undefined;
      previewing.value = canPreview(form);
      if (previewing.value) timer = setTimeout(() => void work(), PAUSE);
      else preview.value = previewFailure.value = undefined;
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    latest++;
  });

  /** The refusal that a field has put into words; one whose field is folded away is said above the form. */
  let said: Failure | undefined;
  const unsaid = shallowRef<Failure>();
  watch(saveFailure, async (why) => {
    said = unsaid.value = undefined;
    if (why === undefined) return;
    await nextTick();
    if (said !== why && saveFailure.value === why) unsaid.value = why;
  });

  function errorOf(field: string): string | undefined {
    const saved = saveFailure.value;
    if (saved?.field === field) {
      said = saved;
      return t(sentenceFor(field, saved.code));
    }
    const shown = previewFailure.value;
    if (shown?.field !== field || shown.code === "field_missing" || !left.has(field)) return undefined;
    return t(sentenceFor(field, shown.code));
  }

  /** What saving was refused for when it is about no field that the form has. */
  const rest = computed(() => {
    const why = saveFailure.value;
    return why === undefined || (why.field !== null && unsaid.value !== why && (isShown(why.field) || own.value.includes(why.field))) ? undefined : why;
  });

  return {
    form,
    preview,
    previewing,
    saveFailure,
    errorOf,
    rest,
    /** Fields beside the loan's that this page shows. */
    alsoShows: (fields: string[]) => (own.value = fields),
    leave: (event: FocusEvent) => {
      const name = (event.target as HTMLInputElement | null)?.name;
      if (name) left.add(name);
    },
    reset: () => {
      Object.assign(form, blankForm());
      left.clear();
      saveFailure.value = undefined;
    },
  };
}

export type LoanFormUse = ReturnType<typeof useLoanForm>;
