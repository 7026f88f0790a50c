import type { OfferMonthView } from "@/ipc/types";
import { linear, roundTicks } from "@/parts/scale";
import { forDrawing } from "@/text/amount";

export interface LoadDrawing {
  width: number;
  height: number;
  bars: { x: number; y: number; width: number; height: number }[];
  /** Step line of what the contracts ask for. */
  contract: string;
  /** The part of it above what can be paid. */
  over: string;
  /** Height of the line of what can be paid, and in per cent for its figure. */
  capacity: number;
  capacityAt: number;
  /** Figures for the right edge: even thousands, none close to the capacity's own. */
  levels: { value: number; at: number }[];
  ticks: { month: string; at: number }[];
}

const WIDTH = 600;
const HEIGHT = 190;
/** Figures closer than this, in per cent of the height, would lie over one another. */
const APART = 9;

/** Each month's request as a bar, the contracts as a step line, what can be paid as a level. Undefined with no months. */
export function drawLoad(months: readonly OfferMonthView[], capacity: string): LoadDrawing | undefined {
  const asked = months.map((month) => forDrawing(month.requested));
  const due = months.map((month) => forDrawing(month.contract));
  const level = forDrawing(capacity);
  const top = Math.max(level, ...asked, ...due);
  if (months.length === 0 || top <= 0) return undefined;
  const x = linear([0, months.length], [0, WIDTH]);
  const y = linear([0, top * 1.06], [HEIGHT, 0]);
  const step = WIDTH / months.length;
  const gap = Math.min(2, step * 0.18);
  const percent = (value: number) => (y(value) / HEIGHT) * 100;
  const last = due.reduce((found, value, index) => (value > 0 ? index : found), -1);
  return {
    width: WIDTH,
    height: HEIGHT,
    bars: asked.flatMap((value, index) => (value > 0 ? [{ x: x(index) + gap / 2, y: y(value), width: step - gap, height: HEIGHT - y(value) }] : [])),
    contract: last < 0 ? "" : stepPath(due.slice(0, last + 1), x, y),
    over: due.flatMap((value, index) => (value > level ? [`M${x(index)},${y(level)}V${y(value)}H${x(index + 1)}V${y(level)}Z`] : [])).join(""),
    capacity: y(level),
    capacityAt: percent(level),
    levels: roundTicks(top)
      .filter((value) => value <= top)
      .map((value) => ({ value, at: percent(value) }))
      .filter(({ at }) => Math.abs(at - percent(level)) > APART),
    ticks: ticksOf(months.map((month) => month.month)),
  };
}

function stepPath(values: number[], x: (index: number) => number, y: (value: number) => number): string {
  const steps = values.map((value, index) => `${index === 0 ? "M" : "L"}${x(index)},${y(value)}H${x(index + 1)}`).join("");
  return `${steps}V${y(0)}`;
}

/** The first month, and each January that is not too close to it: at most four. */
function ticksOf(months: string[]): { month: string; at: number }[] {
  const januaries = months.flatMap((month, index) => (month.endsWith("-01") && index > 0 ? [index] : []));
  const every = Math.ceil(januaries.length / 3);
  const shown = [0, ...januaries.filter((_, place) => every === 0 || place % every === 0)];
  return shown
    .map((index) => ({ month: months[index] ?? "", at: (index / months.length) * 100 }))
    .filter(({ at }, place) => place === 0 || (at > 14 && at < 92));
}
