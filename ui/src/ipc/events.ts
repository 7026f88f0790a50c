import { listen } from "@tauri-apps/api/event";

/** What the program outside tells the page: the vault was locked or opened elsewhere, a notification was clicked. */
export async function heed(on: { sessionChanged: () => void; openRequested: (loanId: string | null) => void }): Promise<void> {
  if (!("__TAURI_INTERNALS__" in window)) return;
  await listen("session-changed", () => on.sessionChanged());
  await listen<{ loan_id: string | null }>("open-requested", (event) => on.openRequested(event.payload.loan_id));
}
