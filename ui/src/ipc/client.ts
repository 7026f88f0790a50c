import { ref } from "vue";
import { commands as tauri } from "./bindings";
import type { AppError, Commands, Result } from "./types";

/** Commands that answer with data or a refusal. */
type Name = { [K in keyof Commands]: Awaited<ReturnType<Commands[K]>> extends { status: string } ? K : never }[keyof Commands];
type DataOf<K extends Name> = Extract<Awaited<ReturnType<Commands[K]>>, { status: "ok" }> extends { data: infer T } ? T : never;

/** Commands after which figures and lists on the screen may be others. */
const recording = new Set<keyof Commands>([
  "addLoan", "amendLoan", "closeLoan", "addPayment", "voidPayment", "logContact", "setCapacity", "saveOffers", "savePlan", "recordAgreement",
  "reviewConduct", "saveConsentedHours", "exportPack", "exportOpen", "importAnchor",
  "takeImport", "confirmSuggestion", "declineSuggestion", "removeContact",
  "addProposal", "acceptProposal", "setHardship", "setCaseStage", "setCaseDocument", "addTask", "finishTask", "keepAgreementCheck", "advanceAgreement",
  "addParty", "setLoanParties", "setLegitimacy", "setOwnRule", "withdrawOwnRule", "setBorrower", "exportLetter", "keepLetter", "letterSent", "letterProved", "letterAnswered", "exportPackage",
]);

/** Counts what was recorded; every question on the screen is asked again when it moves (`useAsk`). */
export const timesRecorded = ref(0);

let source: Commands = tauri;

/** Answers come from `commands` from now on: the in-memory household of development and tests. */
export function serveFrom(commands: Commands): void {
  source = commands;
}

/** A refusal of the façade. Pages act on `code`; the words come from the catalogue (`useFailure`). */
export class Failure extends Error {
  readonly code: string;
  /** The field of the request it concerns, when there is one. */
  readonly field: string | null;
  readonly hints: string[];

  constructor(error: Omit<AppError, "code"> & { code: string }) {
    super(error.message);
    this.name = "Failure";
    this.code = error.code;
    this.field = error.field;
    this.hints = error.hints;
  }
}

/** Turns whatever was thrown into a `Failure`, so that a page has one kind of trouble to show. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure({ code: "unexpected", field: null, message: thrown instanceof Error ? thrown.message : String(thrown), hints: [] });
}

/** Asks the façade: `await ask("unlock", { secret, by })` gives the data or throws a `Failure`. */
export async function ask<K extends Name>(name: K, ...args: Parameters<Commands[K]>): Promise<DataOf<K>> {
  const command = source[name] as unknown as (...args: Parameters<Commands[K]>) => Promise<Result<DataOf<K>>>;
  let result: Result<DataOf<K>>;
  try {
    result = await command(...args);
  } catch (thrown) {
    throw asFailure(thrown);
  }
  if (result.status === "error") throw new Failure(result.error);
  if (recording.has(name)) timesRecorded.value += 1;
  return result.data;
}

/** Tells the program outside that the first screen stands. */
export async function tellDrawn(): Promise<void> {
  await source.firstScreenDrawn();
}
