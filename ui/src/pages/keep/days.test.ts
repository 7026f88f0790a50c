import { describe, expect, it } from "vitest";
import { choiceOf, readDays, withChoice, writeDays } from "./days";

describe("days before", () => {
  it("are read as people write them and written back", () => {
    expect(readDays("7, 3, 1, 0, -1")).toEqual([-7, -3, -1, 0, 1]);
    expect(readDays("0、3，7")).toEqual([-7, -3, 0]);
    expect(readDays("  ")).toEqual([]);
    expect(writeDays([-7, -3, 0, 1])).toBe("7, 3, 0, -1");
  });

  it("that are none are refused", () => {
    for (const text of ["three", "1.5", "7,x", "400", "--1"]) expect(readDays(text)).toBeUndefined();
  });
});

describe("one thing's own days", () => {
  const settings = { quiet: false, quiet_from: "22:00", quiet_to: "08:00", snooze_minutes: 60, calendar_full: false, kinds: [], items: [] };

  it("stand once, and go again", () => {
    const first = withChoice(settings, "loan_due", "a", [-7]);
    const both = withChoice(withChoice(first, "loan_due", "b", []), "loan_due", "a", [-3, 0]);
    expect(choiceOf(both, "loan_due", "a")?.stages).toEqual([-3, 0]);
    expect(choiceOf(both, "agreement_due", "a")).toBeUndefined();
    expect(withChoice(both, "loan_due", "a", undefined).items).toEqual([{ kind: "loan_due", key: "b", stages: [] }]);
  });
});
