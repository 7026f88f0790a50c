/** The façade's floor; asking here saves a round trip, the façade still decides. */
export const PASSPHRASE_MIN = 8;

export type StrengthLevel = "empty" | "short" | "plain" | "fair" | "good";

export interface Strength {
  level: StrengthLevel;
  /** Characters still needed. */
  missing: number;
  /** Bars to draw, 0 to 3. */
  bars: 0 | 1 | 2 | 3;
  allowed: boolean;
}

const runs = ["01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** What can honestly be said of a passphrase: its length, and whether it is one of the plain ones. */
export function strengthOf(passphrase: string): Strength {
  const characters = Array.from(passphrase);
  if (characters.length === 0) return { level: "empty", missing: PASSPHRASE_MIN, bars: 0, allowed: false };
  const missing = PASSPHRASE_MIN - characters.length;
  if (missing > 0) return { level: "short", missing, bars: 0, allowed: false };
  if (isPlain(passphrase.toLowerCase())) return { level: "plain", missing: 0, bars: 1, allowed: true };
  // A Chinese character says about as much as two letters.
  const weight = characters.reduce((sum, c) => sum + (c > "\u2e7f" ? 2 : 1), 0);
  return weight >= 16 ? { level: "good", missing: 0, bars: 3, allowed: true } : { level: "fair", missing: 0, bars: 2, allowed: true };
}

function isPlain(text: string): boolean {
  if (new Set(text).size <= 3) return true;
  if (/^\d+$/.test(text) && text.length < 14) return true;
  if (/^(.{1,6})\1+$/.test(text)) return true;
  const reversed = Array.from(text).reverse().join("");
  return runs.some((run) => run.includes(text) || run.includes(reversed)) || /^(password|passw0rd|iloveyou|woaini)\d*$/.test(text);
}
