import { expect, it } from "vitest";
import type { ProposalView } from "@/ipc/types";
import { newForm, requestOf, sameRows, takeProposal } from "./form";

const zero = { principal: "0.00", interest: "0.00", penalty: "0.00", compound: "0.00", late_fee: "0.00", fees: "0.00", enforcement_cost: "0.00", total: "0.00" };
const proposal: ProposalView = {
  id: "p1",
  loan_id: "l1",
  loan_name: "戊借",
  by: "borrower",
  made_at: "2026-11-10T20:15:00+08:00",
  state: "requested",
  terms: 30,
  monthly: "443.71",
  last: "443.89",
  total: "13311.48",
  first_due: "2026-12-28",
  last_due: "2029-05-28",
  waived: zero,
  expires_on: null,
  note: null,
  contract_due: "2026-11-28",
  channel: null, in_reply_to: null, evidence_ids: [], standing: "request", accepted_on: null, reliefs: [], rows: [], contract_amount: "1418.39",
};
const blank = newForm("2026-11-18", "l1", ["c3"]);

it("waits until it is said how the lender confirmed", () => {
  expect(requestOf(blank, undefined)).toBeUndefined();
});

it("leaves the dues to the offer while nobody touched them", () => {
  const form = { ...takeProposal(blank, proposal), form: "email" as const };
  expect(sameRows(form, proposal)).toBe(true);
  expect(requestOf(form, proposal)).toMatchObject({ loan_id: "l1", proposal_id: "p1", payment: null, terms: null, first_due: null, last_payment: null, evidence_ids: ["c3"], agreed_on: "2026-11-18", effective_from: null });
});

it("sends the dues as the lender wrote them once one of them differs", () => {
  const form = { ...takeProposal(blank, proposal), form: "sms" as const, payment: "720.00", terms: 18, lastPayment: "" };
  expect(requestOf(form, proposal)).toMatchObject({ proposal_id: "p1", payment: "720.00", terms: "18", first_due: "2026-12-28", last_payment: null });
});

it("records an agreement that came from no request", () => {
  const form = { ...takeProposal({ ...blank, payment: "1.00" }, undefined), form: "in_app" as const, terms: 2, firstDue: "2026-12-01" };
  expect(requestOf(form, undefined)).toMatchObject({ proposal_id: null, payment: "1.00", terms: "2", first_due: "2026-12-01" });
});

it("sends dues one by one when the lender's differ, and those alone", () => {
  const rows = [
    { due: "2026-12-28", amount: "300.00" },
    { due: "2027-01-28", amount: "500.00" },
  ];
  const form = { ...takeProposal(blank, proposal), form: "sms" as const, rows };
  expect(sameRows(form, proposal)).toBe(false);
  expect(requestOf(form, proposal)).toMatchObject({ proposal_id: "p1", rows, payment: null, terms: null, first_due: null, last_payment: null });
  expect(takeProposal(form, proposal).rows).toEqual([]);
});
