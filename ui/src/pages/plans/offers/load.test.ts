import { expect, it } from "vitest";
import { drawLoad } from "./load";

const month = (name: string, contract: string, requested: string) => ({ month: name, contract, requested, remaining: "0.00" });

it("draws a bar per month asked for, a step line for the contracts and hatches only what exceeds the capacity", () => {
  const drawing = drawLoad([month("2026-12", "6000.00", "2500.00"), month("2027-01", "2000.00", "2500.00"), month("2027-02", "0.00", "2500.00")], "2593.00");
  expect(drawing?.bars).toHaveLength(3);
  expect(drawing?.over.match(/M/g)).toHaveLength(1);
  expect(drawing?.contract).toMatch(/^M0,/);
  expect(drawing?.contract.match(/H/g)).toHaveLength(2);
  expect(((drawing?.bars[0]?.y ?? 0) / (drawing?.height ?? 1)) * 100).toBeGreaterThan(drawing?.capacityAt ?? 100);
  expect(drawing?.capacity).toMatch(/^M0,/);
});

it("draws nothing when there is nothing to pay", () => {
  expect(drawLoad([], "2593.00")).toBeUndefined();
  expect(drawLoad([month("2026-12", "0.00", "0.00")], "0.00")).toBeUndefined();
});

it("names few months, and no figure close to the capacity's own", () => {
  const months = Array.from({ length: 60 }, (_, n) => month(`${2026 + Math.floor((n + 11) / 12)}-${String(((n + 11) % 12) + 1).padStart(2, "0")}`, "3000.00", "2000.00"));
  const drawing = drawLoad(months, "2593.00");
  expect(drawing?.ticks.length).toBeLessThanOrEqual(4);
  expect(drawing?.ticks[0]).toEqual({ month: "2026-12", at: 0 });
  for (const level of drawing?.levels ?? []) expect(Math.abs(level.at - (drawing?.capacityAt ?? 0))).toBeGreaterThan(9);
});
