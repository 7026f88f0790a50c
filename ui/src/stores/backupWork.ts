import { computed, ref } from "vue";
import { heedBackup } from "@/ipc/events";
import { useLongWork } from "./longWork";

/** A piece of backup work. */
export function useBackupWork<A extends unknown[], T>(work: (...args: A) => Promise<T>) {
  const verifying = ref(false);
  const long = useLongWork(
    work,
    (told) => {
      const unlisten = heedBackup((progress) => {
        told(progress.percent);
        verifying.value = progress.verifying;
      });
      return () => void unlisten.then((stop) => stop());
    },
    "stopBackup",
  );
  const wrong = computed(() => long.failure.value?.code === "wrong_secret" || long.failure.value?.code === "recovery_code_mistyped");
  /** A refusal that is about neither the secret nor the user's own wish. */
  const trouble = computed(() => (long.stopped.value || wrong.value ? undefined : long.failure.value));
  return { ...long, verifying, wrong, trouble };
}
