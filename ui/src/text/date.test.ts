import { expect, it } from "vitest";
import { addDays, daysBetween, partsOf, readDate, readMonth } from "./date";

it("takes dates apart and refuses those that do not exist", () => {
  expect(partsOf("2026-11-18")).toEqual({ year: 2026, month: 11, day: 18, weekday: 3 });
  expect(partsOf("2026-02-30")).toBeUndefined();
  expect(partsOf("明天")).toBeUndefined();
});

it("counts days across months and leap days", () => {
  expect(daysBetween("2026-11-18", "2026-11-20")).toBe(2);
  expect(daysBetween("2028-03-01", "2028-02-28")).toBe(-2);
});


it("moves a date by days across months, years and leap days", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
  expect(addDays("2026-02-30", 1)).toBeUndefined();
});

it.each(["2026-11-21", "2026/11/21", "2026.11.21", "2026年11月21日", "2026 年 11 月 21 号", "20261121", "２０２６－１１－２１", "２０２６。１１。２１", " 2026 11 21 ", "2026–11–21"])(
  "reads %s as a date",
  (typed) => expect(readDate(typed)).toEqual({ ok: true, value: "2026-11-21" }),
);

it("fills single digits up", () => expect(readDate("2026/1/5")).toEqual({ ok: true, value: "2026-01-05" }));

it.each(["11-21", "11月21日", "26-11-21", "2026-11", "202611211", "明天", "2026-11-21-3"])("does not guess what %s means", (typed) =>
  expect(readDate(typed)).toEqual({ ok: false, trouble: "unreadable" }),
);

it.each(["2026-02-29", "20261131", "2026年13月1日", "2026/0/5"])("knows that %s does not exist", (typed) => expect(readDate(typed)).toEqual({ ok: false, trouble: "no_such_day" }));

it.each(["2026-12", "2026/12", "2026年12月", "2026 年 12 月", "202612", "２０２６．１２"])("reads %s as a month", (typed) => expect(readMonth(typed)).toBe("2026-12"));

it.each(["12", "12月", "2026-13", "2026-00", "2026-12-05", "", "下个月"])("does not guess a month from '%s'", (typed) => expect(readMonth(typed)).toBeUndefined());
