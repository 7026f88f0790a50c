/** The one place the rest of the interface takes its IPC types from. */
export type {
  AppError,
  AppStatus,
  AutoLock,
  Commands,
  EvidenceReport,
  Language,
  NotificationText,
  Preferences,
  Result,
  SessionState,
  Settings,
  TextSize,
  Theme,
  UnlockBy,
} from "./types-draft";
