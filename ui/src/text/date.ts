/** Dates are `YYYY-MM-DD` strings; here they are only taken apart and told from one another. No clock: today comes from the façade. */

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

/** For tables: 11-28. */
export function shortDate(date: string): string {
  return date.slice(5, 10);
}
