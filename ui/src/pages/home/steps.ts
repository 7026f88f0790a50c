import type { RouteLocationRaw } from "vue-router";
import type { NextStep } from "@/ipc/types";
import type { IconName } from "@/parts/icons";

/** Where the buttons of a next step lead. `write` opens the message to confirm instead of a page. */
export interface StepWays {
  icon: IconName;
  main: RouteLocationRaw | "write" | undefined;
  other: RouteLocationRaw | undefined;
}

/** Every kind of step with its way on; a new kind does not compile until it has one. */
export function waysOf(step: NextStep): StepWays {
  const loan = step.loan_id ?? "";
  const owed: RouteLocationRaw = { name: "loan-owed", params: { id: loan } };
  const log: RouteLocationRaw = { name: "contact-log", query: loan === "" ? {} : { loan } };
  const agree: RouteLocationRaw = { name: "agree", query: { loan } };
  switch (step.kind) {
    case "add_first_loan":
      return { icon: "plus", main: { name: "loan-new" }, other: undefined };
    case "ask_in_writing":
      return { icon: "chat", main: "write", other: agree };
    case "state_capacity":
      return { icon: "sliders", main: { path: "/plans/capacity" }, other: undefined };
    case "prepare_due":
      return { icon: "calendar", main: { name: "loan-pay", params: { id: loan } }, other: owed };
    case "make_offer":
      return { icon: "plan", main: { path: "/plans/studio" }, other: owed };
    case "follow_up":
      return { icon: "chat", main: log, other: agree };
    case "find_lender":
      return { icon: "question", main: { name: "loan-amend", params: { id: loan } }, other: log };
    case "nothing":
      return { icon: "check", main: log, other: undefined };
  }
}
