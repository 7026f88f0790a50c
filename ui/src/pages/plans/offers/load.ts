import type { OfferMonthView } from "@/ipc/types";
import { drawLoads, type LoadDrawing } from "@/parts/load";
import { forDrawing } from "@/text/amount";

/** Each month's request as a bar, the contracts as a step line, what can be paid as a level. Undefined with no months. */
export function drawLoad(months: readonly OfferMonthView[], capacity: string): LoadDrawing | undefined {
  const level = forDrawing(capacity);
  const heights = months.map((one) => ({ month: one.month, requested: forDrawing(one.requested), contract: forDrawing(one.contract), capacity: level }));
  return drawLoads(heights, Math.max(level, ...heights.flatMap((one) => [one.requested, one.contract])));
}
