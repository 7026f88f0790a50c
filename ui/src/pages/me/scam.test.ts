import { describe, expect, it } from "vitest";
import { questions, verdict, type Answers } from "./scam";

describe("the scam check", () => {
  it("asks eight questions and says nothing before they are answered", () => {
    expect(questions).toHaveLength(8);
    expect(verdict({})).toEqual({ answered: 0, signs: 0, complete: false });
  });

  it("stops at one sign, whatever the rest is", () => {
    for (const each of questions) expect(verdict({ [each]: "yes" }).signs).toBe(1);
  });

  it("is clear only when all eight are no", () => {
    const all = Object.fromEntries(questions.map((each) => [each, "no"])) as Answers;
    expect(verdict(all)).toEqual({ answered: 8, signs: 0, complete: true });
    delete all.code;
    expect(verdict(all).complete).toBe(false);
  });
});
