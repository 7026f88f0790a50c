import { describe, expect, it } from "vitest";
import type { PaymentCandidate, PaymentSuggestion } from "@/ipc/types";
import { paymentOf, receiptOf, receiptsFor, taken, type PaymentForm } from "./payment";

const blank: PaymentForm = {
  amount: "945.60",
  on: "2026-11-21",
  channel: "",
  designation: "",
  note: "",
  stated: { principal: "", interest: "", penalty: "", late_fee: "", fees: "" },
  shares: [],
  evidence: [],
};
const part = (loan_id: string, amount: string) => ({ loan_id, loan_name: loan_id, amount, dues: [] });
const reading = (score: number, ...parts: ReturnType<typeof part>[]): PaymentCandidate => ({ parts, score, confidence: score >= 80 ? "high" : score >= 45 ? "mid" : "low", reasons: [] });
const receipt = (record_id: string, candidates: PaymentCandidate[], perhaps_recorded = false): PaymentSuggestion => ({
  record_id, on: "2026-11-21", amount: "1745.60", payee: "甲贷", channel: "银行卡", remark: null, loans: [], candidates, perhaps_recorded,
});

describe("a payment as typed", () => {
  it("is nothing but loan, day and sum when three taps made it", () => {
    expect(paymentOf(blank, "A")).toEqual({
      loan_id: "A", on: "2026-11-21", amount: "945.60", parts: [], channel: null, designation: null, note: null, lender_allocation: null, evidence_ids: [],
    });
  });

  it("sends what other loans get, and the receipt", () => {
    const form = { ...blank, shares: [{ loan: "B", amount: "800" }, { loan: "", amount: "" }, { loan: "C", amount: "" }], evidence: ["R"] };
    expect(paymentOf(form, "A")).toMatchObject({ parts: [{ loan_id: "B", amount: "800" }, { loan_id: "C", amount: "" }], evidence_ids: ["R"] });
    expect(paymentOf({ ...blank, stated: { ...blank.stated, interest: "5" } }, "A").lender_allocation).toEqual({ principal: null, interest: "5", penalty: null, late_fee: null, fees: null });
  });

  it("records a chosen file as the receipt of every loan that was paid", () => {
    const record = receiptOf({ ...blank, shares: [{ loan: "B", amount: "800" }] }, "A", ["f1"], "还款回单");
    expect(record).toMatchObject({ loan_ids: ["A", "B"], at: "2026-11-21T00:00", precision: "day", files: ["f1"], details: { kind: "payment_receipt", amount: "945.60" } });
  });
});

describe("receipts that wait", () => {
  it("are those that fit this loan and are not recorded, the surest first", () => {
    const all = [
      receipt("other", [reading(90, part("B", "945.60"))]),
      receipt("likely", [reading(60, part("A", "945.60"))]),
      receipt("surest", [reading(50, part("C", "1")), reading(85, part("A", "1745.60"))]),
      receipt("only near the day", [reading(20, part("A", "945.60"))]),
      receipt("there already", [reading(99, part("A", "945.60"))], true),
    ];
    expect(receiptsFor(all, "A").map((one) => [one.receipt.record_id, one.reading.confidence])).toEqual([["surest", "high"], ["likely", "mid"]]);
  });

  it("fill in the form, with what the transfer paid on other loans", () => {
    const two = receipt("R", [reading(55, part("A", "945.60"), part("B", "800.00"))]);
    const [found] = receiptsFor([two], "A");
    expect(found && taken(found.receipt, found.reading, "A")).toEqual({
      amount: "1745.60", on: "2026-11-21", channel: "银行卡", shares: [{ loan: "B", amount: "800.00" }], evidence: ["R"],
    });
  });
});
