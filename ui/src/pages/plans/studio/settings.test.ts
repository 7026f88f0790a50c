import { expect, it } from "vitest";
import { freshLoan, freshSettings, monthsFrom, rangeAround, requestOf } from "./settings";

it("asks for the worksheet month by month while its own figure stands, and for one amount otherwise", () => {
  const settings = freshSettings("2593.00");
  expect(requestOf(settings, "2593.00").monthly).toBeNull();
  expect(requestOf({ ...settings, monthly: "2600.00" }, "2593.00").monthly).toBe("2600.00");
  expect(requestOf(settings, undefined).monthly).toBe("2593.00");
});

it("sends only loans that differ, the rate in per cent, and a settlement only with its month", () => {
  const settings = freshSettings("");
  settings.loans = {
    a: freshLoan(),
    b: { ...freshLoan(), rate: "0.155", settlement: "5000.00" },
    c: { ...freshLoan(), settlement: "5000.00", settlementUntil: "2026-12", notAsContract: true },
    d: { ...freshLoan(), settlementUntil: "2026-12" },
  };
  const debts = requestOf(settings, undefined).debts ?? [];
  expect(debts.map((debt) => debt.loan_id)).toEqual(["b", "c"]);
  expect(debts[0]).toMatchObject({ rate_after: "15.500000", settlement: null, settlement_until: null });
  expect(debts[1]).toMatchObject({ settlement: "5000.00", settlement_until: "2026-12", not_as_contract: true });
});

it("ends the slider at round figures around the worksheet, never short of what is set", () => {
  expect(rangeAround("2593.00", "2593.00")).toEqual({ min: 1000, max: 3500, step: 10 });
  expect(rangeAround("2593.00", "5781.21").max).toBe(6000);
  expect(rangeAround("2593.00", "0.00").min).toBe(0);
  expect(rangeAround(undefined, "")).toEqual({ min: 0, max: 3000, step: 10 });
  expect(rangeAround("40.00", "40.00")).toMatchObject({ min: 10, max: 60 });
});

it("counts months over the end of a year", () => {
  expect(monthsFrom("2026-11", 4)).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
});
