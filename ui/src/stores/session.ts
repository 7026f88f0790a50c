import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { asFailure, ask, type Failure } from "@/ipc/client";
import type { AppStatus, SessionState, Settings, UnlockBy } from "@/ipc/types";
import { saveDrafts } from "./drafts";
import { usePreferences } from "./preferences";

/** Seconds to wait after the n-th wrong secret in a row: none for three tries, then growing to a minute. */
export function waitAfter(failures: number): number {
  return failures < 3 ? 0 : Math.min(60, 5 * 2 ** (failures - 3));
}

/** Whether the vault is open, whose it is, and whether amounts may be seen. */
export const useSession = defineStore("session", () => {
  const state = ref<SessionState>();
  const sample = ref(false);
  const today = ref("");
  const version = ref("");
  const settings = ref<Settings>();
  const amountsHidden = ref(false);
  /** A native dialog of our own is open: the window has lost the focus to it, and to nobody else. */
  const dialog = ref(false);
  const holds = ref(0);
  /** A call is being written down, or long work goes on: idle time does not lock now, everything else still does. */
  const held = computed(() => holds.value > 0);
  const failures = ref(0);
  const waitUntil = ref(0);
  /** Why the program does not even know where it stands. */
  const trouble = shallowRef<Failure>();

  const unlocked = computed(() => state.value === "unlocked");

  function take(status: AppStatus): void {
    const opened = status.state === "unlocked" && state.value !== "unlocked";
    state.value = status.state;
    sample.value = status.sample;
    today.value = status.today;
    version.value = status.version;
    settings.value = status.settings ?? undefined;
    if (opened) amountsHidden.value = status.settings?.hide_amounts ?? false;
  }

  /** Asks the façade where we stand; called at start and after every change of state. */
  async function refresh(): Promise<void> {
    try {
      const status = await ask("appStatus");
      usePreferences().show(status.preferences);
      take(status);
      trouble.value = undefined;
    } catch (thrown) {
      trouble.value = asFailure(thrown);
    }
  }

  async function createVault(passphrase: string, sharedComputer: boolean): Promise<string> {
    const created = await ask("createVault", { passphrase, shared_computer: sharedComputer });
    return created.recovery_code;
  }

  async function unlock(secret: string, by: UnlockBy): Promise<void> {
    try {
      await ask("unlock", { secret, by });
    } catch (failure) {
      failures.value += 1;
      waitUntil.value = Date.now() + waitAfter(failures.value) * 1000;
      throw failure;
    }
    failures.value = 0;
    waitUntil.value = 0;
    await refresh();
  }

  /** Nothing of the vault stays on the screen, whatever the façade answers. */
  async function lock(): Promise<void> {
    if (state.value !== "unlocked") return;
    // A file on its way in or out has the vault for itself: drafts could not be kept before it ends.
    void ask("stopErrand").catch(() => undefined);
    // Taken before the page gives way, and not the sample's: nothing typed there is worth keeping.
    const saving = sample.value ? undefined : saveDrafts();
    if (!sample.value) state.value = "locked";
    try {
      await saving;
      await ask("lock");
    } finally {
      await refresh();
    }
  }

  async function openSample(): Promise<void> {
    await ask("openSample");
    await refresh();
  }

  async function leaveSample(): Promise<void> {
    await ask("leaveSample");
    await refresh();
  }

  async function changeSettings(part: Partial<Settings>): Promise<void> {
    if (settings.value === undefined) return;
    const after = { ...settings.value, ...part };
    await ask("saveSettings", after);
    settings.value = after;
  }

  /** Idle time does not lock until what comes back is called. */
  function hold(): () => void {
    let holding = true;
    holds.value += 1;
    return () => {
      if (holding) holds.value -= 1;
      holding = false;
    };
  }

  function toggleAmounts(): void {
    amountsHidden.value = !amountsHidden.value;
  }

  return {
    state,
    sample,
    today,
    version,
    settings,
    amountsHidden,
    held,
    dialog,
    hold,
    failures,
    waitUntil,
    trouble,
    unlocked,
    refresh,
    createVault,
    unlock,
    lock,
    openSample,
    leaveSample,
    changeSettings,
    toggleAmounts,
  };
});
