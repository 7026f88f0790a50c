import { expect, it } from "vitest";
import { coveredFrom, drawPlan } from "./plot";

const load = (month: string, paid: number, contract: number, capacity = 4000) => ({
  month,
  paid: "0.00",
  contract: contract === 10000 ? "5000.00" : "0.00",
  capacity: "2000.00",
  cash_after: "0.00",
  left: "0.00",
  paid_share: paid,
  contract_share: contract,
  capacity_share: capacity,
  left_share: 0,
});

it("takes heights from the engine's shares and names round figures of the greatest amount", () => {
  const drawing = drawPlan({ loads: [load("2026-12", 3900, 10000), load("2027-01", 3900, 4000), load("2027-02", 3900, 0)] });
  expect(drawing?.bars).toHaveLength(3);
  expect(drawing?.over.match(/M/g)).toHaveLength(1);
  expect(drawing?.contract.match(/H/g)).toHaveLength(2);
  expect(drawing?.levels.map((level) => level.value)).toEqual([0, 4000]);
  const top = drawing?.levels.find((level) => level.value === 4000)?.at ?? 0;
  expect(top).toBeCloseTo((1 - 8000 / 10600) * 100);
});

it("lets what can be paid rise when an agreement has ended", () => {
  const drawing = drawPlan({ loads: [load("2026-12", 100, 0, 4000), load("2027-01", 100, 0, 8000)] });
  expect(drawing?.capacity.match(/H/g)).toHaveLength(2);
  expect(new Set(drawing?.capacity.match(/,[\d.]+/g)).size).toBe(2);
});

it("says from which month on the contracts ask for no more than there is", () => {
  expect(coveredFrom({ loads: [load("2026-12", 0, 9000), load("2027-01", 0, 5000), load("2027-02", 0, 4000)] })).toBe("2027-02");
  expect(coveredFrom({ loads: [load("2026-12", 0, 3000)] })).toBeUndefined();
  expect(coveredFrom({ loads: [load("2026-12", 0, 9000)] })).toBeUndefined();
});
