import { expect, it } from "vitest";
import { daysBetween, partsOf, shortDate } from "./date";

it("takes dates apart and refuses those that do not exist", () => {
  expect(partsOf("2026-11-18")).toEqual({ year: 2026, month: 11, day: 18, weekday: 3 });
  expect(partsOf("2026-02-30")).toBeUndefined();
  expect(partsOf("明天")).toBeUndefined();
});

it("counts days across months and leap days", () => {
  expect(daysBetween("2026-11-18", "2026-11-20")).toBe(2);
  expect(daysBetween("2028-03-01", "2028-02-28")).toBe(-2);
});

it("shortens for tables", () => expect(shortDate("2026-11-28")).toBe("11-28"));
