import type { StudioDebtForm, StudioRequest } from "@/ipc/types";
import { forDrawing, showPercent } from "@/text/amount";

/** What differs for one loan, as its fields hold it. */
export interface LoanSettings {
  terms: number | undefined;
  least: string;
  /** A decimal fraction, as `RateField` holds it. */
  rate: string;
  settlement: string;
  settlementUntil: string;
  waiver: string;
  notAsContract: boolean;
}

export interface Settings {
  monthly: string;
  cash: string;
  terms: number | undefined;
  grace: number;
  waive: boolean;
  loans: Record<string, LoanSettings>;
}

export const TERMS_USUAL = 36;

export function freshSettings(monthly: string): Settings {
  return { monthly, cash: "", terms: TERMS_USUAL, grace: 0, waive: false, loans: {} };
}

export function freshLoan(): LoanSettings {
  return { terms: undefined, least: "", rate: "", settlement: "", settlementUntil: "", waiver: "", notAsContract: false };
}

const given = (text: string) => (text === "" ? null : text);

/** As the façade takes it. `sheet` is the worksheet's capacity: the same figure means the worksheet itself, month by month. */
export function requestOf(settings: Settings, sheet: string | undefined): StudioRequest {
  return {
    monthly: settings.monthly === sheet ? null : given(settings.monthly),
    cash_now: given(settings.cash),
    terms_max: settings.terms ?? TERMS_USUAL,
    grace_max: settings.grace,
    waive_penalties: settings.waive,
    debts: Object.entries(settings.loans).flatMap(([id, loan]) => (differs(loan) ? [debtOf(id, loan)] : [])),
  };
}

export function differs(loan: LoanSettings): boolean {
  const { settlementUntil: _, ...rest } = loan;
  const { settlementUntil: __, ...fresh } = freshLoan();
  return JSON.stringify(rest) !== JSON.stringify(fresh);
}

function debtOf(id: string, loan: LoanSettings): StudioDebtForm {
  const settles = loan.settlement !== "" && loan.settlementUntil !== "";
  return {
    loan_id: id,
    terms_max: loan.terms ?? null,
    grace_max: null,
    installment_min: given(loan.least),
    rate_after: loan.rate === "" ? null : showPercent(loan.rate, 6).replace(/[%,]/g, ""),
    settlement: settles ? loan.settlement : null,
    settlement_until: settles ? loan.settlementUntil : null,
    waiver: given(loan.waiver),
    not_as_contract: loan.notAsContract,
  };
}

/** A slider's ends around what the worksheet says: from well below to somewhat above, at round figures, and never short of the value. */
export function rangeAround(usual: string | undefined, value: string): { min: number; max: number; step: number } {
  const [centre, now] = [forDrawing(usual ?? "") || forDrawing(value) || 2000, forDrawing(value)];
  const unit = Math.max(10, 10 ** Math.floor(Math.log10(centre)) / 2);
  const down = (at: number) => Math.floor(at / unit) * unit;
  const up = (at: number) => Math.ceil(at / unit) * unit;
  return { min: Math.min(down(centre * 0.4), down(now)), max: Math.max(up(centre * 1.3), up(now)), step: unit / 50 };
}

/** `count` months from `first` on, as `YYYY-MM`. */
export function monthsFrom(first: string, count: number): string[] {
  const [year = 0, month = 1] = first.split("-").map(Number);
  return Array.from({ length: count }, (_, n) => {
    const at = month - 1 + n;
    return `${year + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  });
}
