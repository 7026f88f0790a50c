import type { PathView } from "@/ipc/types";
import type { WaterPoint } from "@/parts/waterline";

/** The waterline of a path: from what is to be paid today, before anything of this month, down to the shore. */
export function waterOf(path: PathView, today: string, now: string): WaterPoint[] {
  return [
    { month: today.slice(0, 7), remaining: path.total, label: now, path: "path.total", of: "pathTotal" },
    ...path.points.map((point, index) => ({ month: point.month, remaining: point.left, path: `path.points[${index}].left`, of: "left" })),
  ];
}
