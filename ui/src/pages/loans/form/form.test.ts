import { describe, expect, it } from "vitest";
import { household } from "@/dev/household";
import { feeRow } from "../feeRows";
import { blankForm, canPreview, formOf, hasMore, hasParts, isShown, previewOf, requestOf } from "./form";

const plan = { ...blankForm(), app: "丙分期", received: "18800.00", payment: "1375.70", terms: "18", first_due: "2026-03-06" };

describe("the loan form", () => {
  it("asks for nothing that is blank and nothing of the other basis", () => {
    const request = requestOf({ ...plan, balance: { ...plan.balance, total: "5099.34" } });
    expect(request).toMatchObject({ app: "丙分期", basis: "plan", received: "18800.00", terms: "18", terms_paid: null, rate: null });
    expect(request).not.toHaveProperty("balance");
    const stated = requestOf({ ...plan, basis: "balance", balance: { ...plan.balance, total: "5099.34" } });
    expect(stated.balance).toMatchObject({ total: "5099.34", interest: null });
    expect(stated).not.toHaveProperty("received");
  });

  it("comes back from what the façade says a loan was entered with", () => {
    for (const { form } of Object.values(household(false).loan)) {
      const request = requestOf(formOf(form.fields));
      for (const [field, value] of Object.entries(request)) {
        if (field !== "balance") expect(value, field).toEqual(form.fields[field as keyof typeof form.fields]);
      }
      if (form.fields.balance) expect(request.balance).toEqual(form.fields.balance);
    }
  });

  it("is worth a preview before it has a name", () => {
    expect(canPreview(blankForm())).toBe(false);
    expect(canPreview({ ...plan, app: "" })).toBe(true);
    expect(previewOf({ ...plan, app: " " }).app).not.toBe(" ");
    expect(canPreview({ ...blankForm(), basis: "balance", balance: { ...plan.balance, total: "1" } })).toBe(true);
  });

  it("knows when its folded parts hold something", () => {
    expect(hasMore(plan)).toBe(false);
    expect(hasMore({ ...plan, lender_kind: "unknown" })).toBe(false);
    expect(hasMore({ ...plan, rate: "15" })).toBe(true);
    expect(hasParts({ ...plan, balance: { ...plan.balance, interest: "240" } })).toBe(true);
  });

  it("sends fees that are typed, with what the sheet shows of them, and knows them as fields of the folded part", () => {
    const fee = { ...feeRow(), amount: "40", disclosed: "240" };
    const filled = { ...plan, fees: [feeRow(), fee], sheet: true };
    expect(requestOf(filled)).toMatchObject({ sheet: true, fees: [{ kind: "service_fee", amount: "40", when: "each_term", disclosed: "240" }] });
    expect(requestOf({ ...filled, basis: "balance" })).not.toHaveProperty("fees");
    expect(hasMore(filled)).toBe(true);
    expect(hasMore({ ...plan, sheet: true })).toBe(true);
    expect(["fees.0.amount", "fees.12.disclosed", "fees"].every(isShown)).toBe(true);
    expect(isShown("fees.0.kind")).toBe(false);
  });
});
