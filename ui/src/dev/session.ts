import type { AppStatus, Commands, Language, Preferences, Settings, TextSize, Theme } from "@/ipc/types";
import { no, ok } from "./answer";

export const SAMPLE_TODAY = "2026-11-18";
export const SAMPLE_PASSPHRASE = "海边 清晨 步行";
export const SAMPLE_RECOVERY = "7Q4M-X2KD-9TBW-HC6P-3FNV-R8YJ";

const HASH = "4c1e09a7d25b80f3aa61c07752e9b41fd8306c9e5517f2b4c6a8e31977d2b3f0";

const plain = (code: string) => code.replace(/[\s-]/g, "").toUpperCase();

export function sessionCommands(query: URLSearchParams) {
  const start = query.get("state") ?? "unlocked";
  let passphrase = SAMPLE_PASSPHRASE;
  let state: AppStatus["state"] = start === "sample" ? "unlocked" : (start as AppStatus["state"]);
  let sample = start === "sample";
  let exists = start !== "no_vault";
  let preferences: Preferences = {
    language: (query.get("language") ?? "zh-CN") as Language,
    text_size: (query.get("size") ?? "standard") as TextSize,
    theme: (query.get("theme") ?? "auto") as Theme,
  };
  let settings: Settings = {
    shared_computer: false,
    hide_amounts: query.get("hide") === "1",
    auto_lock: "five_minutes",
    notification_text: "neutral",
    outside_instants: false,
  };

  const close = () => {
    sample = false;
    state = exists ? "locked" : "no_vault";
    return ok(null);
  };

  return {
    appStatus: async () => {
      if (query.get("trouble") !== null) return no<AppStatus>("database_damaged", "the vault cannot be read");
      return ok<AppStatus>({
        state,
        sample,
        today: SAMPLE_TODAY,
        weekday: 3,
        version: "0.1.0",
        preferences,
        settings: state === "unlocked" ? settings : null,
      });
    },
    firstScreenDrawn: async () => undefined,
    noteUse: async () => ok(null),
    savePreferences: async (next) => {
      preferences = next;
      return ok(null);
    },
    saveSettings: async (next) => {
      settings = next;
      return ok(null);
    },
    createVault: async (request) => {
      if ([...request.passphrase].length < 8) return no("passphrase_too_short", "a passphrase has at least 8 characters", "passphrase");
      passphrase = request.passphrase;
      exists = true;
      state = "unlocked";
      settings = {
        ...settings,
        shared_computer: request.shared_computer,
        hide_amounts: request.shared_computer,
        auto_lock: request.shared_computer ? "one_minute" : "five_minutes",
      };
      return ok({ recovery_code: SAMPLE_RECOVERY });
    },
    unlock: async ({ secret, by }) => {
      const fits = by === "passphrase" ? secret === passphrase : plain(secret) === plain(SAMPLE_RECOVERY);
      if (!fits) return no("wrong_secret", "the secret does not open this vault");
      state = "unlocked";
      return ok(null);
    },
    lock: async () => close(),
    openSample: async () => {
      sample = true;
      state = "unlocked";
      return ok(null);
    },
    leaveSample: async () => close(),
    changePassphrase: async ({ current, by, new_passphrase }) => {
      const fits = by === "passphrase" ? current === passphrase : plain(current) === plain(SAMPLE_RECOVERY);
      if (!fits) return no("wrong_secret", "the secret does not open this vault", "current");
      if ([...new_passphrase].length < 8) return no("passphrase_too_short", "too short", "new_passphrase");
      passphrase = new_passphrase;
      return ok(null);
    },
    backupState: async () => ok({ last: { at: "2026-11-15T21:04:00+08:00", file: "/media/usb/ashore-20261115.age", left_out: 0 }, last_drill: null, schedule: null, due: false, trouble: null }),
    newRecoveryCode: async (secret) =>
      secret === passphrase ? ok({ recovery_code: SAMPLE_RECOVERY }) : no("wrong_secret", "the secret does not open this vault", "passphrase"),
    verifyEvidence: async () => ok({ whole: true, count: "148", head: HASH, root: HASH, first_break: null }),
  } satisfies Partial<Commands>;
}
