import { plainPercent } from "@/parts/gauge";
import type { RuleRowView } from "@/ipc/types";
import type { useText } from "@/text/useText";

type T = ReturnType<typeof useText>["t"];

/** Units whose number stands in a sentence; every other value is shown as it is written. */
const COUNTED = ["times_lpr_1y", "calendar", "working", "month", "year", "calls_a_day", "attempts_a_day", "failures_in_a_row", "seconds", "minutes"] as const;
type Counted = (typeof COUNTED)[number];
const isCounted = (unit: string | null): unit is Counted => COUNTED.includes(unit as Counted);

/** What a row's number says, in words; nothing where a row has none or it only names another row. */
export function valueWords(t: T, value: string | null, unit: string | null): string | undefined {
  if (value === null || unit === "lexicon") return undefined;
  if (unit === "per_year") return t("rules.unit.per_year", { n: plainPercent(value) });
  if (isCounted(unit)) return t(`rules.unit.${unit}`, { n: value });
  return value.replace("-", "–");
}

/** The number as it is typed: a rate in percent, everything else as it stands. */
export function typedValue(row: RuleRowView): string {
  if (row.value === null) return "";
  return row.unit === "per_year" ? plainPercent(row.value).replace("%", "") : row.value;
}

/** The suffix of the field for a number of this unit. */
export function unitSuffix(t: T, unit: string | null): string | undefined {
  if (unit === "per_year") return t("common.percent");
  return isCounted(unit) ? t(`rules.suffix.${unit}`) : undefined;
}
