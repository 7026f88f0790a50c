import { describe, expect, it } from "vitest";
import { filled } from "./derivation";

const of = (formula: string, inputs: Record<string, string>) => filled({ formula, inputs: Object.entries(inputs).map(([name, value]) => ({ name, called: null, value })) }, (name) => (name === "min" ? "取较小" : name));

describe("a formula with its values", () => {
  it("puts every value in its place and writes the signs people write", () => {
    expect(of("(base_1 * (to_1 - from_1)) * daily_rate", { base_1: "745.60", to_1: "2026-05-20", from_1: "2026-02-15", daily_rate: "0.001" })).toBe("(745.60 × (2026-05-20 − 2026-02-15)) × 0.001");
  });
  it("tells names apart that begin alike", () => {
    expect(of("step_1 + step_10", { step_1: "1", step_10: "2" })).toBe("1 + 2");
  });
  it("drops brackets around all of it, and only those", () => {
    expect(of("(a + b)", { a: "1", b: "2" })).toBe("1 + 2");
    expect(of("(a) * (b)", { a: "1", b: "2" })).toBe("(1) × (2)");
  });
  it("brackets a value below nought after another sign", () => {
    expect(of("0 - a", { a: "-843.29" })).toBe("0 − (-843.29)");
    expect(of("a + b * c", { a: "-1", b: "2", c: "-3" })).toBe("-1 + 2 × (-3)");
  });
  it("puts functions into words and leaves minus signs of values alone", () => {
    expect(of("min(a, 0 - b)", { a: "-3", b: "1/3" })).toBe("取较小(-3, 0 − 1/3)");
  });
});
