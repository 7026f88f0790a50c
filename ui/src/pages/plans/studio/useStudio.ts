import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from "vue";
import { asFailure, ask, timesRecorded, type Failure } from "@/ipc/client";
import { lastWins } from "@/ipc/lastWins";
import { useAsk } from "@/ipc/useAsk";
import type { PlanObjective, ShownOn, StudioRequest, StudioView } from "@/ipc/types";
import { freshLoan, freshSettings, requestOf, type LoanSettings } from "./settings";

/** Words for readers wait until the slider rests this long, in milliseconds. */
const REST = 600;

/** What is asked: all five plans, and one of them in full. */
interface Drawn {
  question: StudioRequest;
  drawn: PlanObjective;
}

/** What the studio is set to and what the engine answers; every change is asked at once, the last one wins. */
export function useStudio() {
  const settings = reactive(freshSettings(""));
  const view = shallowRef<StudioView>();
  /** What gave the plans that are shown: whoever asks how a figure came about asks the same. */
  const shownOn = shallowRef<ShownOn>();
  const trouble = shallowRef<Failure>();
  const chosen = ref<PlanObjective>("soonest");
  const rested = ref(true);

  const asked = useAsk(async () => {
    const [sheet, loans] = await Promise.all([ask("capacity"), ask("listLoans")]);
    return { sheet, loans: loans.loans };
  });
  const sheet = computed(() => asked.data.value?.sheet ?? undefined);
  const request = computed(() => requestOf(settings, sheet.value?.capacity));

  const { follow, stop } = lastWins(
    async ({ question, drawn }: Drawn) => ({ question, answer: await ask("planStudio", question, drawn) }),
    ({ question, answer }) => {
      view.value = answer;
      shownOn.value = { page: "studio", request: question };
      trouble.value = undefined;
    },
    (why) => (trouble.value = asFailure(why)),
  );
  onScopeDispose(stop);
  const again = () => follow({ question: request.value, drawn: chosen.value });

  const begun = ref(false);
  watch(asked.data, (data) => {
    if (data === undefined || begun.value) return;
    settings.monthly = data.sheet?.capacity ?? "";
    begun.value = true;
    void again();
  });
  // Fields that are set to the same again ask nothing anew.
  let pause: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => JSON.stringify(request.value),
    () => {
      if (!begun.value) return;
      void again();
      rested.value = false;
      clearTimeout(pause);
      pause = setTimeout(() => (rested.value = true), REST);
    },
  );
  watch([timesRecorded, chosen], () => void again());
  onScopeDispose(() => clearTimeout(pause));

  /** The plan that came in full: the chosen one; when there is none under these limits, the first one that there is. */
  const plan = computed(() => view.value?.plans.find((one) => one.debts.length > 0));

  /** The loans planned for: those of the last plans there were, else every open one. */
  const planned = ref<{ id: string; name: string }[]>();
  watch(view, (now) => {
    if (now !== undefined && plan.value !== undefined) planned.value = plan.value.debts.map((debt) => ({ id: debt.loan_id, name: debt.name }));
  });
  const loans = computed(() => planned.value ?? (asked.data.value?.loans ?? []).map(({ id, name }) => ({ id, name })));
  const loan = (id: string): LoanSettings => (settings.loans[id] ??= freshLoan());

  const studio = reactive({ settings, view, shownOn, trouble, chosen, rested, sheet, request, plan, loans, loan, again });
  return { studio, asked };
}

export type Studio = ReturnType<typeof useStudio>["studio"];
