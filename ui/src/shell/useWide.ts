import { ref } from "vue";

const query = typeof window === "undefined" ? undefined : window.matchMedia?.("(min-width: 900px)");
const wide = ref(query?.matches === true);
query?.addEventListener("change", (event) => (wide.value = event.matches));

/** True from 900 px up: rail and two panes. Use it only where CSS cannot decide (what is mounted at all). */
export function useWide() {
  return wide;
}
