import { events, type BackupProgress } from "./bindings";
import type { OpenRequested } from "./types";

/** How far a backup has come. Gives back what ends the listening. */
export async function heedBackup(on: (progress: BackupProgress) => void): Promise<() => void> {
  if (!("__TAURI_INTERNALS__" in window)) return () => undefined;
  return events.backupProgress.listen((event) => on(event.payload));
}

/** What the program outside tells the page: the vault was locked or opened elsewhere, a notification was clicked. */
export async function heed(on: { lockRequested: () => void; sessionChanged: () => void; openRequested: (what: OpenRequested) => void; filesDropped: () => void; dialogOpen: (open: boolean) => void }): Promise<void> {
  if (!("__TAURI_INTERNALS__" in window)) return;
  await events.lockRequested.listen(() => on.lockRequested());
  await events.sessionChanged.listen(() => on.sessionChanged());
  await events.filesDropped.listen(() => on.filesDropped());
  await events.dialogOpen.listen((event) => on.dialogOpen(event.payload.open));
  await events.openRequested.listen((event) => on.openRequested(event.payload));
}

/** Hears how far the file on its way in or out is, in percent; what comes back ends the listening. */
export function heedProgress(on: (percent: number) => void): () => void {
  if (!("__TAURI_INTERNALS__" in window)) return () => {};
  const listening = events.errandProgress.listen((event) => on(event.payload.percent));
  return () => void listening.then((stop) => stop());
}
