import { ref, watch } from "vue";

const times = ref(0);

/** A record was added: lists that show records ask again. */
export function contactsChanged(): void {
  times.value += 1;
}

export function onContactsChanged(ask: () => void): void {
  watch(times, ask);
}
