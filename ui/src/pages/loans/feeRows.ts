import type { FeeForm, FeeKind, FeeWhen } from "@/ipc/types";

/** A fee as it stands on a form: everything text, and a key by which its row is known while others come and go. */
export interface FeeRow {
  key: number;
  kind: FeeKind;
  amount: string;
  when: FeeWhen;
  disclosed: string;
}

let keys = 0;

export function feeRow(fee?: FeeForm): FeeRow {
  return { key: ++keys, kind: fee?.kind ?? "service_fee", amount: fee?.amount ?? "", when: fee?.when ?? "each_term", disclosed: fee?.disclosed ?? "" };
}

/** Rows in which something is typed: an empty one is not sent, so places shift. */
export function typedFees(rows: FeeRow[]): FeeRow[] {
  return rows.filter((fee) => fee.amount.trim() !== "" || fee.disclosed.trim() !== "");
}

export function feesOf(rows: FeeRow[]): FeeForm[] {
  return typedFees(rows).map(({ kind, amount, when, disclosed }) => ({ kind, amount, when, disclosed: disclosed.trim() === "" ? null : disclosed }));
}
