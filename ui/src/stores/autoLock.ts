import { onBeforeUnmount, onMounted } from "vue";
import type { AutoLock } from "@/ipc/types";
import { useSession } from "./session";

const minutes: Record<AutoLock, number> = { immediately: 0, one_minute: 1, five_minutes: 5, fifteen_minutes: 15 };
const BEAT = 5_000;

/** True when the vault should lock: unused for too long, or the device slept (the beat came far too late). */
export function shouldLock(choice: AutoLock, idle: number, sinceBeat: number): boolean {
  if (sinceBeat > BEAT + 60_000) return true;
  const allowed = minutes[choice];
  return allowed > 0 && idle >= allowed * 60_000;
}

/** Locks by itself as chosen in the settings, and on Ctrl+L. Used once, by the root component. */
export function useAutoLock(): void {
  const session = useSession();
  let used = Date.now();
  let beat = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;

  const touch = () => (used = Date.now());
  const leave = () => {
    if (session.settings?.auto_lock === "immediately" && !session.held && (document.hidden || !document.hasFocus())) void session.lock();
  };
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
    if (session.unlocked && session.settings && shouldLock(session.settings.auto_lock, now - used, late)) void session.lock();
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
