import { describe, expect, it } from "vitest";
import { hasFigures, newAsset, newDependant, newLine, placeOf, readySheet, requestOf, sheetOf } from "./sheet";

describe("a new worksheet", () => {
  const sheet = readySheet((name) => name);

  it("stands ready with names and asks for nothing until an amount is typed", () => {
    expect(sheet.essential.map((line) => line.name)).toContain("food");
    expect(hasFigures(sheet)).toBe(false);
    expect(requestOf(sheet).form).toEqual({ income: [], expenses: [], priority: [], buffer: null, dependants: [], assets: [] });
  });
});

it("leaves out lines without an amount and leads a refusal back to its own line", () => {
  const sheet = readySheet((name) => name);
  const [rent, food] = sheet.essential;
  Object.assign(food!, { amount: "2100.00" });
  const other = { ...newLine("other", ""), amount: "230.00", class: "irregular" as const };
  sheet.other = [other];
  const { form, behind } = requestOf(sheet);
  expect(form.expenses).toEqual([
    { name: "food", amount: "2100.00", every: "month", on: null, class: "essential" },
    { name: "", amount: "230.00", every: "month", on: null, class: "irregular" },
  ]);
  expect(placeOf("expenses.0.amount", behind)).toEqual({ key: food!.key, field: "amount" });
  expect(placeOf("expenses.1.name", behind)).toEqual({ key: other.key, field: "name" });
  expect(rent!.key).not.toBe(food!.key);
  expect(placeOf("expenses.7.name", behind)).toBeUndefined();
  expect(placeOf("buffer", behind)).toBeUndefined();
  expect(placeOf(null, behind)).toBeUndefined();
});

it("comes back from the vault as it was stored", () => {
  const sheet = readySheet((name) => name);
  sheet.income[0]!.amount = "7400.00";
  sheet.income.push({ ...newLine("income", "bonus"), amount: "5000.00", every: "once", on: "2027-01", certainty: "one_off" });
  sheet.priority = [{ ...newLine("priority", "mortgage"), amount: "900.00" }];
  sheet.other[0]!.amount = "230.00";
  sheet.dependants = [{ ...newDependant("孩子"), age: 7 }, newDependant("")];
  sheet.assets = [{ ...newAsset("相机"), value: "2600.00", use: "could_sell" }];
  sheet.buffer = "500.00";
  const { form } = requestOf(sheet);
  expect(form.dependants).toEqual([{ relation: "孩子", age: 7 }]);
  expect(requestOf(sheetOf(form)).form).toEqual(form);
});

it("keeps a month only for what comes once", () => {
  const line = { ...newLine("income", "wage"), amount: "1.00", on: "2027-01" };
  expect(requestOf({ ...readySheet((n) => n), income: [line] }).form.income?.[0]?.on).toBeNull();
  expect(requestOf({ ...readySheet((n) => n), income: [{ ...line, every: "once" }] }).form.income?.[0]?.on).toBe("2027-01");
});
