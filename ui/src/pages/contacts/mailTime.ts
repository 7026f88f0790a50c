/** The day, the clock and the zone of a mail's Date line: "Tue, 17 Nov 2026 10:00:00 +0800". Undefined when it is written otherwise. */
export function mailTime(text: string): { date: string; time: string; zone: string } | undefined {
  const match = /^(?:[A-Z][a-z]{2},\s*)?(\d{1,2})\s+([A-Z][a-z]{2})\s+(\d{4})\s+(\d{2}:\d{2})(?::\d{2})?\s+([+-]\d{4})/.exec(text.trim());
  if (match === null) return undefined;
  const [, day = "", name = "", year = "", time = "", zone = ""] = match;
  const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].indexOf(name) + 1;
  return month === 0 ? undefined : { date: `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`, time, zone };
}
