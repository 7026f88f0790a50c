import { partsOf } from "@/text/date";

/** 11 月 16 日, in Chinese whatever the interface speaks: the message goes to a Chinese lender. */
export function chineseDay(date: string): string {
  const parts = partsOf(date);
  return parts === undefined ? date : `${parts.month} 月 ${parts.day} 日`;
}
