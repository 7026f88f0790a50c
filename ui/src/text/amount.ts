/**
 * Amounts are strings of yuan from end to end ("1234.50"). Here they are only spelled: grouped for reading,
 * cleaned after typing. Nothing in the interface adds or multiplies them; the engine does that, to the fen.
 */

export const MINUS = "\u2212";
export const HIDDEN_DIGITS = "••••••";

/** "1234.5" → "1,234.50", "-20" → "−20.00". Text that is no amount comes back as it was. */
export function groupYuan(amount: string): string {
  const match = /^([-\u2212]?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount.trim());
  if (match === null) return amount;
  const [, sign, whole = "0", cents = ""] = match;
  return `${sign === "" ? "" : MINUS}${groupThousands(whole)}.${cents.padEnd(2, "0")}`;
}

/** "1204" → "1,204": for counts as well as the whole part of amounts. */
export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** For the length of a bar or the height of a point, never for a figure that is read. */
export function forDrawing(amount: string): number {
  const value = Number(amount.replace(MINUS, "-"));
  return Number.isFinite(value) ? value : 0;
}

export type MoneyTrouble = "not_number" | "too_many_decimals" | "negative" | "too_large";
export type TypedMoney = { ok: true; value: string } | { ok: false; trouble: MoneyTrouble };

/**
 * What a person types as an amount: full-width digits, thousands separators, ¥ or 元, and 万.
 * "１８，８００" → "18800.00", "1.88万" → "18800.00". An empty field is not an amount: ask before calling.
 */
export function readMoney(typed: string): TypedMoney {
  const text = narrow(typed).replace(/\s+/g, "").replace(/^(¥|rmb|cny)/i, "").replace(/(元|块|yuan)$/i, "");
  if (/^[-\u2212]/.test(text)) return { ok: false, trouble: "negative" };
  const match = /^([\d,]*)(?:\.(\d*))?(万|w)?$/i.exec(text);
  if (match === null) return { ok: false, trouble: "not_number" };
  const [, grouped = "", decimals = "", tenThousand] = match;
  if (!separatorsFit(grouped) || (grouped === "" && decimals === "")) return { ok: false, trouble: "not_number" };
  const shift = tenThousand === undefined ? 0 : 4;
  const digits = grouped.replaceAll(",", "");
  const padded = decimals.padEnd(shift, "0");
  const whole = (digits + padded.slice(0, shift)).replace(/^0+(?=\d)/, "") || "0";
  const cents = padded.slice(shift).replace(/0+$/, "");
  if (cents.length > 2) return { ok: false, trouble: "too_many_decimals" };
  if (whole.length > 9) return { ok: false, trouble: "too_large" };
  return { ok: true, value: `${whole}.${cents.padEnd(2, "0")}` };
}

/** "18,8" is a slip, not a number; "18,800" and "18800" are numbers, "1,8800" (grouped by 万) is too. */
function separatorsFit(grouped: string): boolean {
  return !grouped.includes(",") || /^\d{1,3}(,\d{3})+$/.test(grouped) || /^\d{1,4}(,\d{4})+$/.test(grouped);
}

/** Full-width digits, points and separators in their narrow form. */
export function narrow(typed: string): string {
  return typed
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\uFFE5\u00A5]/g, "¥")
    .replace(/[。．]/g, ".")
    .replace(/[，、]/g, ",")
    .replace(/\u3000/g, " ");
}

export type TypedCount = { ok: true; value: number } | { ok: false };

/** A whole number of terms or days, typed by hand. */
export function readCount(typed: string): TypedCount {
  const text = narrow(typed).trim().replace(/(期|天|日|个月|月)$/, "");
  return /^\d{1,4}$/.test(text) ? { ok: true, value: Number(text) } : { ok: false };
}

export type TypedRate = { ok: true; value: string } | { ok: false };

/** A rate typed in per cent → the decimal fraction the façade wants: "23.76" → "0.2376". Only moves the point. */
export function readPercent(typed: string): TypedRate {
  const text = narrow(typed).trim().replace(/%$/, "").trim();
  const match = /^(\d{1,5})(?:\.(\d{1,8}))?$/.exec(text);
  if (match === null) return { ok: false };
  const [, whole = "0", decimals = ""] = match;
  const digits = whole.padStart(3, "0");
  const fraction = (digits.slice(-2) + decimals).replace(/0+$/, "");
  const head = digits.slice(0, -2).replace(/^0+(?=\d)/, "");
  return { ok: true, value: fraction === "" ? head : `${head}.${fraction}` };
}

/** A decimal fraction → per cent with two decimals, cut from the string: "0.36912345" → "36.91%" (half up). */
export function showPercent(fraction: string, decimals = 2): string {
  const match = /^([-\u2212]?)(\d+)(?:\.(\d+))?$/.exec(fraction.trim());
  if (match === null) return fraction;
  const [, sign, whole = "0", tail = ""] = match;
  const moved = `${whole}${tail.padEnd(2 + decimals + 1, "0")}`;
  const point = whole.length + 2;
  const kept = BigInt(moved.slice(0, point + decimals)) + (moved.charAt(point + decimals) >= "5" ? 1n : 0n);
  const digits = kept.toString().padStart(decimals + 1, "0");
  const head = digits.slice(0, digits.length - decimals);
  const rest = decimals === 0 ? "" : `.${digits.slice(-decimals)}`;
  return `${sign === "" ? "" : MINUS}${groupThousands(head)}${rest}%`;
}
