import type { Commands } from "@/ipc/types";
import { sessionCommands } from "./session";

/**
 * An invented household behind the same commands as the real façade: for `npm run dev` in a browser and for tests,
 * never in the built app. `?state=no_vault|locked|unlocked|sample` chooses where to start (default: unlocked),
 * `?language=en`, `?size=elder`, `?theme=dark`, `?hide=1` how it looks.
 */
export function sampleCommands(query = new URLSearchParams()): Commands {
  return { ...sessionCommands(query) };
}
