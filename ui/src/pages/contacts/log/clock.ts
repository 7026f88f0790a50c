/** The device's clock told in Shanghai, on whose calendar dues fall. Only a default: the façade says when it is. */
export function shanghaiNow(now = new Date()): { date: string; time: string } {
  const told = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Shanghai",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const of = (type: Intl.DateTimeFormatPartTypes) => told.find((part) => part.type === type)?.value ?? "";
  return { date: `${of("year")}-${of("month")}-${of("day")}`, time: `${of("hour")}:${of("minute")}` };
}
