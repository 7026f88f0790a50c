import { ref, watch } from "vue";

const times = ref(0);

/** The worksheet, a request or an agreement is new: the overview asks again. */
export function plansChanged(): void {
  times.value += 1;
}

export function onPlansChanged(ask: () => void): void {
  watch(times, ask);
}
