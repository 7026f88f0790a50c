import type { Words } from "@/i18n";
import type { ExplanationView, ShownOn } from "@/ipc/types";

/** A figure that can be followed from where it stands: the page, its place in that page's answer, and the words for it. */
export interface Followed {
  on: ShownOn;
  path: string;
  of: string;
  words?: Words;
}

/** How a figure came about, ready to be shown. The façade gives the facts; a page turns them into these lines. */
export interface Explanation {
  title: string;
  /** An amount of yuan, when the figure is one. */
  amount?: string;
  /** Any other figure, already spelled: "36.91%". */
  figure?: string;
  /** Beside the figure: 截至 2026-11-18. */
  note?: string;
  /** The formula in words. */
  formula: string;
  /** Figures that enter: 罚息日利率, 15% × 1.5 ÷ 360 = 0.0625%. */
  inputs?: { label: string; text: string }[];
  /** One row per term. The first column is text, the others figures. */
  table?: { columns: string[]; rows: string[][] };
  rounding?: string;
  basis?: string;
  theirs?: string;
  /** The derivation, asked for only when somebody wants to see every step. */
  steps?: () => Promise<ExplanationView>;
}

/** The same as plain text, for the clipboard: nothing that is not on the sheet. */
export function explanationText(e: Explanation, words: { rounding: string; basis: string; theirs: string }): string {
  return [
    e.title,
    [e.amount === undefined ? e.figure : `¥${e.amount}`, e.note].filter(Boolean).join("  "),
    e.formula,
    ...(e.inputs ?? []).map((input) => `${input.label}  ${input.text}`),
    ...(e.table ? [e.table.columns.join("\t"), ...e.table.rows.map((row) => row.join("\t"))] : []),
    e.rounding && `${words.rounding}  ${e.rounding}`,
    e.basis && `${words.basis}  ${e.basis}`,
    e.theirs && `${words.theirs}  ${e.theirs}`,
  ]
    .filter((line): line is string => line !== undefined && line !== "")
    .join("\n");
}
