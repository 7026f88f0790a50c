import type { CaseCard, Commands, LimitationEffectView, OfferEffectView, ProposalView } from "@/ipc/types";
import { no, ok } from "./answer";
import type { Household } from "./household";

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
    caseBoard: async () => ok({ cases: cards, unconfirmed: [], hardship_stated: false }),
    caseOf: async (id) => {
      const card = cards.find((one) => one.loan_id === id);
      if (card === undefined) return no("not_found", "no loan is known by this id", "loan_id");
      return ok({ card, parties: [], documents: [], tasks: [], offers: offers().filter((one) => one.loan_id === id), unconfirmed: null, agreements: [], story: [], citations: [] });
    },
    hardship: async () => ok(null),
    offerDetail: async (id) => {
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
