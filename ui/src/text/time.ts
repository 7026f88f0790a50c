import { narrow } from "./amount";

export type TypedTime = { ok: true; value: string } | { ok: false };

/**
 * What a person types as a time of day, as `HH:MM`: 14:05, 1405, 14点05分, 14点, 下午2:05, 2:05 pm, full-width digits.
 * Without 上午 or 下午 the hour is taken as it stands. An empty field is not a time: ask before calling.
 */
export function readTime(typed: string): TypedTime {
  const text = narrow(typed).replace(/\s+/g, "").toLowerCase();
  const match = /^(上午|下午|晚上)?(?:(\d{2})(\d{2})|(\d{1,2})(?:[:.点时](\d{1,2})分?|[点时]整?))(am|pm)?$/.exec(text);
  if (match === null) return { ok: false };
  const [, before, hour4, minute4, hour2, minute2, after] = match;
  if (before !== undefined && after !== undefined) return { ok: false };
  const hour = hourOf(Number(hour4 ?? hour2), before ?? after);
  const minute = Number(minute4 ?? minute2 ?? 0);
  if (hour === undefined || hour > 23 || minute > 59) return { ok: false };
  return { ok: true, value: `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}` };
}

/** 12 am is midnight and 12 pm noon; 下午 14 点 is said too. 晚上 12 点 might be either day, so it is not read. */
function hourOf(hour: number, half: string | undefined): number | undefined {
  switch (half) {
    case undefined:
      return hour;
    case "上午":
      return hour <= 12 ? hour : undefined;
    case "am":
      return hour <= 12 ? hour % 12 : undefined;
    case "晚上":
      return hour === 12 ? undefined : hour < 12 ? hour + 12 : hour;
    default:
      return hour < 12 ? hour + 12 : hour;
  }
}
