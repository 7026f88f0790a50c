import { computed } from "vue";
import { heedProgress } from "@/ipc/events";
import { useLongWork } from "./longWork";

/** A file on its way in or out. */
export function useErrand<A extends unknown[], T>(work: (...args: A) => Promise<T>) {
  const { failure: failed, ...long } = useLongWork(work, heedProgress, "stopErrand");
  /** What went wrong; the user's own wish did not. */
  const failure = computed(() => (long.stopped.value ? undefined : failed.value));
  return { ...long, failure };
}
