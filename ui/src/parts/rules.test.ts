import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { hasMessage } from "@/i18n";
import { inputName, inWords, ruleKey } from "./derivation";

const crates = join(import.meta.dirname, "../../../crates");
const engine = join(crates, "ashore-engine/src/explain");
const features = join(crates, "ashore-app/src");
const sources = [
  ...readdirSync(engine).map((name) => join(engine, name)),
  ...readdirSync(features).map((name) => join(features, name, "explain.rs")),
].filter((path) => path.endsWith(".rs") && !/\/(derivation|expression|number|plain|mod|tests\w*)\.rs$/.test(path) && !path.includes("identify"));

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

it("has words for every clause that a step of a derivation names", () => {
  const named = sources.flatMap((path) => [...read(path).matchAll(/(?:Some\(\s*|rule = |=> )"([^"]+)"/g)].map(([, rule = ""]) => rule));
  // Identifiers of rules come with their title, source and date; formulas and figures are no clauses.
  const clauses = named.filter((rule) => /^[a-zA-Zi(Σ].* /.test(rule) && !/^LIM-/.test(rule) && !/[*{/]/.test(rule.replace(/i \* units \/ per|Σ.*/, "")));
  expect(clauses.length).toBeGreaterThan(50);
  expect([...new Set(clauses)].filter((rule) => !hasMessage(ruleKey(rule)))).toEqual([]);
});

it("puts a short formula into words, and a list not", () => {
  const t = (key: string, words?: Record<string, string | number>) => `${key.split(".").at(-1)}${words?.k ?? ""}`;
  const nameOf = (name: string) => inputName(name, t as never, (month) => `[${month}]`);
  const of = (formula: string, names: string[]) => inWords({ formula, inputs: names.map((name) => ({ name, called: null, value: "1" })) }, nameOf, (name) => name);
  expect(of("before + capacity_2026_12 - amount", ["before", "capacity_2026_12", "amount"])).toBe("before + capacity_n[2026-12] − amount");
  expect(of("step_1 + step_2", ["step_1", "step_2"])).toBe("step_n1 + step_n2");
  expect(of("max(before)", ["before"])).toBe("before");
  expect(of("income_0 * 52 / 12", ["income_0"])).toBe("income_n1 × 52 ÷ 12");
  expect(of("loan_1 + loan_2", ["loan_1", "loan_2"])).toBeUndefined();
});
