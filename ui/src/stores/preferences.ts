import { defineStore } from "pinia";
import { ref } from "vue";
import { setLanguage } from "@/i18n";
import { ask } from "@/ipc/client";
import type { Preferences } from "@/ipc/types";
import { applyTextSize, applyTheme } from "@/theme/theme";

/** How the program looks. Kept outside the vault, so it is right before anything is unlocked. */
export const usePreferences = defineStore("preferences", () => {
  const language = ref<Preferences["language"]>("zh-CN");
  const textSize = ref<Preferences["text_size"]>("standard");
  const theme = ref<Preferences["theme"]>("auto");
  let unfollow = () => {};

  function show(preferences: Preferences): void {
    language.value = preferences.language;
    textSize.value = preferences.text_size;
    theme.value = preferences.theme;
    setLanguage(preferences.language);
    applyTextSize(preferences.text_size);
    unfollow();
    unfollow = applyTheme(preferences.theme);
  }

  const current = (): Preferences => ({ language: language.value, text_size: textSize.value, theme: theme.value });

  /** Shows the change at once and keeps it; when it cannot be kept, the old look comes back and the failure is thrown. */
  async function change(part: Partial<Preferences>): Promise<void> {
    const before = current();
    const after = { ...before, ...part };
    show(after);
    try {
      await ask("savePreferences", after);
    } catch (failure) {
      show(before);
      throw failure;
    }
  }

  return { language, textSize, theme, show, change };
});
