import { expect, it } from "vitest";
import { clockOf, groupByDay, groupHash, maskPhone, sizeOf, stillSpoken, stopwatch } from "./timeline";

it("keeps of what was spoken only what no later writing about the same loan followed", () => {
  const card = (id: string, confirmation: "oral" | "written" | null, loans: string[], corrected = false) =>
    ({ id, confirmation, loans: loans.map((loan) => ({ id: loan, name: loan })), corrected, removed: false });
  const newestFirst = [card("a", "oral", ["wu"]), card("b", "oral", ["wu"], true), card("c", "written", ["bing"]), card("d", "oral", ["bing"]), card("e", "oral", ["bing", "wu"]), card("f", "oral", [])];
  expect(stillSpoken(newestFirst).map((one) => one.id)).toEqual(["a", "e", "f"]);
});

it("cuts the timeline at midnight by the clock where it happened and keeps the order", () => {
  const at = ["2026-11-17T23:06:00+08:00", "2026-11-17T14:18:00+08:00", "2026-11-16T10:42:00+08:00"].map((at) => ({ at }));
  expect(groupByDay(at).map((day) => [day.date, day.entries.length])).toEqual([["2026-11-17", 2], ["2026-11-16", 1]]);
  expect(groupByDay([])).toEqual([]);
  expect(clockOf("2026-11-17T23:06:00+08:00")).toBe("23:06");
});

it.each([
  [0, "00:00"],
  [222, "03:42"],
  [3725, "1:02:05"],
  [-3, "00:00"],
])("%d seconds on the clock are %s", (seconds, shown) => expect(stopwatch(seconds)).toBe(shown));

it.each([
  ["13800000417", "138 **** 0417"],
  ["138-0000-0417", "138 **** 0417"],
  ["+8613800000417", "+86138 **** 0417"],
  ["95588", "95588"],
  ["4000000003", "4000000003"],
  ["微信", "微信"],
])("%s is shown as %s", (phone, shown) => expect(maskPhone(phone)).toBe(shown));

it("shortens hashes and says sizes", () => {
  expect(groupHash("4c1e09a7d25b80f3aa61c07752e9b41f77d2b3f0", true)).toBe("4c1e 09a7 … 77d2 b3f0");
  expect(groupHash("abcdef")).toBe("abcd ef");
  expect([sizeOf("812"), sizeOf("2048"), sizeOf("1843200"), sizeOf("52428800")]).toEqual(["812 B", "2.0 KB", "1.8 MB", "50 MB"]);
});
