import { computed, onScopeDispose, ref } from "vue";
import { ask } from "@/ipc/client";
import { heedProgress } from "@/ipc/events";
import { useAct } from "@/ipc/useAsk";
import { useSession } from "./session";

/** A file on its way in or out: how far it is, and a way to stop it. A native dialog or long work is no idling. */
export function useErrand<A extends unknown[], T>(work: (...args: A) => Promise<T>) {
  const session = useSession();
  const percent = ref<number>();
  const { busy, failure: failed, run: act } = useAct(work);
  onScopeDispose(heedProgress((now) => (percent.value = now)));

  async function run(...args: A): Promise<T | undefined> {
    percent.value = undefined;
    const release = session.hold();
    try {
      return await act(...args);
    } finally {
      release();
      percent.value = undefined;
    }
  }

  const stopped = computed(() => failed.value?.code === "cancelled");
  /** What went wrong; the user's own wish did not. */
  const failure = computed(() => (stopped.value ? undefined : failed.value));
  const stop = () => void ask("stopErrand").catch(() => undefined);
  return { busy, failure, run, percent, stopped, stop };
}
