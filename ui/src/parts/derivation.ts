import type { StepView } from "@/ipc/types";

const SIGNS: Record<string, string> = { "*": "×", "/": "÷", "-": "−" };

/**
 * A step's formula with its values in place: `(base_1 * (to_1 - from_1)) * daily_rate` becomes
 * (745.60 × (2026-05-20 − 2026-02-15)) × 0.001. Names of functions are put into words; nothing is computed.
 */
export function filled(step: Pick<StepView, "formula" | "inputs">, words: (name: string) => string): string {
  const values = new Map(step.inputs.map(({ name, value }) => [name, value]));
  const text = step.formula.replace(/[A-Za-z_][A-Za-z0-9_]*|[*/-]/g, (found) => SIGNS[found] ?? values.get(found) ?? words(found));
  return text.replace(/^\((.*)\)$/, (whole, inner: string) => (isBalanced(inner) ? inner : whole));
}

/** Brackets around all of it say nothing; those of `(a) × (b)` do. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === "(") depth++;
    if (sign === ")" && --depth < 0) return false;
  }
  return depth === 0;
}
