import { computed, type ComputedRef } from "vue";
import { createI18n } from "vue-i18n";
import type { Language } from "@/ipc/types";
import en from "./en";
import zh from "./zh-CN";

/** The Chinese catalogue is the original; the English one must have exactly its shape. */
export type Catalogue = { [K in keyof typeof zh]: Shape<(typeof zh)[K]> };
type Shape<T> = T extends string ? string : { [K in keyof T]: Shape<T[K]> };

type Paths<T, P extends string = ""> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Paths<T[K], `${P}${K}.`>;
}[keyof T & string];

/** Every key there is: `t("shell.lock")` is checked by the compiler. */
export type MessageKey = Paths<typeof zh>;

/** Words filled into a message; `n` also chooses the English plural. */
export type Words = Record<string, string | number>;

export const i18n = createI18n({
  legacy: false,
  locale: "zh-CN",
  fallbackLocale: "zh-CN",
  messages: { "zh-CN": zh, en },
  missingWarn: false,
});

export function translate(key: MessageKey, words: Words = {}): string {
  return typeof words.n === "number" ? i18n.global.t(key, words, words.n) : i18n.global.t(key, words);
}

/** Whether the catalogue has this key: for codes that come from outside, such as errors. */
export function hasMessage(key: string): key is MessageKey {
  return i18n.global.te(key, "zh-CN");
}

export function useLanguage(): ComputedRef<Language> {
  return computed(() => i18n.global.locale.value as Language);
}

export function setLanguage(language: Language): void {
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
