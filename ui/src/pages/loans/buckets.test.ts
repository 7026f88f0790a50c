import { describe, expect, it } from "vitest";
import { household } from "@/dev/household";
import { buckets, isZero, lateRows, oldestOpen, rowsBehind, shownBuckets } from "./buckets";

const loans = Object.values(household(false).loan);
const fen = (amount: string) => BigInt(amount.replace(".", ""));
const named = (name: string) => {
  const found = loans.find((loan) => loan.card.name === name);
  if (found === undefined) throw new Error(name);
  return found.statement;
};

describe("the rows behind a figure", () => {
  it("sum to it, to the fen, for every bucket of every loan", () => {
    for (const { card, statement } of loans) {
      for (const bucket of buckets) {
        const sum = rowsBehind(statement, bucket).reduce((total, row) => total + fen(row.unpaid_parts[bucket]), 0n);
        expect(sum, `${card.name} ${bucket}`).toBe(fen(statement.outstanding[bucket]));
      }
    }
  });

  it("shows only buckets that hold something", () => {
    expect(shownBuckets(named("丙分期").outstanding)).toEqual(["principal", "interest", "penalty", "fees"]);
    expect(shownBuckets(named("甲贷").outstanding)).toEqual(["principal"]);
  });

  it("knows what is late and what a payment goes to first", () => {
    expect(lateRows(named("丙分期")).map((row) => row.term)).toEqual([8, 9]);
    expect(oldestOpen(named("丙分期"))?.term).toBe(8);
    expect(oldestOpen(named("甲贷"))?.term).toBe(10);
    expect(oldestOpen(named("己贷"))?.term).toBe(0);
  });
});

describe("isZero", () => {
  it.each(["0.00", "0", "-0.00"])("%s is nothing", (amount) => expect(isZero(amount)).toBe(true));
  it.each(["0.01", "10.00", "-3.00"])("%s is something", (amount) => expect(isZero(amount)).toBe(false));
});
