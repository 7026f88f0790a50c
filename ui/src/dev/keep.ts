import type { Commands } from "@/ipc/types";
import { ok } from "./answer";
import type { Household } from "./household";

/** Reminders and what has a day, help, conduct and figures followed: as recorded, whatever is asked. */
export function keepCommands(house: Household) {
  return {
    reminderSettings: async () => ok(house.keep.settings),
    listDeadlines: async () => ok(house.keep.deadlines),
    listDeadlineRules: async () => ok(house.keep.rules),
    previewDeadline: async () => ok(house.keep.deadline),
    review: async () => ok(house.keep.review),
    checkConduct: async () => ok(house.conduct),
    helpChannels: async () => ok(house.channels),
    anchors: async () => ok(house.anchors),
    listSuggestions: async () => ok(house.suggestions),
    explain: async () => ok(house.explain),
    borrower: async () => ok({ name: null, id_number: null, phone: null, address: null, email: null }),
  } satisfies Partial<Commands>;
}
