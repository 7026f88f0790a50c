import type { Commands } from "@/ipc/types";
import { no } from "./answer";
import { sessionCommands } from "./session";

/**
 * An invented household behind the same commands as the real façade: for `npm run dev` in a browser and for tests,
 * never in the built app. `?state=no_vault|locked|unlocked|sample` chooses where to start (default: unlocked),
 * `?language=en`, `?size=elder`, `?theme=dark`, `?hide=1` how it looks.
 */
export function sampleCommands(query = new URLSearchParams()): Commands {
  const answered: Partial<Commands> = { ...sessionCommands(query) };
  // A command that nobody has invented an answer for yet is refused by name instead of breaking the page.
  return new Proxy(answered as Commands, {
    get: (commands, name: keyof Commands) => commands[name] ?? (async () => no("not_found", `the invented household does not answer ${name}`)),
    ownKeys: (commands) => Reflect.ownKeys(commands),
  });
}
