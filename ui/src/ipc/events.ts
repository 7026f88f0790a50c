import { events } from "./bindings";
import type { OpenRequested } from "./types";

/** What the program outside tells the page: the vault was locked or opened elsewhere, a notification was clicked. */
export async function heed(on: { sessionChanged: () => void; openRequested: (what: OpenRequested) => void }): Promise<void> {
  if (!("__TAURI_INTERNALS__" in window)) return;
  await events.sessionChanged.listen(() => on.sessionChanged());
  await events.openRequested.listen((event) => on.openRequested(event.payload));
}

/** Hears how far the export at work is, in percent; what comes back stops it. */
export function heedProgress(on: (percent: number) => void): () => void {
  if (!("__TAURI_INTERNALS__" in window)) return () => {};
  const listening = events.exportProgress.listen((event) => on(event.payload.percent));
  return () => void listening.then((stop) => stop());
}
