import type { AssetUse, CapacityForm, Certainty, Every, ExpenseClass } from "@/ipc/types";
import type zh from "@/i18n/zh-CN/plans";

/** The lists of the worksheet that hold amounts, in the order of the page. */
export const LISTS = ["income", "essential", "other", "priority"] as const;
export type ListName = (typeof LISTS)[number];

export interface Line {
  key: number;
  name: string;
  amount: string;
  every: Every;
  /** YYYY-MM, for what comes once. */
  on: string;
  certainty: Certainty;
  class: ExpenseClass;
}

export interface DependantLine {
  key: number;
  relation: string;
  age: number | undefined;
}

export interface AssetLine {
  key: number;
  name: string;
  value: string;
  use: AssetUse;
}

/** The worksheet while it is being filled in: every line there is a place for, filled or not. */
export interface Sheet {
  income: Line[];
  essential: Line[];
  other: Line[];
  priority: Line[];
  buffer: string;
  dependants: DependantLine[];
  assets: AssetLine[];
}

export type ReadyName = keyof (typeof zh)["sheet"]["ready"];

/** Names that are offered ready-made; the first few of a list stand there from the start. */
export const READY: Record<ListName | "dependants" | "assets", { start: ReadyName[]; more: ReadyName[] }> = {
  income: { start: ["wage"], more: ["partner", "sideJob", "benefit"] },
  essential: { start: ["rent", "food", "child", "parents", "medicine", "utilities"], more: ["insurance"] },
  other: { start: ["otherSpending"], more: ["clothes", "gifts", "repairs"] },
  priority: { start: [], more: ["mortgage", "carLoan", "alimony", "tax"] },
  dependants: { start: [], more: ["childOf", "motherOf", "fatherOf", "partnerOf"] },
  assets: { start: [], more: ["bike", "car", "phone"] },
};

let keys = 0;
const nextKey = () => ++keys;

export function newLine(list: ListName, name = ""): Line {
  return { key: nextKey(), name, amount: "", every: "month", on: "", certainty: "fixed", class: list === "other" ? "flexible" : "essential" };
}

export function newDependant(relation = ""): DependantLine {
  return { key: nextKey(), relation, age: undefined };
}

export function newAsset(name = ""): AssetLine {
  return { key: nextKey(), name, value: "", use: "must_keep" };
}

/** An empty worksheet with the lines that most households have. */
export function readySheet(name: (ready: ReadyName) => string): Sheet {
  const start = (list: ListName) => READY[list].start.map((ready) => newLine(list, name(ready)));
  return { income: start("income"), essential: start("essential"), other: start("other"), priority: [], buffer: "", dependants: [], assets: [] };
}

/** A stored worksheet as lines again. */
export function sheetOf(form: CapacityForm): Sheet {
  const plain = { key: 0, on: "", certainty: "fixed", class: "essential" } as const;
  const expense = (wanted: (kind: ExpenseClass) => boolean) =>
    (form.expenses ?? []).filter((line) => wanted(line.class)).map((line): Line => ({ ...plain, ...line, key: nextKey(), every: line.every ?? "month", on: line.on ?? "" }));
  return {
    income: (form.income ?? []).map((line): Line => ({ ...plain, ...line, key: nextKey(), every: line.every ?? "month", on: line.on ?? "" })),
    essential: expense((kind) => kind === "essential"),
    other: expense((kind) => kind !== "essential"),
    priority: (form.priority ?? []).map((line): Line => ({ ...plain, ...line, key: nextKey(), every: line.every ?? "month" })),
    buffer: form.buffer ?? "",
    dependants: (form.dependants ?? []).map((one) => ({ key: nextKey(), relation: one.relation, age: one.age ?? undefined })),
    assets: (form.assets ?? []).map((one) => ({ ...one, key: nextKey() })),
  };
}

export interface Asked {
  form: CapacityForm;
  /** Which line stands behind a place of the request: `income.0` → its key. */
  behind: Map<string, number>;
}

/**
 * The request for the façade. A ready-made line without an amount asks for nothing and is left out; so the places of
 * the request are not those of the page, and `behind` leads a refusal back to its line.
 */
export function requestOf(sheet: Sheet): Asked {
  const behind = new Map<string, number>();
  const filled = (line: Line) => line.amount !== "";
  const note = <T extends { key: number }>(list: string, lines: T[]): T[] => {
    lines.forEach((line, index) => behind.set(`${list}.${index}`, line.key));
    return lines;
  };
  const on = (line: Line) => (line.every === "once" ? line.on : null);
  const expenses = note("expenses", [...sheet.essential, ...sheet.other].filter(filled));
  const essential = new Set(sheet.essential.map((line) => line.key));
  const form: CapacityForm = {
    income: note("income", sheet.income.filter(filled)).map((line) => ({ name: line.name, amount: line.amount, every: line.every, on: on(line), certainty: line.certainty })),
    expenses: expenses.map((line) => ({ name: line.name, amount: line.amount, every: line.every, on: on(line), class: essential.has(line.key) ? "essential" : line.class })),
    priority: note("priority", sheet.priority.filter(filled)).map((line) => ({ name: line.name, amount: line.amount, every: line.every })),
    buffer: sheet.buffer === "" ? null : sheet.buffer,
    dependants: note("dependants", sheet.dependants.filter((one) => one.relation.trim() !== "")).map((one) => ({ relation: one.relation, age: one.age ?? null })),
    assets: note("assets", sheet.assets.filter((one) => one.value !== "")).map((one) => ({ name: one.name, value: one.value, use: one.use })),
  };
  return { form, behind };
}

/** Whether there is anything to work out yet. */
export function hasFigures(sheet: Sheet): boolean {
  return LISTS.some((list) => sheet[list].some((line) => line.amount !== ""));
}

/** The line and field a refusal is about: `expenses.3.amount` → the key of that line and `amount`. */
export function placeOf(field: string | null, behind: Map<string, number>): { key: number; field: string } | undefined {
  const match = /^([a-z]+\.\d+)\.([a-z_]+)$/.exec(field ?? "");
  const key = match?.[1] === undefined ? undefined : behind.get(match[1]);
  return key === undefined || match?.[2] === undefined ? undefined : { key, field: match[2] };
}
