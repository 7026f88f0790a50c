import { describe, expect, it } from "vitest";
import { groupFrom, groups, inGroup } from "./groups";
import { household } from "@/dev/household";

describe("groups of the list", () => {
  const cards = household(false).loans.loans;
  const names = (group: (typeof groups)[number]) => cards.filter((card) => inGroup(card, group)).map((card) => card.name);

  it("tells overdue, negotiated and in order apart", () => {
    expect(names("overdue")).toEqual(["戊借", "丙分期", "己贷"]);
    expect(names("negotiating")).toEqual(["戊借"]);
    expect(names("normal")).toEqual(["乙花", "甲贷", "丁卡"]);
    expect(names("all")).toHaveLength(6);
  });

  it("loses no loan", () => {
    for (const card of cards) expect(groups.slice(1).some((group) => inGroup(card, group))).toBe(true);
  });

  it("takes only its own words from the address", () => {
    expect(groupFrom("overdue")).toBe("overdue");
    expect(groupFrom(["overdue"])).toBe("all");
    expect(groupFrom(undefined)).toBe("all");
  });
});
