import type { CapacityView, Commands } from "@/ipc/types";
import { no, ok } from "./answer";
import { household, type Household } from "./household";

/** Worksheet, offers and agreements: the recorded figures, whatever is typed. */
export function planCommands(house: Household) {
  const worked = (): CapacityView => house.capacity ?? (household(false).capacity as CapacityView);
  return {
    capacity: async () => ok(house.capacity),
    previewCapacity: async () => ok(worked()),
    setCapacity: async () => ok((house.capacity = worked())),
    previewOffers: async () => ok(house.offers),
    saveOffers: async () => ok(house.proposals),
    listProposals: async (loanId) => ok({ proposals: house.proposals.proposals.filter((each) => loanId === null || each.loan_id === loanId) }),
    compareOffers: async (loanId) => {
      const found = house.compare[loanId] ?? Object.values(house.compare)[0];
      return found === undefined ? no("not_found", "no loan is known by this id", "loan_id") : ok(found);
    },
    previewAgreement: async () => {
      const like = house.agreements.agreements[0];
      const last = like?.rows.at(-1);
      return like === undefined || last === undefined
        ? no("agreement_needs_rows", "an agreement has rows")
        : ok({ terms: like.rows.length, total: like.total, last_due: last.due, owed: like.total, fraud: [] });
    },
    recordAgreement: async () => {
      const like = house.agreements.agreements[0];
      return like === undefined ? no("agreement_needs_rows", "an agreement has rows") : ok(like);
    },
    agreement: async (id) => {
      const found = house.agreements.agreements.find((each) => each.id === id);
      return found === undefined ? no("not_found", "no agreement is known by this id", "agreement_id") : ok(found);
    },
    listAgreements: async (loanId) => ok({ agreements: house.agreements.agreements.filter((each) => loanId === null || each.loan_id === loanId) }),
  } satisfies Partial<Commands>;
}
