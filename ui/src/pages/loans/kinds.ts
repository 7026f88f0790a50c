import type { LenderKind, ProductKind } from "@/ipc/types";

/** In the order a borrower is likely to need them. */
export const lenderKinds = [
  "unknown",
  "bank",
  "consumer_finance_co",
  "micro_loan_co",
  "trust_co",
  "auto_finance_co",
  "guarantee_co",
  "insurer_credit",
  "asset_manager_or_assignee",
  "private_lender",
] as const satisfies LenderKind[];

export const products = [
  "cash_loan",
  "consumer_instalment",
  "revolving_credit_line",
  "buy_now_pay_later",
  "credit_card",
  "credit_card_instalment",
  "lease_to_own",
  "private_loan",
] as const satisfies ProductKind[];
