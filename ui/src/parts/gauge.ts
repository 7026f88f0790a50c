import { showPercent } from "@/text/amount";

/** The scale of the reference gauge, in per cent: a round end beyond the largest value, four to six equal steps. */
export function gaugeScale(fractions: string[]): { end: number; ticks: number[] } {
  const largest = Math.max(10, ...fractions.map(toPercent));
  const step = [5, 10, 20, 50, 100, 200, 500, 1000, 2000].find((s) => largest * 1.04 <= s * 5) ?? 5000;
  const steps = Math.max(4, Math.ceil((largest * 1.04) / step));
  return { end: steps * step, ticks: Array.from({ length: steps + 1 }, (_, n) => n * step) };
}

/** Where a rate lies on the track: for drawing only. */
export function toPercent(fraction: string): number {
  const value = Number(fraction) * 100;
  return Number.isFinite(value) ? value : 0;
}

/** 24% rather than 24.00%: a reference line is said as the rule says it. */
export function plainPercent(fraction: string): string {
  return showPercent(fraction).replace(/\.00%$/, "%");
}
