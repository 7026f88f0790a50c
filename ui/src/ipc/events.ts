import { events } from "./bindings";
import type { OpenRequested } from "./types";

/** What the program outside tells the page: the vault was locked or opened elsewhere, a notification was clicked. */
export async function heed(on: { sessionChanged: () => void; openRequested: (what: OpenRequested) => void; filesDropped: () => void }): Promise<void> {
  if (!("__TAURI_INTERNALS__" in window)) return;
  await events.sessionChanged.listen(() => on.sessionChanged());
  await events.filesDropped.listen(() => on.filesDropped());
  await events.openRequested.listen((event) => on.openRequested(event.payload));
}
