import { describe, expect, it } from "vitest";
import { mappingOf, startOf } from "./mapping";

describe("which column is what", () => {
  it("begins with what the program understood", () => {
    expect(startOf(undefined)).toEqual({ sheet: undefined, way: "signed", signs: "minus_is_out", columns: {} });
    const start = startOf({ date: "日期", income: "收入", expense: "支出", note: null });
    expect(start.way).toBe("split");
    expect(start.columns).toEqual({ date: "日期", income: "收入", expense: "支出" });
    expect(startOf({ date: "天", amount: "钱", direction: "向" }).way).toBe("directed");
  });

  it("asks only with the columns of the chosen way", () => {
    const columns = { date: "天", amount: "钱", direction: "向", income: "入", expense: "出", note: "" };
    expect(mappingOf(undefined, "signed", "minus_is_in", columns)).toMatchObject({ sheet: null, date: "天", amount: "钱", signs: "minus_is_in", note: null });
    expect(mappingOf(undefined, "signed", "minus_is_in", columns).direction).toBeUndefined();
    expect(mappingOf("表", "split", "minus_is_in", columns)).toMatchObject({ sheet: "表", income: "入", expense: "出", signs: "minus_is_out" });
    expect(mappingOf("表", "split", "minus_is_out", columns).amount).toBeUndefined();
  });
});
