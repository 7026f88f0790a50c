import { describe, expect, it } from "vitest";
import { fraction, newOffer, requestOf } from "./offer";

describe("an offer as typed", () => {
  it("moves the point of a percentage and touches no digit", () => {
    expect([fraction("24"), fraction("0"), fraction("3.65"), fraction("120"), fraction("0.5"), fraction("x")]).toEqual(["0.24", "0", "0.0365", "1.2", "0.005", "x"]);
  });

  it("combines what is filled in, and only that", () => {
    const form = { ...newOffer("lender"), terms: 18, deferral: 2, penalty: "85.95" };
    const request = requestOf(form, "L", "P");
    expect(request.terms?.map((term) => term.kind)).toEqual(["individual_instalment", "deferral", "waiver"]);
    expect([request.in_reply_to, request.by, request.waived?.penalty, request.waived?.principal]).toEqual(["P", "lender", "85.95", null]);
  });
});
