import { expect, it } from "vitest";
import { isEven, useDuesWords } from "@/pages/plans/offers/dues";
import { household } from "./harness";

const offer = (...amounts: string[]) => ({ monthly: amounts[0] ?? "0.00", terms: amounts.length, rows: amounts.map((amount, n) => ({ due: `2026-12-0${n + 1}`, amount })) });

it("dues that differ are not told as if each were the first; a last one of its own is no difference", () => {
  household();
  const words = useDuesWords();
  expect(words(offer("443.71", "443.71", "443.89"))).toBe("3 期，每期 ¥443.71");
  expect(words(offer("4000.00", "4500.00", "4811.48"))).toBe("3 期，首期 ¥4,000.00，末期 ¥4,811.48");
  expect([isEven(offer()), isEven(offer("9.00"))]).toEqual([true, true]);
});
