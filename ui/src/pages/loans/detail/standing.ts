import type { AgreementView, LoanDetailView, ProposalView } from "@/ipc/types";

/** What stands on top of a loan: the agreement that holds or will, and the latest request nobody answered in writing. */
export function standing(loan: Pick<LoanDetailView, "agreement" | "proposals" | "card">): { agreement?: AgreementView; proposal?: ProposalView } {
  if (loan.card.closed) return {};
  const agreement = loan.agreement !== null && !loan.agreement.superseded ? loan.agreement : undefined;
  const latest = loan.proposals[0];
  const answered = latest === undefined || latest.state !== "requested" || (agreement !== undefined && agreement.agreed_on >= latest.made_at.slice(0, 10));
  return { agreement, proposal: answered ? undefined : latest };
}
