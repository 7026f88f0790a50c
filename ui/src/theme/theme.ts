import type { TextSize, Theme } from "@/ipc/types";

const sizes: TextSize[] = ["standard", "large", "elder"];

/** Puts the chosen text size on the root element; everything else follows from it in CSS. */
export function applyTextSize(size: TextSize, root = document.documentElement): void {
  for (const each of sizes) root.classList.toggle(`as-text-${each}`, each === size);
}

/** Puts the theme on the root element and follows the system while it is `auto`. Returns how to stop following. */
export function applyTheme(theme: Theme, root = document.documentElement): () => void {
  const system = window.matchMedia?.("(prefers-color-scheme: dark)");
  const show = () => {
    const dark = theme === "dark" || (theme === "auto" && system?.matches === true);
    root.classList.toggle("as-dark", dark);
    root.classList.toggle("as-light", !dark);
    root.classList.toggle("van-theme-dark", dark);
  };
  show();
  if (theme !== "auto" || system === undefined) return () => {};
  system.addEventListener("change", show);
  return () => system.removeEventListener("change", show);
}
