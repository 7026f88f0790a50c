import type { LoanCard } from "@/ipc/types";

/** Where one loan stands on its way, as a word of the catalogue. */
export type Stand = "agreed" | "oral" | "requested" | "lender" | "late" | "contract";

export function standOf(card: Pick<LoanCard, "tag" | "overdue_days">): Stand {
  switch (card.tag) {
    case "agreed":
      return "agreed";
    case "oral_only":
      return "oral";
    case "requested":
      return "requested";
    case "lender_unknown":
      return "lender";
    default:
      return card.overdue_days > 0 ? "late" : "contract";
  }
}
