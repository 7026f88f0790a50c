import type { LoanCard, StatementView } from "@/ipc/types";
import { isZero, oldestOpen } from "../buckets";

/** An amount that is likely to be what was paid, as the façade has it. */
export interface LikelyAmount {
  kind: "oldest" | "stated" | "overdue" | "next";
  term: number;
  amount: string;
}

/** What a payment probably was: the oldest open term first, everything late, the next due. No amount twice. */
export function likelyAmounts(card: Pick<LoanCard, "next_due">, statement: StatementView): LikelyAmount[] {
  const found: LikelyAmount[] = [];
  const add = (each: LikelyAmount) => {
    if (!isZero(each.amount) && !found.some((known) => known.amount === each.amount)) found.push(each);
  };
  const oldest = oldestOpen(statement);
  const next = card.next_due;
  const isNext = oldest !== undefined && next !== null && oldest.due === next.due;
  if (oldest !== undefined && !isNext) add({ kind: oldest.term === 0 ? "stated" : "oldest", term: oldest.term, amount: oldest.unpaid });
  add({ kind: "overdue", term: 0, amount: statement.overdue.total });
  if (next !== null) add({ kind: "next", term: next.term, amount: next.amount });
  return found;
}
