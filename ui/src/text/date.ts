import { narrow } from "./amount";

/** Dates are `YYYY-MM-DD` strings; here they are only taken apart, told from one another and read as typed. No clock: today comes from the façade. */

export interface DateParts {
  year: number;
  month: number;
  day: number;
  /** 0 = Sunday. */
  weekday: number;
}

/** The parts of a date that exists, otherwise `undefined` (30 February, words). */
export function partsOf(date: string): DateParts | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const utc = new Date(Date.UTC(year, month - 1, day));
  if (utc.getUTCMonth() !== month - 1 || utc.getUTCDate() !== day) return undefined;
  return { year, month, day, weekday: utc.getUTCDay() };
}

/** Whole days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: string, to: string): number | undefined {
  const [a, b] = [partsOf(from), partsOf(to)];
  if (a === undefined || b === undefined) return undefined;
  return Math.round((Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / 86_400_000);
}

/** What a person types as a month, as `YYYY-MM`: 2026-12, 2026/12, 2026年12月, 202612, full-width digits. The year is never guessed. */
export function readMonth(typed: string): string | undefined {
  const text = narrow(typed).trim();
  const match = /^(\d{4})(\d{2})$/.exec(text) ?? /^(\d{4})\s*[-\u2010-\u2015\u2212/.年\s]\s*(\d{1,2})\s*月?$/.exec(text);
  const [, year = "", month = ""] = match ?? [];
  return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month.padStart(2, "0")}` : undefined;
}

/** The date `days` later (earlier when negative), or `undefined` when `date` does not exist. */
export function addDays(date: string, days: number): string | undefined {
  const parts = partsOf(date);
  if (parts === undefined) return undefined;
  return new Date(Date.UTC(parts.year, parts.month - 1, parts.day + days)).toISOString().slice(0, 10);
}

export type TypedDate = { ok: true; value: string } | { ok: false; trouble: "unreadable" | "no_such_day" };

/**
 * What a person types as a date: 2026-11-21, 2026/11/21, 2026.11.21, 2026年11月21日, 20261121, full-width digits.
 * The year is never guessed: "11-21" cannot be read. An empty field is not a date: ask before calling.
 */
export function readDate(typed: string): TypedDate {
  const text = narrow(typed).trim();
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})\s*[-\u2010-\u2015\u2212/.,年\s]\s*(\d{1,2})\s*[-\u2010-\u2015\u2212/.,月\s]\s*(\d{1,2})\s*[日号]?$/.exec(text);
  if (match === null) return { ok: false, trouble: "unreadable" };
  const [, year = "", month = "", day = ""] = match;
  const value = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return partsOf(value) === undefined ? { ok: false, trouble: "no_such_day" } : { ok: true, value };
}
