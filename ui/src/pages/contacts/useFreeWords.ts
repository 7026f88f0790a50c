import { useSession } from "@/stores/session";
import { HIDDEN_DIGITS } from "@/text/amount";
import { hideAmountsIn } from "@/text/hide";

/** Words somebody wrote, without the amounts in them while amounts are hidden. */
export function useFreeWords(): (words: string) => string {
  const session = useSession();
  return (words) => (session.amountsHidden ? hideAmountsIn(words, HIDDEN_DIGITS) : words);
}
