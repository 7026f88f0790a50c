import { describe, expect, it } from "vitest";
import { groupYuan, readCount, readMoney, readPercent, showPercent } from "./amount";

describe("groupYuan", () => {
  it.each([
    ["1234.5", "1,234.50"],
    ["0.07", "0.07"],
    ["67825.62", "67,825.62"],
    ["1000000", "1,000,000.00"],
    ["-319.45", "\u2212319.45"],
    ["n/a", "n/a"],
  ])("%s reads %s", (amount, shown) => expect(groupYuan(amount)).toBe(shown));
});

describe("readMoney", () => {
  it.each([
    ["18800", "18800.00"],
    ["１８，８００．５", "18800.50"],
    ["18,800.05", "18800.05"],
    ["1,8800", "18800.00"],
    ["1.88万", "18800.00"],
    ["2 万元", "20000.00"],
    ["1.234567万", "12345.67"],
    ["0.5w", "5000.00"],
    ["￥1,375.70 元", "1375.70"],
    [".5", "0.50"],
    ["007", "7.00"],
    ["12.3400", "12.34"],
  ])("%s means %s", (typed, value) => expect(readMoney(typed)).toEqual({ ok: true, value }));

  it.each([
    ["十万", "not_number"],
    ["1e400", "not_number"],
    ["12.345", "too_many_decimals"],
    ["1.2345678万", "too_many_decimals"],
    ["-5", "negative"],
    ["18,8", "not_number"],
    ["1.2.3", "not_number"],
    [".", "not_number"],
    ["万", "not_number"],
    ["9999999999", "too_large"],
    ["100000万", "too_large"],
  ])("%s is refused: %s", (typed, trouble) => expect(readMoney(typed)).toEqual({ ok: false, trouble }));
});

describe("counts and rates", () => {
  it("reads terms", () => {
    expect(readCount("１８ 期".replace(" ", ""))).toEqual({ ok: true, value: 18 });
    expect(readCount("-3")).toEqual({ ok: false });
    expect(readCount("2.5")).toEqual({ ok: false });
  });
  it.each([
    ["23.76", "0.2376"],
    ["24%", "0.24"],
    ["0.05", "0.0005"],
    ["100", "1"],
    ["150.5", "1.505"],
    ["7.2", "0.072"],
    ["0", "0"],
  ])("%s per cent is %s", (typed, value) => expect(readPercent(typed)).toEqual({ ok: true, value }));
  it.each([
    ["0.36912345", "36.91%"],
    ["0.24", "24.00%"],
    ["1.505", "150.50%"],
    ["0.000625", "0.06%"],
    ["0.0299999", "3.00%"],
    ["12", "1,200.00%"],
  ])("%s shows %s", (fraction, shown) => expect(showPercent(fraction)).toBe(shown));
});
