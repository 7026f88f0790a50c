import type { LoanCard } from "@/ipc/types";

/** What the list can be narrowed to. Every open loan is overdue or negotiated or in order; it can be the first two at once. */
export const groups = ["all", "overdue", "negotiating", "normal"] as const;
export type Group = (typeof groups)[number];

export function inGroup(card: Pick<LoanCard, "overdue_days" | "tag">, group: Group): boolean {
  const overdue = card.overdue_days > 0;
  const negotiating = card.tag === "requested" || card.tag === "oral_only";
  switch (group) {
    case "all":
      return true;
    case "overdue":
      return overdue;
    case "negotiating":
      return negotiating;
    case "normal":
      return !overdue && !negotiating;
  }
}

export function groupFrom(query: unknown): Group {
  return groups.find((group) => group === query) ?? "all";
}
