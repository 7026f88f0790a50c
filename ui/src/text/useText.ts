import { computed } from "vue";
import { useSession } from "@/stores/session";
import { translate, useLanguage, type MessageKey, type Words } from "@/i18n";
import { groupYuan, HIDDEN_DIGITS } from "./amount";
import { daysBetween, partsOf } from "./date";

/**
 * Everything a component needs to speak: `t` for words (typed keys), `money` for an amount inside a sentence
 * (dots while amounts are hidden), `day`, `month`, `weekday` for dates, `ago` for 后天 / 7 天后.
 */
export function useText() {
  const session = useSession();
  const language = useLanguage();

  const t = (key: MessageKey, words?: Words): string => translate(key, words);
  const money = (amount: string): string => `¥${session.amountsHidden ? HIDDEN_DIGITS : groupYuan(amount)}`;

  const named = (date: string, key: "date.day" | "date.dayOfYear" | "date.month"): string => {
    const parts = partsOf(date.length === 7 ? `${date}-01` : date);
    if (parts === undefined) return date;
    const { year, month, day } = parts;
    return t(key, { year, month, day, monthName: monthName(month) });
  };
  const thisYear = (date: string): boolean => session.today === "" || date.slice(0, 4) === session.today.slice(0, 4);
  const monthName = (month: number): string => t(`date.months.m${month}` as MessageKey);

  return {
    t,
    money,
    english: computed(() => language.value === "en"),
    /** 11 月 28 日, with its year when that is not this one */
    day: (date: string) => named(date, thisYear(date) ? "date.day" : "date.dayOfYear"),
    /** 2026 年 11 月 28 日 */
    fullDay: (date: string) => named(date, "date.dayOfYear"),
    /** 2029 年 5 月, from a date or `YYYY-MM` */
    month: (date: string) => named(date, "date.month"),
    /** 星期三 */
    weekday: (date: string) => weekdayName(date, "long"),
    /** 周三 */
    weekdayShort: (date: string) => weekdayName(date, "short"),
    /** 今天, 明天, 后天, 7 天后, 3 天前: told from the façade's today. */
    ago: (date: string) => {
      const days = daysBetween(session.today, date);
      if (days === undefined) return date;
      if (days === 0) return t("date.today");
      if (days === 1) return t("date.tomorrow");
      if (days === 2) return t("date.afterTomorrow");
      if (days === -1) return t("date.yesterday");
      return days > 0 ? t("date.inDays", { n: days }) : t("date.daysAgo", { n: -days });
    },
  };

  function weekdayName(date: string, form: "long" | "short"): string {
    const parts = partsOf(date);
    return parts === undefined ? "" : t(`date.${form}.d${parts.weekday}` as MessageKey);
  }
}
