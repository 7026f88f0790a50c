import { describe, expect, it } from "vitest";
import { editForms, fileName, GROUPS, placeFor, withEdit } from "./kinds";

describe("letters as chosen and changed", () => {
  it("offers every kind once, and complaints only by their own page", () => {
    const kinds = GROUPS.flatMap((group) => group.kinds);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds).not.toContain("complaint");
  });

  it("drops a change that says what was there, and keeps what is left out", () => {
    const changed = withEdit(withEdit({}, "ask", "请分 30 期", "请分 24 期"), "thanks", null, "谢谢");
    expect(editForms(changed)).toEqual([
      { id: "ask", text: "请分 30 期" },
      { id: "thanks", text: null },
    ]);
    expect(withEdit(changed, "ask", "请分 24 期", "请分 24 期")).toEqual({ thanks: null });
  });

  it("leads to where a fact is written down, and nowhere when only the letter can say it", () => {
    expect(placeFor("request", "L1")).toEqual({ name: "make-offer", params: { id: "L1" } });
    expect(placeFor("objection.reasons", "L1")).toBeUndefined();
  });

  it("names a file so that any system takes it", () => {
    expect(fileName("申请/书", '甲:"花', "2026-11-22")).toBe("申请_书-甲_花-2026-11-22.pdf");
  });
});
