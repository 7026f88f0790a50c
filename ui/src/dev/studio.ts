import type { Commands, PlanObjective, StudioRequest, StudioView } from "@/ipc/types";
import type { Household } from "./household";
import { no, ok } from "./answer";
import recorded from "./studio.json";

/**
 * The studio under a few settings, written by `cargo run -p ashore-app --example household studio >
 * ui/src/dev/studio.json`. What is asked between them is answered with the nearest.
 */
const known = recorded as unknown as { request: Partial<StudioRequest>; view: StudioView }[];
const SHEET = 2593;

export function studioCommands(house: Household) {
  return {
    planStudio: async (request, drawn) => {
      if (house.loans.loans.length === 0) return no<StudioView>("nothing_owed", "nothing is owed");
      if (request.monthly == null && house.capacity === null) return no<StudioView>("field_missing", "state the monthly capacity first", "monthly");
      return ok(onlyInFull(nearest(request), drawn));
    },
    savePlan: async () => ok(house.proposals),
  } satisfies Partial<Commands>;
}

/** All are recorded in full; the façade sends one of them so. */
function onlyInFull(view: StudioView, drawn: PlanObjective): StudioView {
  const one = view.plans.find((plan) => plan.objective === drawn) ?? view.plans[0];
  return { ...view, plans: view.plans.map((plan) => (plan === one ? plan : { ...plan, debts: [], loads: [], lines: [] })) };
}

function nearest(request: StudioRequest): StudioView {
  const helped = (request.debts ?? []).some((debt) => debt.waiver != null);
  const far = (one: Partial<StudioRequest>) =>
    Math.abs(Number(one.monthly ?? SHEET) - Number(request.monthly ?? SHEET)) / 100 +
    Math.abs((one.terms_max ?? 36) - (request.terms_max ?? 36)) / 4 +
    Math.abs((one.grace_max ?? 0) - (request.grace_max ?? 0)) +
    ((one.waive_penalties ?? false) === (request.waive_penalties ?? false) ? 0 : 20);
  const open = known.filter(({ view }) => !helped || view.obstacle === null);
  const [first] = open.toSorted((a, b) => far(a.request) - far(b.request));
  return (first ?? known[0]!).view;
}
