import type { Commands } from "@/ipc/types";
import { no } from "./answer";
import { caseCommands } from "./cases";
import { contactCommands } from "./contacts";
import { household } from "./household";
import { keepCommands } from "./keep";
import { loanCommands } from "./loans";
import { planCommands } from "./plans";
import { ruleCommands } from "./rules";
import { sessionCommands } from "./session";
import { studioCommands } from "./studio";

/**
 * An invented household behind the same commands as the real façade: for `npm run dev` in a browser and for tests,
 * never in the built app. `?state=no_vault|locked|unlocked|sample` chooses where to start (default: unlocked),
 * `?language=en`, `?size=elder`, `?theme=dark`, `?hide=1` how it looks; `?empty=1` has nothing recorded,
 * `?fail=loan` lets the command of that name refuse, `?slow=loan` never answers.
 */
export function sampleCommands(query = new URLSearchParams()): Commands {
  const house = household(query.get("empty") === "1");
  const all: Partial<Commands> = {
    ...sessionCommands(query),
    ...loanCommands(house),
    ...contactCommands(house),
    ...planCommands(house),
    ...caseCommands(house),
    ...keepCommands(house),
    ...studioCommands(house),
    ...ruleCommands(house),
  };
  const [fails, slow] = [query.get("fail"), query.get("slow")];
  // A command that nobody has invented an answer for yet is refused by name instead of breaking the page.
  return new Proxy(all as Commands, {
    get: (commands, name: keyof Commands) => {
      if (name === fails) return async () => no("io", "the disk does not answer");
      if (name === slow) return () => new Promise(() => {});
      return commands[name] ?? (async () => no("not_found", `the invented household does not answer ${name}`));
    },
  });
}
