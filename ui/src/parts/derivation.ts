import { hasMessage, type MessageKey } from "@/i18n";
import type { StepView } from "@/ipc/types";

const SIGNS: Record<string, string> = { "*": "×", "/": "÷", "-": "−" };

/**
 * A step's formula with its values in place: `(base_1 * (to_1 - from_1)) * daily_rate` becomes
 * (745.60 × (2026-05-20 − 2026-02-15)) × 0.001. A value below nought stands in brackets after another sign. Names of
 * functions are put into words; nothing is computed.
 */
export function filled(step: Pick<StepView, "formula" | "inputs">, words: (name: string) => string): string {
  const values = new Map(step.inputs.map(({ name, value }) => [name, value]));
  return written(step.formula, (name, afterSign) => {
    const value = values.get(name);
    return value === undefined ? words(name) : afterSign && value.startsWith("-") ? `(${value})` : value;
  });
}

/** More names than this in one line are a list, not a formula. */
const MOST = 6;

/**
 * The same with what the values are called, where each has a name in words and there are few of them: 上次剩下的 +
 * 这个月拿得出的 − 这个月付的. What the borrower calls something goes before `nameOf`, which knows the other names.
 */
export function inWords(step: Pick<StepView, "formula" | "inputs">, nameOf: (name: string) => string | undefined, words: (name: string) => string): string | undefined {
  const names = new Map(step.inputs.map(({ name, called }) => [name, called ?? nameOf(name)]));
  if (names.size === 0 || names.size > MOST || [...names.values()].includes(undefined)) return undefined;
  return written(step.formula, (name) => names.get(name) ?? words(name));
}

function written(formula: string, name: (name: string, afterSign: boolean) => string): string {
  // Of one value there is nothing to choose.
  const plain = formula.replace(/\b(?:min|max)\(([A-Za-z0-9_]+)\)/g, "$1");
  const text = plain.replace(/[A-Za-z_][A-Za-z0-9_]*|[*/-]/g, (found, at: number) => SIGNS[found] ?? name(found, /[-+*/]\s*$/.test(plain.slice(0, at))));
  return text.replace(/^\((.*)\)$/, (whole, inner: string) => (isBalanced(inner) ? inner : whole));
}

/** Where the words for a rule stand that a step names in English: its letters, joined. */
export function ruleKey(rule: string): string {
  return `explain.rules.${rule.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "")}`;
}

const LINES = new Set(["income", "expense", "priority"]);

type Translate = (key: MessageKey, words?: Record<string, string | number>) => string;

/** What an input is called: `loan_3` is the third loan, `capacity_2026_12` what that month has. */
export function inputName(name: string, t: Translate, month: (month: string) => string): string | undefined {
  const plain = `explain.names.${name}`;
  if (hasMessage(plain)) return t(plain as MessageKey);
  const [, base, year, number] = /^(.*?)_(?:(\d{4})_)?(\d+)$/.exec(name) ?? [];
  if (base === undefined || number === undefined) return undefined;
  const key = `explain.names.${base}_n`;
  if (!hasMessage(key)) return undefined;
  // Lines of the worksheet are counted from nought; people count from one.
  const place = LINES.has(base) ? Number(number) + 1 : number;
  return t(key as MessageKey, year === undefined ? { k: place } : { k: month(`${year}-${number}`) });
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
