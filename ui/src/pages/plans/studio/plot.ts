import type { StudioPlan } from "@/ipc/types";
import { drawLoads, type LoadDrawing } from "@/parts/load";
import { forDrawing } from "@/text/amount";

/** A plan's months as the engine sized them; the one amount read is that of the greatest, to name heights at the edge. */
export function drawPlan(plan: Pick<StudioPlan, "loads">): LoadDrawing | undefined {
  const heights = plan.loads.map((load) => ({
    month: load.month,
    requested: load.paid_share,
    contract: load.contract_share,
    capacity: load.capacity_share,
  }));
  return drawLoads(heights, greatest(plan));
}

function greatest({ loads }: Pick<StudioPlan, "loads">): number {
  const whole = Math.max(0, ...loads.flatMap((load) => [load.paid_share, load.contract_share, load.capacity_share]));
  for (const load of loads) {
    if (load.contract_share === whole) return forDrawing(load.contract);
    if (load.capacity_share === whole) return forDrawing(load.capacity);
    if (load.paid_share === whole) return forDrawing(load.paid);
  }
  return 0;
}

/** The month from which the contracts ask for no more than there is; undefined when they always do. */
export function coveredFrom({ loads }: Pick<StudioPlan, "loads">): string | undefined {
  const last = loads.reduce((found, load, index) => (load.contract_share > load.capacity_share ? index : found), -1);
  return last < 0 ? undefined : loads[last + 1]?.month;
}
