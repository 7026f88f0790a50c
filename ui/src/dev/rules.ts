import type { Commands, RulesView } from "@/ipc/types";
import { ok } from "./answer";
import type { Household } from "./household";
import { SAMPLE_TODAY } from "./session";

/** The rules of the program; a number that is set is marked as the borrower's own until it is taken back. */
export function ruleCommands(house: Household) {
  const mark = (id: string, change: (row: RulesView["tables"][number]["rows"][number]) => typeof row): RulesView => {
    const tables = house.rules.tables.map((table) => ({ ...table, rows: table.rows.map((row) => (row.id === id ? change(row) : row)) }));
    const own = tables.flatMap((table) => table.rows).filter((row) => row.own !== null).length;
    return (house.rules = { ...house.rules, tables, own });
  };
  return {
    rules: async () => ok(house.rules),
    setOwnRule: async ({ rule, value, source, note }) => {
      const own = { value: value ?? "", five_year: null, on: null, source: source ?? null, note: note ?? "", recorded_on: SAMPLE_TODAY };
      return ok(mark(rule ?? "", (row) => ({ ...row, value: own.value, built_in: row.built_in ?? row.value, evidence: "user", own })));
    },
    withdrawOwnRule: async ({ rule }) => ok(mark(rule ?? "", (row) => ({ ...row, value: row.built_in ?? row.value, built_in: null, evidence: "sourced", own: null }))),
  } satisfies Partial<Commands>;
}
