import { onScopeDispose, ref, shallowRef } from "vue";
import { events } from "@/ipc/bindings";
import { ask, asFailure, type Failure } from "@/ipc/client";
import type { ChosenFile, FileReport, MappingForm, Progress } from "@/ipc/types";
import { useSession } from "@/stores/session";

/** A mapping as a report tells it: every field is there. */
function mappingOfReport(form: MappingForm): FileReport["mapping"] {
  const all = ["sheet", "date", "date_else", "time", "amount", "direction", "income", "expense", "counterparty", "counterparty_account", "own_account", "category", "description", "order_no", "merchant_no", "balance", "currency", "status", "note"] as const;
  return { ...Object.fromEntries(all.map((name) => [name, form[name] ?? null])), signs: form.signs ?? "minus_is_out" } as NonNullable<FileReport["mapping"]>;
}

export type Step = "idle" | "looking" | "shown" | "taking" | "done";

/** One file after another: looked at, shown, taken in or left; nothing is stored before the user says so. */
export function useImport() {
  const session = useSession();
  const step = ref<Step>("idle");
  const waiting = shallowRef<ChosenFile[]>([]);
  const file = shallowRef<ChosenFile>();
  const report = shallowRef<FileReport>();
  const progress = shallowRef<Progress>();
  const failure = shallowRef<Failure>();
  const stopped = ref(false);
  /** Which column is what, as the user said of this file. */
  const mapping = shallowRef<MappingForm>();

  let leave = () => {};
  if ("__TAURI_INTERNALS__" in window) {
    const unlisten: Promise<() => void> = events.importProgress.listen((event) => (progress.value = event.payload.progress));
    leave = () => void unlisten.then((off) => off());
  }
  onScopeDispose(() => {
    leave();
    if (step.value === "looking" || step.value === "taking") void ask("stopErrand");
  });

  async function work(during: Step, after: Step, name: "previewImport" | "takeImport"): Promise<void> {
    if (file.value === undefined) return;
    step.value = during;
    progress.value = undefined;
    failure.value = undefined;
    stopped.value = false;
    const release = session.hold();
    try {
      const known = report.value;
      const read = await ask(name, file.value.handle, mapping.value ?? null);
      // A table that was mapped no longer says what it looks like; the mapping can still be changed.
      report.value = mapping.value === undefined || read.sheets.length > 0 ? read : { ...read, sheets: known?.sheets ?? [], mapping: mappingOfReport(mapping.value) };
      step.value = after;
    } catch (thrown) {
      const failed = asFailure(thrown);
      stopped.value = failed.code === "cancelled";
      failure.value = stopped.value ? undefined : failed;
      step.value = "idle";
    } finally {
      release();
    }
  }

  async function next(): Promise<void> {
    const [first, ...rest] = waiting.value;
    waiting.value = rest;
    file.value = first;
    report.value = undefined;
    mapping.value = undefined;
    if (first === undefined) step.value = "idle";
    else await work("looking", "shown", "previewImport");
  }

  async function add(files: ChosenFile[]): Promise<void> {
    waiting.value = [...waiting.value, ...files];
    if (step.value === "idle" || step.value === "done") await next();
  }

  return {
    step, waiting, file, report, progress, failure, stopped, next, add,
    lookAs: (form: MappingForm) => {
      mapping.value = form;
      return work("looking", "shown", "previewImport");
    },
    take: () => work("taking", "done", "takeImport"),
    stop: () => ask("stopErrand"),
  };
}
