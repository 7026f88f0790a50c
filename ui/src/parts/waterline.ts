import { area, curveMonotoneX, line } from "d3-shape";
import { forDrawing } from "@/text/amount";
import { linear } from "./scale";

export interface WaterPoint {
  /** YYYY-MM */
  month: string;
  /** Still to be paid at the end of that month. */
  remaining: string;
  /** Said instead of the month: the first point is today, before anything of its month is paid. */
  label?: string;
  /** Its place in the answer of the page, and the words for how it came about. */
  path?: string;
  of?: string;
}

export interface WaterDrawing {
  width: number;
  height: number;
  line: string;
  water: string;
  shore: string;
  last: { x: number; y: number };
  /** Months to write under the picture, with their place in per cent. */
  ticks: { month: string; x: number }[];
}

const WIDTH = 600;
/** The last sixth is dry land: the line ends on the shore, not at the edge. */
const LAND = 0.86;

/** Turns what is still to be paid, month by month, into the picture of the waterline. Undefined without two points. */
export function drawWaterline(points: WaterPoint[], height = 150): WaterDrawing | undefined {
  const values = points.map((point) => forDrawing(point.remaining));
  const top = Math.max(...values);
  if (points.length < 2 || top <= 0) return undefined;
  const x = linear([0, points.length - 1], [0, WIDTH * LAND]);
  const y = linear([0, top], [height - 12, 6]);
  const at = values.map((value, index): [number, number] => [x(index), y(value)]);
  const end = at.at(-1) ?? [0, 0];
  const land: [number, number][] = [
    [WIDTH * 0.5, height],
    [WIDTH * 0.68, height - 5],
    [end[0], end[1]],
    [WIDTH * 0.94, height - 20],
    [WIDTH, height - 26],
  ];
  const middle = Math.floor((points.length - 1) / 2);
  return {
    width: WIDTH,
    height,
    line: line()(at) ?? "",
    water: area().y0(height)(at) ?? "",
    shore: `${line().curve(curveMonotoneX)(land) ?? ""}V${height}Z`,
    last: { x: end[0], y: end[1] },
    ticks: [...new Set([0, middle, points.length - 1])].map((index) => ({
      month: points[index]?.month ?? "",
      x: ((at[index]?.[0] ?? 0) / WIDTH) * 100,
    })),
  };
}
