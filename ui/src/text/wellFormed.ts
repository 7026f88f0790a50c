import type { MessageKey } from "@/i18n";

/** What looks wrong about a number or an address that was typed. Only said, never held against it: the paper has the last word. */
export type Odd = MessageKey | undefined;

const plain = (text: string): string => text.normalize("NFKC").trim();

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

/** The last sign of an identity number of 18, by GB 11643: weighted digits modulo 11. */
function checkOf(first17: string): string | undefined {
  const sum = [...first17].reduce((all, digit, at) => all + Number(digit) * (WEIGHTS[at] ?? 0), 0);
  return CHECKS[sum % 11];
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * An identity number: 18 signs whose last is a check, or the 15 digits of before 1999. One whose middle is covered is
 * the program's own. What begins with a letter is another paper, such as a passport, of which no form is known here.
 */
export function oddIdentity(text: string): Odd {
  const typed = plain(text).replace(/[\s-]/g, "").toUpperCase();
  if (typed === "" || /[*•·]/.test(typed) || /^[A-Z]/.test(typed)) return undefined;
  if (!/^(\d{15}|\d{17}[\dX])$/.test(typed)) return "parts.odd.identity";
  const born = typed.length === 18 ? typed.slice(6, 14) : `19${typed.slice(6, 12)}`;
  if (!isDay(Number(born.slice(0, 4)), Number(born.slice(4, 6)), Number(born.slice(6)))) return "parts.odd.identityDay";
  return typed.length === 18 && checkOf(typed.slice(0, 17)) !== typed[17] ? "parts.odd.identityCheck" : undefined;
}

/**
 * A telephone number: a mobile one has 11 digits; others, from the short 95xxx of a bank to a line with an extension
 * or one abroad, are as long as they are.
 */
export function oddPhone(text: string): Odd {
  const typed = plain(text);
  if (typed === "" || /[*•·]/.test(typed)) return undefined;
  const digits = typed.replace(/\D/g, "");
  if (/@|[^\d\s+x\p{P}\p{Script=Han}]/iu.test(typed) || digits.length < 3) return "parts.odd.phone";
  if (/^\+(?!86)/.test(typed)) return undefined;
  const home = digits.replace(/^(00)?86(?=1\d{9})/, "");
  // 10086 and 12378 are whole; of eight and more that begin like a mobile number, all eleven are needed.
  return /^1[3-9]/.test(home) && home.length !== 11 && home.length >= 8 && /^[\d\s+-]*$/.test(typed) ? "parts.odd.mobile" : undefined;
}

/** An address of electronic mail: one @, something before it and a dotted name after. */
export function oddEmail(text: string): Odd {
  const typed = plain(text);
  return typed === "" || /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(typed) ? undefined : "parts.odd.email";
}

/** By the way it is reached, as far as the way has a form. */
export function oddPlace(channel: string, text: string): Odd {
  if (channel === "email") return oddEmail(text);
  return channel === "hotline" || channel === "sms" ? oddPhone(text) : undefined;
}
