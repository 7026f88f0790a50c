/**
 * The shapes the interface needs before the generated `bindings.ts` exists, field for field as the façade has them:
 * amounts and ids are strings, dates are `YYYY-MM-DD`, rates are decimal fractions. When the generated file arrives,
 * `types.ts` takes them from there and this file goes.
 */
export type Language = "zh-CN" | "en";
export type TextSize = "standard" | "large" | "elder";
export type Theme = "auto" | "light" | "dark";
export type AutoLock = "immediately" | "one_minute" | "five_minutes" | "fifteen_minutes";
export type NotificationText = "neutral" | "full";
export type SessionState = "no_vault" | "locked" | "unlocked";
export type UnlockBy = "passphrase" | "recovery_code";

export interface Preferences {
  language: Language;
  text_size: TextSize;
  theme: Theme;
}

export interface Settings {
  shared_computer: boolean;
  hide_amounts: boolean;
  auto_lock: AutoLock;
  notification_text: NotificationText;
}

export interface AppStatus {
  state: SessionState;
  sample: boolean;
  today: string;
  /** 1 = Monday. */
  weekday: number;
  version: string;
  preferences: Preferences;
  /** Only while the vault is open. */
  settings: Settings | null;
}

export interface AppError {
  code: string;
  field: string | null;
  message: string;
  hints: string[];
}

export type Result<T, E = AppError> = { status: "ok"; data: T } | { status: "error"; error: E };

export interface EvidenceReport {
  whole: boolean;
  /** Entries in the chain. */
  count: string;
  head: string;
  root: string;
  /** The first break, in a sentence that names the entry. */
  first_break: string | null;
}

export interface Commands {
  appStatus(): Promise<Result<AppStatus>>;
  firstScreenDrawn(): Promise<null>;
  savePreferences(preferences: Preferences): Promise<Result<null>>;
  saveSettings(settings: Settings): Promise<Result<null>>;
  createVault(request: { passphrase: string; shared_computer: boolean }): Promise<Result<{ recovery_code: string }>>;
  unlock(request: { secret: string; by: UnlockBy }): Promise<Result<null>>;
  lock(): Promise<Result<null>>;
  openSample(): Promise<Result<null>>;
  leaveSample(): Promise<Result<null>>;
  changePassphrase(request: { current: string; by: UnlockBy; new_passphrase: string }): Promise<Result<null>>;
  newRecoveryCode(passphrase: string): Promise<Result<{ recovery_code: string }>>;
  verifyEvidence(): Promise<Result<EvidenceReport>>;
}
