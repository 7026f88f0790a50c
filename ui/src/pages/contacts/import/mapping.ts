import type { MappingForm, Signs } from "@/ipc/types";

/** How a table says amounts: with a sign, with a column for the way, or in two columns. */
export type AmountWay = "signed" | "directed" | "split";

export type Column = "date" | "time" | "amount" | "direction" | "income" | "expense" | "counterparty" | "description" | "order_no" | "note";

/** Columns a table may well lack. */
export const EXTRA_COLUMNS = ["time", "counterparty", "description", "order_no", "note"] as const satisfies readonly Column[];

/** The columns that one way of saying amounts needs. */
export function waysOf(way: AmountWay): readonly Column[] {
  if (way === "split") return ["income", "expense"];
  return way === "directed" ? ["amount", "direction"] : ["amount"];
}

/** What the form begins with: how the program understood the table, as far as it did. */
export function startOf(known: Partial<MappingForm> | undefined): { sheet: string | undefined; way: AmountWay; signs: Signs; columns: Partial<Record<Column, string>> } {
  const columns: Partial<Record<Column, string>> = {};
  for (const column of ["date", "amount", "direction", "income", "expense", ...EXTRA_COLUMNS] as const) {
    const name = known?.[column];
    if (name != null && name !== "") columns[column] = name;
  }
  const way = columns.income !== undefined ? "split" : columns.direction !== undefined ? "directed" : "signed";
  return { sheet: known?.sheet ?? undefined, way, signs: known?.signs ?? "minus_is_out", columns };
}

/** The request: only the columns that the chosen way has. */
export function mappingOf(sheet: string | undefined, way: AmountWay, signs: Signs, columns: Partial<Record<Column, string>>): MappingForm {
  const form: MappingForm = { sheet: sheet || null, signs: way === "signed" ? signs : "minus_is_out" };
  for (const column of ["date", ...waysOf(way), ...EXTRA_COLUMNS] as const) form[column] = columns[column] || null;
  return form;
}
