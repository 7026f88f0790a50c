import { roundTicks, linear } from "./scale";

/** What a picture of monthly loads consists of, in its own units; places of words in per cent. */
export interface LoadDrawing {
  width: number;
  height: number;
  bars: { x: number; y: number; width: number; height: number }[];
  /** Step line of what the contracts ask for. */
  contract: string;
  /** The part of it above what can be paid. */
  over: string;
  /** Line of what can be paid, and where its first height lies. */
  capacity: string;
  capacityAt: number;
  /** Where its last height lies, when that is another one. */
  capacityEndAt: number | undefined;
  /** Figures for the right edge: even thousands, none close to the capacity's own. */
  levels: { value: number; at: number }[];
  ticks: { month: string; at: number }[];
}

/** One month's heights, all in one measure, whatever it is. */
export interface MonthHeights {
  month: string;
  requested: number;
  contract: number;
  capacity: number;
}

const WIDTH = 600;
const HEIGHT = 190;
/** Figures closer than this, in per cent of the height, would lie over one another. */
const APART = 9;

/**
 * Each month's request as a bar, the contracts and what can be paid as step lines. `top` is what the greatest height
 * stands for, in yuan: it only places the figures at the edge. Undefined with nothing to draw.
 */
export function drawLoads(months: readonly MonthHeights[], top: number): LoadDrawing | undefined {
  const greatest = Math.max(0, ...months.flatMap((month) => [month.requested, month.contract, month.capacity]));
  const first = months[0];
  if (first === undefined || greatest <= 0) return undefined;
  const x = linear([0, months.length], [0, WIDTH]);
  const y = linear([0, greatest * 1.06], [HEIGHT, 0]);
  const step = WIDTH / months.length;
  const gap = Math.min(2, step * 0.18);
  const percent = (height: number) => (y(height) / HEIGHT) * 100;
  const end = percent(months.at(-1)?.capacity ?? first.capacity);
  const apart = (at: number) => Math.abs(at - percent(first.capacity)) > APART;
  const last = months.reduce((found, month, index) => (month.contract > 0 ? index : found), -1);
  const steps = (heights: number[]) => heights.map((height, index) => `${index === 0 ? "M" : "L"}${x(index)},${y(height)}H${x(index + 1)}`).join("");
  return {
    width: WIDTH,
    height: HEIGHT,
    bars: months.flatMap(({ requested }, index) => (requested > 0 ? [{ x: x(index) + gap / 2, y: y(requested), width: step - gap, height: HEIGHT - y(requested) }] : [])),
    contract: last < 0 ? "" : `${steps(months.slice(0, last + 1).map((month) => month.contract))}V${y(0)}`,
    over: months.flatMap(({ contract, capacity }, index) => (contract > capacity ? [`M${x(index)},${y(capacity)}V${y(contract)}H${x(index + 1)}V${y(capacity)}Z`] : [])).join(""),
    capacity: steps(months.map((month) => month.capacity)),
    capacityAt: percent(first.capacity),
    capacityEndAt: apart(end) ? end : undefined,
    levels: roundTicks(top)
      .filter((value) => value <= top)
      .map((value) => ({ value, at: percent((value / top) * greatest) }))
      .filter(({ at }) => [percent(first.capacity), end].every((taken) => Math.abs(at - taken) > APART)),
    ticks: ticksOf(months.map((month) => month.month)),
  };
}

/** The first month, and each January that is not too close to it: at most four. With no January in between, the last month. */
function ticksOf(months: string[]): { month: string; at: number }[] {
  const januaries = months.flatMap((month, index) => (month.endsWith("-01") && index > 0 ? [index] : []));
  const every = Math.ceil(januaries.length / 3);
  const shown = [0, ...januaries.filter((_, place) => every === 0 || place % every === 0)];
  const ticks = shown
    .map((index) => ({ month: months[index] ?? "", at: (index / months.length) * 100 }))
    .filter(({ at }, place) => place === 0 || (at > 14 && at < 92));
  const last = months.length - 1;
  return ticks.length === 1 && last > 2 ? [...ticks, { month: months[last] ?? "", at: (last / months.length) * 100 }] : ticks;
}
