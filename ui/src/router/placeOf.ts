import type { RouteLocationRaw } from "vue-router";
import type { OpenRequested } from "@/ipc/types";

/** Where a notification leads: to the thing itself, or to the reminders when it stands for many or names none. */
export function placeOf(what: Pick<OpenRequested, "loan_id" | "kind" | "key">): RouteLocationRaw {
  switch (what.kind) {
    case "loan_due":
    case "agreement_due":
      return what.loan_id === null ? "/home" : `/loans/${encodeURIComponent(what.loan_id)}`;
    case "promise":
      return what.key === null ? "/contacts" : `/contacts/${encodeURIComponent(what.key)}`;
    case "offer_expiry":
      return what.key === null ? "/plans/requests" : `/plans/requests/${encodeURIComponent(what.key)}`;
    case "reply_due":
      // A letter or a spoken yes: both are gone on with in the loan's case.
      return what.loan_id === null ? "/plans/deadlines" : `/plans/cases/${encodeURIComponent(what.loan_id)}`;
    case "deadline":
      return "/plans/deadlines";
    case "shortfall":
    case "review":
      return "/plans/review";
    default:
      return "/plans/reminders";
  }
}
