import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import { keepDraft, takeDraft } from "@/stores/drafts";
import { useSession } from "@/stores/session";
import { shanghaiNow } from "./clock";
import { isTouched, newDraft, secondsOf, type Draft } from "./draft";

/**
 * The record being written and the clock of a call in progress. It outlives its page, so that a borrower on the phone
 * can look something up and come back; it never leaves memory, and belongs to the vault in which it was begun.
 */
export const useLog = defineStore("log", () => {
  const session = useSession();
  const draft = ref<Draft>();
  const ofSample = ref(false);
  const runningSince = ref<number>();
  const timed = ref(0);
  const startedAt = ref("");

  const mine = computed(() => draft.value !== undefined && ofSample.value === session.sample);
  const running = computed(() => mine.value && runningSince.value !== undefined);
  const waiting = computed(() => mine.value && draft.value !== undefined && (running.value || isTouched(draft.value)));

  /** How many pages show it now: it goes on waiting when they are left. */
  const pads = ref(0);
  // Nobody touches the window while listening; it must not lock in the middle of a call, timed or not.
  const inCall = computed(() => running.value || (pads.value > 0 && waiting.value && draft.value?.kind === "call"));
  let release = () => {};
  watch(inCall, (now) => {
    release();
    release = now ? session.hold() : () => {};
  });

  // A lock puts it into the vault and takes it out of memory; files staged for it are gone with the session.
  keepDraft("contact", () => {
    if (!waiting.value || ofSample.value || draft.value === undefined) return undefined;
    stop();
    const kept = { ...draft.value, files: [], copies: {} };
    drop();
    return kept;
  });
  watch(
    () => session.unlocked && !session.sample,
    async (open) => {
      if (!open || waiting.value) return;
      const kept = await takeDraft<Draft>("contact");
      if (kept === undefined || waiting.value) return;
      // A page may hold on to the empty one it was just given.
      if (mine.value && draft.value !== undefined) Object.assign(draft.value, kept);
      else draft.value = kept;
      ofSample.value = false;
      timed.value = secondsOf(kept) ?? 0;
    },
    { immediate: true },
  );

  /** The draft in hand, or a new one. */
  function begin(kind: Draft["kind"], loans: string[]): Draft {
    if (!waiting.value || draft.value === undefined) {
      drop();
      ofSample.value = session.sample;
      const { time } = shanghaiNow();
      draft.value = newDraft(kind, session.today, time, loans);
    }
    return draft.value as Draft;
  }

  /** A page shows the draft in hand until what comes back is called. */
  function show(): () => void {
    pads.value += 1;
    return () => (pads.value -= 1);
  }

  function start(): void {
    const now = draft.value;
    if (now === undefined || runningSince.value !== undefined) return;
    runningSince.value = Date.now();
    if (startedAt.value !== "") return;
    const { date, time } = shanghaiNow();
    startedAt.value = time;
    // The time is known exactly only if this device and the façade agree on the day.
    if (date === session.today) Object.assign(now, { now: false, date, time, timed: true });
  }

  function stop(): void {
    if (runningSince.value === undefined) return;
    timed.value = elapsed(Date.now());
    runningSince.value = undefined;
    if (draft.value !== undefined) Object.assign(draft.value, { minutes: Math.floor(timed.value / 60), seconds: timed.value % 60 });
  }

  function elapsed(now: number): number {
    return timed.value + (runningSince.value === undefined ? 0 : Math.max(0, Math.floor((now - runningSince.value) / 1000)));
  }

  /** Goes on from the length that stands in the fields. */
  function resume(): void {
    if (draft.value !== undefined) timed.value = secondsOf(draft.value) ?? timed.value;
    start();
  }

  function drop(): void {
    draft.value = undefined;
    runningSince.value = undefined;
    timed.value = 0;
    startedAt.value = "";
  }

  return { draft, running, waiting, startedAt, begin, show, start, stop, resume, elapsed, drop };
});
