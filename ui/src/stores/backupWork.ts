import { computed, onScopeDispose, ref } from "vue";
import { ask } from "@/ipc/client";
import { heedBackup } from "@/ipc/events";
import { useAct } from "@/ipc/useAsk";
import { useSession } from "./session";

/** A piece of backup work: how far it is, and a way to stop it. A native dialog or long work is no idling. */
export function useBackupWork<A extends unknown[], T>(work: (...args: A) => Promise<T>) {
  const session = useSession();
  const percent = ref<number>();
  const verifying = ref(false);
  const { busy, failure, run: act } = useAct(work);
  const unlisten = heedBackup((progress) => {
    percent.value = progress.percent;
    verifying.value = progress.verifying;
  });
  onScopeDispose(() => void unlisten.then((stop) => stop()));

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
  const wrong = computed(() => failure.value?.code === "wrong_secret" || failure.value?.code === "recovery_code_mistyped");
  /** A refusal that is about neither the secret nor the user's own wish. */
  const trouble = computed(() => (stopped.value || wrong.value ? undefined : failure.value));
  const stop = () => void ask("stopBackup").catch(() => undefined);
  return { busy, failure, run, percent, verifying, stopped, wrong, trouble, stop };
}
