import type {
  AgreementListView,
  BorrowView,
  CapacityView,
  Commands,
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

/** What a command answers when it does not refuse. */
export type Told<K extends keyof Commands> = Extract<Awaited<ReturnType<Commands[K]>>, { status: "ok" }>["data"];

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
  /** What is being negotiated, by loan; offers by their own id. */
  cases: { board: Told<"caseBoard">; case: Record<string, Told<"caseOf">>; script: Record<string, Told<"callScript">>; offer: Record<string, Told<"offerDetail">> };
  keep: { settings: Told<"reminderSettings">; deadlines: Told<"listDeadlines">; rules: Told<"listDeadlineRules">; deadline: Told<"previewDeadline">; review: Told<"review"> };
  conduct: Told<"checkConduct">;
  letters: Told<"listLetters">;
  channels: Told<"helpChannels">;
  anchors: Told<"anchors">;
  suggestions: Told<"listSuggestions">;
  /** One figure followed, shown for every figure. */
  explain: Told<"explain">;
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
    cases: { board: { ...from.cases.board, cases: [], unconfirmed: [] }, case: {}, script: {}, offer: {} },
    letters: { letters: [] },
  };
}
