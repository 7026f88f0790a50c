import { describe, expect, it } from "vitest";
import { newOffer, placesOf, preparedFrom, preparedQuery, requestOf } from "./offer";

describe("an offer as typed", () => {
  it("sends dues one by one only when they are the shape, with what backs them", () => {
    const rows = [{ due: "2026-12-15", amount: "500" }, { due: "", amount: "" }];
    const request = requestOf({ ...newOffer("lender"), shape: "rows", rows, rateCut: "0.12", evidence: ["E1"], firstDue: "2026-12-01" }, "L", null);
    expect([request.rows, request.first_due, request.evidence_ids]).toEqual([[{ due: "2026-12-15", amount: "500" }], null, ["E1"]]);
    expect(request.terms).toEqual([{ kind: "rate_cut", rate: "0.12" }]);
    expect(requestOf({ ...newOffer("lender"), terms: 6, rows, balloon: "300" }, "L", null)).toMatchObject({ rows: [], terms: [{ terms: 6, balloon: "300" }] });
  });

  it("combines what is filled in, and only that", () => {
    const form = { ...newOffer("lender"), terms: 18, deferral: 2, penalty: "85.95" };
    const request = requestOf(form, "L", "P");
    expect(request.terms?.map((term) => term.kind)).toEqual(["individual_instalment", "deferral", "waiver"]);
    expect([request.in_reply_to, request.by, request.waived?.penalty, request.waived?.principal]).toEqual(["P", "lender", "85.95", null]);
  });

  it("drops no half-filled step, and knows where each thing stands in the request", () => {
    const form = { ...newOffer("borrower"), shape: "step_plan" as const, firstMonths: 6, firstAmount: "300.00", thenAmount: "500.00", deferral: 2, pause: "2027-01-31" };
    expect(requestOf(form, "L", null).terms?.[0]).toEqual({ kind: "step_plan", steps: [{ months: 6, amount: "300.00" }, { months: 0, amount: "500.00" }] });
    expect(placesOf(form)).toEqual({ step_plan: "terms.0", deferral: "terms.1", collection_pause: "terms.2" });
  });

  it("begins with what a review prepared, and takes nothing else from the address", () => {
    const query = preparedQuery({ shape: "term_extension", terms: 24, first_due: "2026-12-25" });
    const form = { ...newOffer("borrower"), ...preparedFrom(query) };
    expect(requestOf(form, "L", null)).toMatchObject({ by: "borrower", terms: [{ kind: "term_extension", terms: 24 }], first_due: "2026-12-25" });
    expect([preparedFrom({}), preparedFrom({ shape: "rows", terms: "3" }), preparedFrom({ shape: "term_extension", terms: "-1" })]).toEqual([undefined, undefined, undefined]);
  });
});
