import type { Commands, ContactCard, ContactDetailView } from "@/ipc/types";
import { no, ok } from "./answer";
import type { Household } from "./household";

/** Contacts and their files. */
export function contactCommands(house: Household) {
  const names = (ids: string[]) => house.contacts.loans.filter((loan) => ids.includes(loan.id));
  let staged = 0;
  return {
    listContacts: async (request) => {
      const fits = (each: ContactCard) =>
        (!request.loan_id || each.loans.some((loan) => loan.id === request.loan_id)) && (!request.kind || each.kind === request.kind);
      return ok({ ...house.contacts, contacts: house.contacts.contacts.filter(fits).slice(0, request.limit ?? undefined) });
    },
    contact: async (id) => {
      const found = house.contact[id];
      return found === undefined ? no("not_found", "no record is known by this id", "id") : ok(found);
    },
    logContact: async (request) => {
      const like = Object.values(house.contact)[0];
      if (like === undefined || request.summary.trim() === "") return no("field_missing", "this is needed", "summary");
      const seq = String(house.contacts.contacts.length + 1);
      const id = `contact-${seq}`;
      const detail: ContactDetailView = { ...like, id, summary: request.summary, direction: request.direction, loans: names(request.loan_ids ?? []), seq };
      const first = house.contacts.contacts[0];
      if (first !== undefined) {
        house.contacts = { ...house.contacts, contacts: [{ ...first, id, summary: request.summary, loans: detail.loans, seq }, ...house.contacts.contacts] };
      }
      house.contact[id] = detail;
      return ok(detail);
    },
    chooseFile: async () =>
      ok({ handle: `file-${++staged}`, name: staged === 1 ? "通话录音.m4a" : `通话录音 ${staged}.m4a`, mime: "audio/mp4", bytes: "1048576", sha256: "4c1e09a7".repeat(8) }),
    saveAttachment: async () => ok(true),
    lookAtFile: async (id) => ok({ id, look: "text", mime: "text/plain", bytes: "33", pages: 0, text: "先说好了，下月十五号。", cut: false, mail: null }),
  } satisfies Partial<Commands>;
}
