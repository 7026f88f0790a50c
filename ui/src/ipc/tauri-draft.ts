import { invoke } from "@tauri-apps/api/core";
import type { AppError, Commands, Result } from "./types-draft";

async function send<T>(command: string, args: Record<string, unknown> = {}): Promise<Result<T>> {
  try {
    return { status: "ok", data: await invoke<T>(command, args) };
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error) return { status: "error", error: error as AppError };
    throw error;
  }
}

/** Commands of the window, in the form the generated file will have. */
export const commands: Commands = {
  appStatus: () => send("app_status"),
  firstScreenDrawn: () => invoke("first_screen_drawn"),
  savePreferences: (preferences) => send("save_preferences", { preferences }),
  saveSettings: (settings) => send("save_settings", { settings }),
  createVault: (request) => send("create_vault", { request }),
  unlock: (request) => send("unlock", { request }),
  lock: () => send("lock"),
  openSample: () => send("open_sample"),
  leaveSample: () => send("leave_sample"),
  changePassphrase: (request) => send("change_passphrase", { request }),
  newRecoveryCode: (passphrase) => send("new_recovery_code", { passphrase }),
  verifyEvidence: () => send("verify_evidence"),
};
