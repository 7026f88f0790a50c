import { onBeforeUnmount, onMounted, watch } from "vue";
import { ask } from "@/ipc/client";
import type { AutoLock } from "@/ipc/types";
import { useSession } from "./session";

const minutes: Record<AutoLock, number> = { immediately: 0, one_minute: 1, five_minutes: 5, fifteen_minutes: 15 };
const BEAT = 5_000;
/** Word of a dialog of our own comes a moment after it took the focus. */
const MOMENT = 300;

/** True when the vault should lock: unused for too long, or the device slept (the beat came far too late). */
export function shouldLock(choice: AutoLock, idle: number, sinceBeat: number): boolean {
  if (sinceBeat > BEAT + 60_000) return true;
  const allowed = minutes[choice];
  return allowed > 0 && idle >= allowed * 60_000;
}

/** What leaving the window looks at. */
export interface Leaving {
  choice: () => AutoLock | undefined;
  /** A call is being written down. */
  held: () => boolean;
  /** A native dialog of our own is open. */
  dialog: () => boolean;
  hidden: () => boolean;
  focused: () => boolean;
  lock: () => void;
}

/**
 * Locks when the window is left, where that is chosen. A hidden window is left at once. One that only lost the focus may
 * have lost it to our own dialog, so it is looked at again a moment later; and when the dialog has closed.
 */
export function leaveOf(seen: Leaving): () => void {
  const wanted = () => seen.choice() === "immediately" && !seen.held();
  return () => {
    if (!wanted()) return;
    if (seen.hidden()) return seen.lock();
    if (seen.focused()) return;
    setTimeout(() => wanted() && !seen.dialog() && !seen.focused() && seen.lock(), MOMENT);
  };
}

/** Locks by itself as chosen in the settings, and on Ctrl+L. Used once, by the root component. */
export function useAutoLock(): void {
  const session = useSession();
  let used = Date.now();
  let told = 0;
  let beat = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;

  const touch = () => (used = Date.now());
  const leave = leaveOf({
    choice: () => (session.unlocked ? session.settings?.auto_lock : undefined),
    held: () => session.held,
    dialog: () => session.dialog,
    hidden: () => document.hidden,
    focused: () => document.hasFocus(),
    lock: () => void session.lock(),
  });
  // Our dialog closed: whoever went elsewhere meanwhile has left.
  watch(
    () => session.dialog,
    (open) => !open && leave(),
  );
  const key = (event: KeyboardEvent) => {
    touch();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "l") {
      event.preventDefault();
      void session.lock();
    }
  };
  const look = () => {
    const now = Date.now();
    const late = now - beat;
    beat = now;
    if (session.held) touch();
    if (!session.unlocked || !session.settings) return;
    if (shouldLock(session.settings.auto_lock, now - used, late)) void session.lock();
    // The program keeps the time too: a page in the tray may sleep.
    else if (used > told) {
      told = now;
      void ask("noteUse").catch(() => undefined);
    }
  };

  onMounted(() => {
    window.addEventListener("keydown", key, true);
    window.addEventListener("pointerdown", touch, { passive: true });
    window.addEventListener("wheel", touch, { passive: true });
    window.addEventListener("blur", leave);
    document.addEventListener("visibilitychange", leave);
    timer = setInterval(look, BEAT);
  });
  onBeforeUnmount(() => {
    window.removeEventListener("keydown", key, true);
    window.removeEventListener("pointerdown", touch);
    window.removeEventListener("wheel", touch);
    window.removeEventListener("blur", leave);
    document.removeEventListener("visibilitychange", leave);
    clearInterval(timer);
  });
}
