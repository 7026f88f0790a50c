import type { ProposalView } from "@/ipc/types";
import { useText } from "@/text/useText";

/** Whether all dues but the last are one amount, so that "18 terms of ¥720.00" is true of them. */
export function isEven(proposal: Pick<ProposalView, "rows" | "monthly">): boolean {
  return proposal.rows.slice(0, -1).every((row) => row.amount === proposal.monthly);
}

/** An offer in one line; one whose dues differ is told by its first and its last. */
export function useDuesWords(): (proposal: Pick<ProposalView, "rows" | "monthly" | "terms">) => string {
  const { t, money } = useText();
  return (proposal) => {
    const words = { n: proposal.terms, amount: money(proposal.monthly), last: money(proposal.rows.at(-1)?.amount ?? proposal.monthly) };
    return t(isEven(proposal) ? "plans.termsOf" : "plans.termsFromTo", words);
  };
}
