/** Days before as a person types them: "7, 3, 1, 0" becomes stages -7, -3, -1, 0. Undefined when it is something else. */
export function readDays(text: string): number[] | undefined {
  const words = text
    .split(/[\s,，、;；]+/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const days = words.map((word) => (/^[-−－]?\d{1,3}$/.test(word) ? Number(word.replace(/[−－]/, "-")) : Number.NaN));
  if (days.some((n) => Number.isNaN(n) || Math.abs(n) > 366)) return undefined;
  const stages = [...new Set(days)].map((n) => (n === 0 ? 0 : -n));
  return stages.sort((a, b) => a - b);
}

/** The same the other way round. */
export function writeDays(stages: number[]): string {
  return stages.map((n) => String(n === 0 ? 0 : -n)).join(", ");
}
