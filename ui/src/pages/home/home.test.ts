import { describe, expect, it } from "vitest";
import { household } from "@/dev/household";
import { hasMessage } from "@/i18n";
import type { NextStep, StepKind } from "@/ipc/types";
import { chineseDay } from "./confirmation";
import { waterOf } from "./path";
import { standOf } from "./stand";
import { waysOf } from "./steps";

const home = household(false).home;
const kinds: StepKind[] = ["add_first_loan", "ask_in_writing", "state_capacity", "prepare_due", "make_offer", "follow_up", "find_lender", "nothing"];

describe("the next step", () => {
  const step = (kind: StepKind): NextStep => ({ ...home.next_step, kind });

  it.each(kinds)("%s has a way on and words for it", (kind) => {
    const ways = waysOf(step(kind));
    expect(ways.main).toBeDefined();
    if (kind === "add_first_loan") return;
    for (const part of ["title", "text", "main"]) expect(hasMessage(`home.step.${kind}.${part}`), `${kind}.${part}`).toBe(true);
    expect(hasMessage(`home.step.${kind}.other`)).toBe(ways.other !== undefined);
  });

  it("leads to the loan it is about", () => {
    expect(waysOf(step("prepare_due")).main).toEqual({ name: "loan-pay", params: { id: "loan-1" } });
    expect(waysOf(step("follow_up")).main).toEqual({ name: "contact-log", query: { loan: "loan-1" } });
    expect(waysOf({ ...step("nothing"), loan_id: null }).main).toEqual({ name: "contact-log", query: {} });
  });

  it("writes to a Chinese lender in Chinese", () => {
    expect(chineseDay("2026-11-06")).toBe("11 月 6 日");
  });
});

describe("the path", () => {
  it("begins with everything, before this month is paid, and ends on the shore", () => {
    const path = home.path;
    if (path === null) throw new Error("the household has a path");
    const points = waterOf(path, home.today, "今天");
    expect(points[0]).toEqual({ month: "2026-11", remaining: path.total, label: "今天", path: "path.total", of: "pathTotal" });
    expect(points.at(-1)?.path).toBe(`path.points[${path.points.length - 1}].left`);
    expect(points).toHaveLength(path.points.length + 1);
    expect(points.at(-1)?.remaining).toBe("0.00");
    expect(points.at(-1)?.month).toBe(path.last_month);
  });
});

describe("where each loan stands", () => {
  it("is told by what is confirmed first, then by what is late", () => {
    const stands = Object.fromEntries(home.loans.map(({ card }) => [card.name, standOf(card)]));
    expect(stands).toEqual({ 甲贷: "contract", 乙花: "contract", 丙分期: "late", 丁卡: "agreed", 戊借: "oral", 己贷: "lender" });
  });
});
