import type {
  AgreementListView,
  BorrowView,
  CapacityView,
  CompareView,
  ContactDetailView,
  ContactListView,
  HomeView,
  LimitationEffectView,
  LoanDetailView,
  LoanListView,
  LoanPreview,
  OffersView,
  PaymentListView,
  ProposalListView,
  ReminderListView,
  RulesView,
} from "@/ipc/types";
import recorded from "./household.json";

/**
 * The sample household as the façade itself shows it on 2026-11-18, written by
 * `cargo run -p ashore-app --example household > ui/src/dev/household.json`.
 */
export interface Household {
  home: HomeView;
  loans: LoanListView;
  loan: Record<string, LoanDetailView>;
  preview: { plan: LoanPreview; balance: LoanPreview };
  /** What an act would do to the limitation of each loan. */
  effect: Record<string, LimitationEffectView[]>;
  /** A loan that is only offered. */
  borrow: BorrowView;
  /** Offers side by side, by loan. */
  compare: Record<string, CompareView>;
  payments: PaymentListView;
  contacts: ContactListView;
  contact: Record<string, ContactDetailView>;
  capacity: CapacityView | null;
  offers: OffersView;
  proposals: ProposalListView;
  agreements: AgreementListView;
  reminders: ReminderListView;
  rules: RulesView;
}

const full = recorded as unknown as Household;

/** A copy that may be changed by trying things out. */
export function household(empty: boolean): Household {
  const copy = structuredClone(full);
  return empty ? emptied(copy) : copy;
}

function emptied(from: Household): Household {
  const nothing = { kind: "add_first_loan" as const, loan_id: null, loan_name: null, on: null, amount: null, terms: null, days: null };
  const month = { month: from.home.month.month, available: null, still_due: "0.00", short: null, share: 0 };
  return {
    ...from,
    home: {
      ...from.home,
      next_step: nothing,
      upcoming: [],
      overdue: { loans: 0, total: "0.00" },
      month,
      path: null,
      loans: [],
      owed: "0.00",
    },
    loans: { ...from.loans, total: "0.00", loans: [], closed: [] },
    loan: {},
    effect: {},
    compare: {},
    payments: { payments: [] },
    contacts: { contacts: [], loans: [] },
    contact: {},
    capacity: null,
    proposals: { proposals: [] },
    agreements: { agreements: [] },
    reminders: { reminders: [] },
  };
}
