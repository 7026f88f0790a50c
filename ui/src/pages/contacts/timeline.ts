import type { ContactCard, EvidenceKind, Precision } from "@/ipc/types";
import type { IconName } from "@/parts/icons";

/** The kinds that have a chip of their own; the others stand behind one. */
export const CHIP_KINDS = ["call", "sms", "email"] as const satisfies readonly EvidenceKind[];

export const OTHER_KINDS = [
  "note",
  "im_chat",
  "in_app_chat",
  "letter",
  "visit_note",
  "payment_receipt",
  "contract",
  "agreement",
  "screenshot",
  "screen_video",
  "court_doc",
  "credit_report",
] as const satisfies readonly EvidenceKind[];

const icons: Record<EvidenceKind, IconName> = {
  call: "phone",
  sms: "message",
  email: "mail",
  im_chat: "chat",
  in_app_chat: "chat",
  payment_receipt: "yen",
  contract: "file",
  agreement: "file",
  screenshot: "eye",
  screen_video: "play",
  letter: "letter",
  visit_note: "visit",
  court_doc: "shield",
  credit_report: "chart",
  note: "note",
};

export function iconOf(kind: EvidenceKind): IconName {
  return icons[kind];
}

export interface Day<T> {
  /** YYYY-MM-DD */
  date: string;
  entries: T[];
}

/** The timeline cut at midnight, in the order it came: by the clock where it happened, as `at` has it. */
export function groupByDay<T extends Pick<ContactCard, "at">>(cards: readonly T[]): Day<T>[] {
  const days: Day<T>[] = [];
  for (const card of cards) {
    const date = card.at.slice(0, 10);
    const last = days.at(-1);
    if (last?.date === date) last.entries.push(card);
    else days.push({ date, entries: [card] });
  }
  return days;
}

/** What was said by word of mouth and not followed, about the same loan, by anything in writing. Newest first, as it came. */
export function stillSpoken<T extends Pick<ContactCard, "confirmation" | "corrected" | "removed" | "loans">>(newestFirst: readonly T[]): T[] {
  const written = new Set<string>();
  return newestFirst.filter((card) => {
    if (card.corrected || card.removed) return false;
    if (card.confirmation === "written") card.loans.forEach((loan) => written.add(loan.id));
    return card.confirmation === "oral" && !(card.loans.length > 0 && card.loans.every((loan) => written.has(loan.id)));
  });
}

/** 10:42, by the clock where it happened. */
export function clockOf(at: string): string {
  return at.slice(11, 16);
}

/** The same, and nothing for what is only known by its day. */
export function timeOf(when: { at: string; precision: Precision }): string {
  return when.precision === "day" ? "" : clockOf(when.at);
}

/** A length of time in minutes and seconds. */
export function minutesOf(seconds: number): { m: number; s: number } {
  const whole = Math.max(0, Math.floor(seconds));
  return { m: Math.floor(whole / 60), s: whole % 60 };
}

/** 03:42, for a running clock; hours once there are any. */
export function stopwatch(seconds: number): string {
  const { m, s } = minutesOf(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  return m < 60 ? `${two(m)}:${two(s)}` : `${Math.floor(m / 60)}:${two(m % 60)}:${two(s)}`;
}

/** 138 **** 0417: enough to tell numbers apart over somebody's shoulder. Short service numbers stay whole. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/[\s-]/g, "");
  return /^\+?\d{11,}$/.test(digits) ? `${digits.slice(0, -8)} **** ${digits.slice(-4)}` : phone;
}

/** A hash in groups of four; `ends` keeps the first and last groups only. */
export function groupHash(hash: string, ends = false): string {
  const groups = hash.match(/.{1,4}/g) ?? [];
  return ends && groups.length > 6 ? `${groups.slice(0, 2).join(" ")} … ${groups.slice(-2).join(" ")}` : groups.join(" ");
}

/** A size in bytes as people say it. */
export function sizeOf(bytes: string): string {
  const n = Number(bytes);
  if (!Number.isFinite(n)) return bytes;
  if (n < 1024) return `${n} B`;
  const [value, unit] = n < 1024 * 1024 ? [n / 1024, "KB"] : n < 1024 ** 3 ? [n / 1024 ** 2, "MB"] : [n / 1024 ** 3, "GB"];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
