import { describe, expect, it } from "vitest";
import { suggest } from "./suggest";

describe("suggest", () => {
  const known = ["甲贷", "丙分期", "乙分期", "甲贷", " ", "Ding Card"];

  it("offers everything once while nothing is typed", () => {
    expect(suggest(known, "")).toEqual(["甲贷", "丙分期", "乙分期", "Ding Card"]);
  });
  it("finds inside a name and ignores case", () => {
    expect(suggest(known, "分期")).toEqual(["丙分期", "乙分期"]);
    expect(suggest(known, "card")).toEqual(["Ding Card"]);
  });
  it("puts names that begin with it first", () => {
    expect(suggest(["大丙", "丙分期"], "丙")).toEqual(["丙分期", "大丙"]);
  });
  it("does not offer what is already typed", () => {
    expect(suggest(known, "甲贷")).toEqual([]);
  });
});
