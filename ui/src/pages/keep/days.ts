import type { ReminderSettings } from "@/ipc/types";
import { narrow } from "@/text/amount";
import { useText } from "@/text/useText";

type ItemChoice = NonNullable<ReminderSettings["items"]>[number];

/** More than anybody needs; the façade refuses them too. */
const MOST_DAYS = 31;

/** Days before as a person types them: "7, 3, 1, 0" becomes stages -7, -3, -1, 0. Undefined when it is something else, or too many. */
export function readDays(text: string): number[] | undefined {
  const words = narrow(text)
    .split(/[\s,，、;；]+/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const days = words.map((word) => (/^[-−－]?\d{1,3}$/.test(word) ? Number(word.replace(/[−－]/, "-")) : Number.NaN));
  if (days.some((n) => Number.isNaN(n) || Math.abs(n) > 366)) return undefined;
  const stages = [...new Set(days)].map((n) => (n === 0 ? 0 : -n));
  if (stages.length > MOST_DAYS) return undefined;
  return stages.sort((a, b) => a - b);
}

/** The same the other way round. */
export function writeDays(stages: number[]): string {
  return stages.map((n) => String(n === 0 ? 0 : -n)).join(", ");
}

/** Stages in words: "7 days before, on the day". */
export function useDayWords(): { tell: (stages: number[]) => string } {
  const { t } = useText();
  const one = (n: number) => (n === 0 ? t("keep.settings.on") : t(n < 0 ? "keep.settings.before" : "keep.settings.after", { n: Math.abs(n) }));
  return { tell: (stages) => (stages.length === 0 ? t("keep.settings.silent") : stages.map(one).join(t("keep.comma"))) };
}

/** What was chosen for one thing alone. */
export function choiceOf(settings: ReminderSettings, kind: string, key: string): ItemChoice | undefined {
  return (settings.items ?? []).find((one) => one.kind === kind && one.key === key);
}

/** The settings with this choice for one thing; without stages it follows its kind again. */
export function withChoice(settings: ReminderSettings, kind: ItemChoice["kind"], key: string, stages: number[] | undefined): ReminderSettings {
  const others = (settings.items ?? []).filter((one) => one.kind !== kind || one.key !== key);
  return { ...settings, items: stages === undefined ? others : [...others, { kind, key, stages }] };
}
