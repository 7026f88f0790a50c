import type { CaseCard } from "@/ipc/types";
import { useSession } from "@/stores/session";
import { useText } from "@/text/useText";

/** The next step of a case in one line, with its day and amount. An answer that did not come by its day is no longer waited for. */
export function useStep() {
  const { t, day, money } = useText();
  const session = useSession();
  return (step: CaseCard["next"]): string => {
    if (step.kind === "await_answer" && step.on !== null) return t(step.on <= session.today ? "cases.answerDue" : "cases.answerBy", { day: day(step.on) });
    const parts = [t(`cases.steps.${step.kind}`), step.on === null ? null : day(step.on), step.amount === null ? null : money(step.amount)];
    return parts.filter((part) => part !== null).join(t("contacts.comma"));
  };
}
