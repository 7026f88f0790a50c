import { describe, expect, it } from "vitest";
import { household } from "@/dev/household";
import { likelyAmounts } from "./amounts";

const loans = Object.values(household(false).loan);
const of = (name: string) => {
  const found = loans.find((loan) => loan.card.name === name);
  if (found === undefined) throw new Error(name);
  return likelyAmounts(found.card, found.statement).map(({ kind, amount }) => [kind, amount]);
};

describe("what a payment probably was", () => {
  it("is the oldest late term first", () => {
    expect(of("丙分期")).toEqual([
      ["oldest", "1404.95"],
      ["overdue", "2788.91"],
      ["next", "1375.70"],
    ]);
  });
  it("is the next due where nothing is late", () => {
    expect(of("甲贷")).toEqual([["next", "1586.13"]]);
    expect(of("丁卡")).toEqual([["next", "750.00"]]);
  });
  it("names a stated balance once", () => {
    expect(of("己贷")).toEqual([["stated", "5099.34"]]);
  });
});
