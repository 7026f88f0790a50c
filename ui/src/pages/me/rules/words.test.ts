import { describe, expect, it } from "vitest";
import { translate } from "@/i18n";
import type { RuleRowView } from "@/ipc/types";
import { typedValue, unitSuffix, valueWords } from "./words";

const row = (value: string | null, unit: string | null) => ({ value, unit }) as RuleRowView;

describe("what a rule says", () => {
  it("is a sentence for every unit that counts something", () => {
    expect(valueWords(translate, "0.24", "per_year")).toBe("每年 24%");
    expect(valueWords(translate, "4", "times_lpr_1y")).toBe("一年期 LPR 的 4 倍");
    expect(valueWords(translate, "15", "calendar")).toBe("15 天");
    expect(valueWords(translate, "22:00-08:00", "local_time")).toBe("22:00–08:00");
    expect(valueWords(translate, "12378", "phone")).toBe("12378");
  });

  it("is nothing where a row has no number of its own", () => {
    expect(valueWords(translate, null, null)).toBeUndefined();
    expect(valueWords(translate, "COL-ABUSE", "lexicon")).toBeUndefined();
  });

  it("is typed in percent where it is a rate", () => {
    expect(typedValue(row("0.155", "per_year"))).toBe("15.50");
    expect(typedValue(row("3", "calls_a_day"))).toBe("3");
    expect(unitSuffix(translate, "per_year")).toBe("%");
    expect(unitSuffix(translate, "local_time")).toBeUndefined();
  });
});
