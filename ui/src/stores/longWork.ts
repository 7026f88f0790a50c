import { computed, onScopeDispose, ref } from "vue";
import { ask } from "@/ipc/client";
import { useAct } from "@/ipc/useAsk";
import { useSession } from "./session";

/** Long work: how far it is, and a way to stop it. A native dialog or work that goes on is no idling. */
export function useLongWork<A extends unknown[], T>(work: (...args: A) => Promise<T>, heed: (told: (percent: number | undefined) => void) => () => void, stopBy: "stopErrand" | "stopBackup") {
  const session = useSession();
  const percent = ref<number>();
  const { busy, failure, run: act } = useAct(work);
  onScopeDispose(heed((now) => (percent.value = now)));

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

  const stopped = computed(() => failure.value?.code === "cancelled");
  const stop = () => void ask(stopBy).catch(() => undefined);
  return { busy, failure, run, percent, stopped, stop };
}
