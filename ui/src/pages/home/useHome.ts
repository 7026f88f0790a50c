import { ask } from "@/ipc/client";
import { useAsk } from "@/ipc/useAsk";

/** Everything the first tab shows; each pane asks for itself, the façade answers in a moment. */
export function useHome() {
  return useAsk(() => ask("home"));
}
