import type { CaseCard, Commands, LimitationEffectView, OfferEffectView, ProposalView } from "@/ipc/types";
import { no, ok } from "./answer";
import type { Household, Told } from "./household";

/** Cases and offers of the invented household: one case per loan, the recorded offers, whatever is typed. */
export function caseCommands(house: Household) {
  const drafts = new Map<string, string>();
  const cards: CaseCard[] = house.loans.loans.map((loan) => ({
    loan_id: loan.id, loan_name: loan.name, lender: loan.lender, lender_kind: loan.lender_kind, stage: "preparing",
    next: { kind: "keep_contract", on: null, amount: null, subject_id: null }, owed: loan.owed, overdue_days: loan.overdue_days,
    missing_papers: 2, offers: 0, last_contact: null, open_tasks: 0,
  }));
  const effect = (offer: ProposalView): OfferEffectView => ({
    loan_id: offer.loan_id, rows: offer.rows ?? [], total: offer.total, claimed: offer.waived, waived: offer.waived.total, saving: "0.00",
    open: "0.00", peak_month: offer.monthly, end: offer.last_due?.slice(0, 7) ?? null, xirr: null, revived: "0.00", fits_all: null,
    first_break: null, limitation: { loan_id: offer.loan_id, step: "repayment_plan" } as LimitationEffectView, findings: [],
  });
  const offers = () => house.proposals.proposals;
  return {
    caseBoard: async () => ok(house.cases.board),
    caseOf: async (id) => {
      const known = house.cases.case[id];
      if (known !== undefined) return ok(known);
      const card = cards.find((one) => one.loan_id === id);
      if (card === undefined) return no("not_found", "no loan is known by this id", "loan_id");
      return ok({ card, parties: [], documents: [], tasks: [], offers: offers().filter((one) => one.loan_id === id), unconfirmed: null, agreements: [], story: [], citations: [] });
    },
    addTask: async ({ loan_id, what, by, due }) => {
      const known = house.cases.case[loan_id ?? ""];
      if (what.trim() === "") return no("field_missing", "this is needed", "what");
      if (known === undefined) return no("not_found", "no loan is known by this id", "loan_id");
      const task: Told<"addTask"> = { id: `task-${known.tasks.length + 1}`, loan_id: known.card.loan_id, loan_name: known.card.loan_name, what, by: by ?? "user", due: due ?? null, done: false, late: false, record_id: null };
      house.cases.case[known.card.loan_id] = { ...known, tasks: [task, ...known.tasks] };
      return ok(task);
    },
    finishTask: async (id) => {
      for (const [loan, one] of Object.entries(house.cases.case)) house.cases.case[loan] = { ...one, tasks: one.tasks.map((task) => (task.id === id ? { ...task, done: true } : task)) };
      return ok({ tasks: Object.values(house.cases.case).flatMap((one) => one.tasks) });
    },
    callScript: async (id) => {
      const script = house.cases.script[id];
      return script === undefined ? no("not_found", "no loan is known by this id", "loan_id") : ok(script);
    },
    listLetters: async (id) => ok({ letters: house.letters.letters.filter((one) => id === null || one.loan_id === id) }),
    hardship: async () => ok(null),
    offerDetail: async (id) => {
      const known = house.cases.offer[id];
      if (known !== undefined) return ok(known);
      const offer = offers().find((one) => one.id === id);
      return offer === undefined ? no("not_found", "no offer is known by this id", "proposal_id") : ok({ offer, effect: effect(offer), diff: null });
    },
    draft: async (name) => ok(drafts.get(name) ?? null),
    keepDraft: async (name, text) => {
      if (text === null) drafts.delete(name);
      else drafts.set(name, text);
      return ok(null);
    },
  } satisfies Partial<Commands>;
}
