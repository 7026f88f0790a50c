import { describe, expect, it } from "vitest";
import { household } from "@/dev/household";
import { standing } from "./standing";

const loans = Object.values(household(false).loan);
const named = (name: string) => {
  const found = loans.find((loan) => loan.card.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const [requested, agreed] = [named("戊借"), named("丁卡")];

describe("what stands on top of a loan", () => {
  it("is the open request", () => {
    expect(standing(requested).proposal?.terms).toBe(30);
    expect(standing(requested).agreement).toBeUndefined();
  });
  it("is the agreement, and no longer the request it answered", () => {
    const both = { ...agreed, proposals: requested.proposals.map((each) => ({ ...each, made_at: "2026-07-18T09:00:00+08:00" })) };
    expect(standing(both)).toEqual({ agreement: agreed.agreement, proposal: undefined });
  });
  it("is a new request besides the agreement", () => {
    const later = { ...agreed, proposals: requested.proposals };
    expect(standing(later).agreement).toBeDefined();
    expect(standing(later).proposal).toBeDefined();
  });
  it("is nothing that expired, was replaced or belongs to a closed loan", () => {
    const expired = { ...requested, proposals: requested.proposals.map((each) => ({ ...each, state: "expired" as const })) };
    expect(standing(expired).proposal).toBeUndefined();
    expect(standing({ ...agreed, agreement: agreed.agreement && { ...agreed.agreement, superseded: true } }).agreement).toBeUndefined();
    expect(standing({ ...requested, card: { ...requested.card, closed: true } })).toEqual({});
  });
});
