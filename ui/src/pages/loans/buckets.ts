import type { BucketsView, StatementView, TermRow } from "@/ipc/types";

/** What a yuan is owed for, in the order in which it is shown. */
export const buckets = ["principal", "interest", "penalty", "compound", "late_fee", "fees", "enforcement_cost"] as const;
export type BucketName = (typeof buckets)[number];

/** The colour of each: compound interest shares that of late fees, the cost of enforcement that of fees. */
export const colourOf: Record<BucketName, 1 | 2 | 3 | 4 | 5> = {
  principal: 1,
  interest: 2,
  penalty: 3,
  compound: 4,
  late_fee: 4,
  fees: 5,
  enforcement_cost: 5,
};

export const isZero = (amount: string): boolean => /^-?0*(\.0*)?$/.test(amount);

/** Buckets that hold something; the principal always stands. */
export function shownBuckets(outstanding: BucketsView): BucketName[] {
  return buckets.filter((name) => name === "principal" || !isZero(outstanding[name]));
}

/** The rows whose parts sum to the statement's figure: of the principal all, of everything else what has come due. */
export function rowsBehind(statement: StatementView, bucket: BucketName): TermRow[] {
  const counts = (row: TermRow) => bucket === "principal" || row.due <= statement.as_of;
  return statement.terms.filter((row) => counts(row) && !isZero(row.unpaid_parts[bucket]));
}

/** Rows that are late on the day of the statement. */
export function lateRows(statement: StatementView): TermRow[] {
  return statement.terms.filter((row) => row.overdue_days > 0);
}

/** The row a payment of today goes to first: the oldest that is late or due, else the next. */
export function oldestOpen(statement: StatementView): TermRow | undefined {
  return statement.terms.find((row) => !isZero(row.unpaid));
}
