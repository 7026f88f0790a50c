import type {
  CallStatus,
  ConfirmationForm,
  ContactDetailView,
  DerivedFileForm,
  DetailsForm,
  Direction,
  EvidenceKind,
  FileView,
  LogContactRequest,
  OutcomeForm,
  OutcomeKind,
  PastedView,
  PersonForm,
  PersonRole,
  PromiseForm,
  StagedFileView,
} from "@/ipc/types";
import { isOther, readFields, SPOKEN, writeFields, type FieldName } from "./kinds";
import { isLegalEvent, type LegalEventName } from "./legalEvents";

/** The large buttons: what may be heard during a call. */
export const HEARD = ["promise", "offer", "refusal", "threat", "third_party_contacted", "date"] as const satisfies readonly OutcomeKind[];
export type Heard = (typeof HEARD)[number];

/** One thing that was said, as it is being filled in. */
export interface Said {
  /** Tells it apart while it is edited. */
  key: number;
  kind: OutcomeKind;
  text: string;
  amount: string;
  terms: number | undefined;
  /** A day: by when something is promised, or when to be in touch again. */
  on: string;
  /** Who promised. */
  by: PersonRole;
}

/** An offer or an agreement a record belongs to; of which loan, when the form knows. */
export interface Link {
  kind: "offer" | "agreement";
  id: string;
  loan?: string;
}

export interface Draft {
  kind: EvidenceKind;
  direction: Direction;
  loans: string[];
  /** Local day and time; while `now` holds they follow the clock and the façade says when it was. */
  date: string;
  time: string;
  now: boolean;
  /** The time was taken by the call's own clock. */
  timed: boolean;
  role: PersonRole;
  organisation: string;
  name: string;
  staffNo: string;
  phone: string;
  email: string;
  status: CallStatus;
  minutes: number | undefined;
  seconds: number | undefined;
  said: Said[];
  confirmation: ConfirmationForm | "";
  /** Notes of a call, the text of a message, the words of a note. */
  text: string;
  subject: string;
  to: string;
  /** What only a rarer kind has, as typed. */
  extra: Partial<Record<FieldName, string>>;
  /** Who else took part. */
  also: PersonForm[];
  /** What it is for the limitation of action, when it is something. */
  legal: LegalEventName | "";
  summary: string;
  files: StagedFileView[];
  /** By handle: the kept file, or the handle of another one, that a file is a copy of. */
  copies: Record<string, string>;
  /** Files of the record this one corrects: they stay. */
  kept: FileView[];
  /** Offers and agreements it belongs to, once something was said of them. */
  links: Link[] | undefined;
  /** The record this one corrects, with what the form does not show of it. */
  corrects: string | undefined;
  rest: { details?: DetailsForm; tags: string[]; person?: PersonForm; at?: string; timeSource?: ContactDetailView["time_source"]; precision?: ContactDetailView["precision"] };
}

export function newDraft(kind: EvidenceKind, date: string, time: string, loans: string[] = []): Draft {
  return {
    kind,
    direction: SPOKEN.includes(kind) ? "incoming" : "none",
    loans,
    date,
    time,
    now: true,
    timed: false,
    role: "lender_staff",
    organisation: "",
    name: "",
    staffNo: "",
    phone: "",
    email: "",
    status: "answered",
    minutes: undefined,
    seconds: undefined,
    said: [],
    confirmation: "",
    text: "",
    subject: "",
    to: "",
    extra: {},
    also: [],
    legal: "",
    summary: "",
    files: [],
    copies: {},
    kept: [],
    links: undefined,
    corrects: undefined,
    rest: { tags: [] },
  };
}

let keys = 0;

/** A thing said, empty; a spoken offer is by the other side unless changed. */
export function newSaid(kind: OutcomeKind): Said {
  return { key: ++keys, kind, text: "", amount: "", terms: undefined, on: "", by: "lender_staff" };
}

/** Whether anything would be lost by leaving. */
export function isTouched(draft: Draft): boolean {
  const written = [draft.organisation, draft.name, draft.staffNo, draft.phone, draft.email, draft.text, draft.subject, draft.to, draft.summary, ...Object.values(draft.extra)];
  return draft.said.length > 0 || draft.also.length > 0 || draft.files.length > 0 || draft.minutes !== undefined || draft.seconds !== undefined || written.some((text) => text.trim() !== "");
}

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

function personOf(draft: Draft): PersonForm | undefined {
  const person: PersonForm = {
    ...draft.rest.person,
    role: draft.role,
    name: orNull(draft.name),
    organisation: orNull(draft.organisation),
    staff_no: orNull(draft.staffNo),
    phone: orNull(draft.phone),
    email: draft.kind === "email" ? orNull(draft.email) : (draft.rest.person?.email ?? null),
  };
  return draft.kind !== "note" && isKnown(person) ? person : undefined;
}

const isKnown = (person: PersonForm): boolean =>
  [person.name, person.organisation, person.staff_no, person.phone, person.email, person.handle].some((text) => text != null);

const tidy = (person: PersonForm): PersonForm => ({ ...person, name: orNull(person.name ?? ""), organisation: orNull(person.organisation ?? ""), phone: orNull(person.phone ?? "") });

/** How long the call was; undefined when neither minutes nor seconds are known. */
export function secondsOf(draft: Pick<Draft, "minutes" | "seconds">): number | undefined {
  if (draft.minutes === undefined && draft.seconds === undefined) return undefined;
  return (draft.minutes ?? 0) * 60 + (draft.seconds ?? 0);
}

function detailsOf(draft: Draft): DetailsForm {
  const before = draft.rest.details;
  switch (draft.kind) {
    case "call": {
      const kept = before?.kind === "call" ? before : undefined;
      const transcript = draft.text.trim() === "" ? null : draft.text;
      return { ...kept, kind: "call", number: orNull(draft.phone), status: draft.status, duration_s: secondsOf(draft) ?? null, transcript };
    }
    case "sms": {
      const kept = before?.kind === "sms" ? before : undefined;
      return { ...kept, kind: "sms", address: orNull(draft.phone), body: draft.text };
    }
    case "email": {
      const kept = before?.kind === "email" ? before : undefined;
      const theirs = orNull(draft.email);
      const mine = draft.to.split(/[,，;；\s]+/).filter((part) => part !== "");
      const [from, to] = draft.direction === "outgoing" ? [mine[0] ?? null, theirs === null ? [] : [theirs]] : [theirs, mine];
      return { ...kept, kind: "email", from, to, subject: orNull(draft.subject), body: draft.text };
    }
    case "note":
      return { kind: "note", body: draft.text };
    default:
      return readFields(draft.kind, draft.extra, draft.text);
  }
}

function outcomeOf(said: Said): OutcomeForm {
  const priced = said.kind === "offer" || said.kind === "amount";
  return {
    kind: said.kind,
    amount: priced ? orNull(said.amount) : null,
    terms: said.kind === "offer" ? (said.terms ?? null) : null,
    on: said.kind === "date" ? orNull(said.on) : null,
    text: orNull(said.text),
  };
}

/** The request that records the draft. `summary` is what stands for an empty one-line field. */
export function requestOf(draft: Draft, summary: string): LogContactRequest {
  const person = personOf(draft);
  const promises: PromiseForm[] = draft.said.filter((s) => s.kind === "promise").map((s) => ({ by: s.by, what: s.text, due: orNull(s.on) }));
  const when = whenOf(draft);
  return {
    loan_ids: draft.loans,
    ...when,
    direction: draft.kind === "note" ? "none" : draft.direction,
    people: [...(person === undefined ? [] : [person]), ...draft.also.map(tidy).filter(isKnown)],
    summary: draft.summary.trim() === "" ? summary : draft.summary,
    outcomes: draft.said.filter((s) => s.kind !== "promise").map(outcomeOf),
    promises,
    tags: draft.legal === "" ? draft.rest.tags : [...draft.rest.tags, draft.legal],
    confirmation: draft.confirmation === "" ? null : draft.confirmation,
    details: detailsOf(draft),
    files: draft.files.map((file) => file.handle),
    derived: derivedOf(draft),
    ...linksOf(draft),
    corrects: draft.corrects ?? null,
  };
}

/** What a file may be a copy of: originals that are kept, and other new ones that are no copies themselves. */
export function originalsFor(handle: string, draft: Pick<Draft, "files" | "copies" | "kept">): { id: string; name: string }[] {
  const beside = draft.files.filter((file) => file.handle !== handle && draft.copies[file.handle] === undefined);
  // What something else is a copy of stays an original.
  if (Object.values(draft.copies).includes(handle)) return [];
  return [...draft.kept.filter((file) => file.original), ...beside.map((file) => ({ id: file.handle, name: file.name }))];
}

function derivedOf(draft: Draft): DerivedFileForm[] {
  return draft.files.flatMap((file) => {
    const from = draft.copies[file.handle];
    const known = from !== undefined && originalsFor(file.handle, draft).some((original) => original.id === from);
    return known ? [{ handle: file.handle, derived_from: from }] : [];
  });
}

/** Only links to what belongs to a ticked loan; until something was chosen, a correction keeps those of the old record. */
function linksOf(draft: Draft): Pick<LogContactRequest, "proposal_ids" | "agreement_ids"> {
  if (draft.links === undefined) return {};
  const ids = (kind: Link["kind"]) => (draft.links ?? []).filter((link) => link.kind === kind && (link.loan === undefined || draft.loans.includes(link.loan))).map((link) => link.id);
  return { proposal_ids: ids("offer"), agreement_ids: ids("agreement") };
}

/** Nothing when it is now: the façade's own clock says. A corrected record keeps its time as it was until it is changed. */
function whenOf(draft: Draft): Pick<LogContactRequest, "at" | "precision" | "time_source"> {
  if (draft.now) return { at: null, precision: "minute", time_source: "device" };
  const { at, precision, timeSource } = draft.rest;
  if (at !== undefined && at.slice(0, 16) === `${draft.date}T${draft.time}`) return { at, precision: precision ?? "minute", time_source: timeSource ?? "user" };
  if (draft.time === "") return { at: draft.date === "" ? "" : `${draft.date}T00:00`, precision: "day", time_source: "user" };
  return { at: `${draft.date}T${draft.time}`, precision: "minute", time_source: draft.timed ? "device" : "user" };
}

/** A form filled with a record, for the one that corrects it. */
export function draftOf(record: ContactDetailView): Draft {
  const [first, others] = otherSide(record.people);
  const { details } = record;
  const draft = newDraft(record.kind, record.at.slice(0, 10), record.at.slice(11, 16), record.loans.map((loan) => loan.id));
  const mine = details.kind === "email" ? (record.direction === "outgoing" ? [details.from ?? ""] : (details.to ?? [])) : [];
  return {
    ...draft,
    direction: record.direction,
    now: false,
    role: first?.role ?? "lender_staff",
    organisation: first?.organisation ?? "",
    name: first?.name ?? "",
    staffNo: first?.staff_no ?? "",
    phone: first?.phone ?? phoneIn(details),
    email: first?.email ?? (details.kind === "email" ? ((record.direction === "outgoing" ? details.to?.[0] : details.from) ?? "") : ""),
    status: details.kind === "call" ? details.status : "answered",
    minutes: details.kind === "call" && details.duration_s != null ? Math.floor(details.duration_s / 60) : undefined,
    seconds: details.kind === "call" && details.duration_s != null ? details.duration_s % 60 : undefined,
    said: [
      ...record.promises.map((p): Said => ({ ...newSaid("promise"), text: p.what, on: p.due ?? "", by: p.by })),
      ...record.outcomes.map((o): Said => ({ ...newSaid(o.kind), text: o.text ?? "", amount: o.amount ?? "", terms: o.terms ?? undefined, on: o.on ?? "" })),
    ],
    confirmation: record.confirmation ?? "",
    text: details.kind === "call" ? (details.transcript ?? "") : "body" in details ? details.body : "",
    subject: details.kind === "email" ? (details.subject ?? "") : "",
    to: mine.filter((text) => text !== "").join(", "),
    extra: isOther(details.kind) ? writeFields(details) : {},
    also: others,
    legal: record.tags.find(isLegalEvent) ?? "",
    summary: record.summary,
    kept: record.files,
    links: [...record.proposals.map((id): Link => ({ kind: "offer", id })), ...record.agreements.map((id): Link => ({ kind: "agreement", id }))],
    corrects: record.id,
    rest: { details, tags: record.tags.filter((tag) => tag !== record.tags.find(isLegalEvent)), person: first, at: record.at, timeSource: record.time_source, precision: record.precision },
  };
}

/** A draft filled with what pasted words tell. Without a time of their own they are of the given day, to be looked over. */
export function draftOfPasted(pasted: PastedView, today: string): Draft {
  const kind = pasted.kind;
  const draft = newDraft(kind, pasted.date ?? today, pasted.time ?? "", pasted.loan_ids);
  return {
    ...draft,
    now: false,
    organisation: pasted.organisation ?? "",
    name: pasted.name ?? "",
    phone: pasted.phone ?? "",
    text: pasted.body,
  };
}

/** The other side, and who else took part. */
export function otherSide(people: readonly PersonForm[]): [PersonForm | undefined, PersonForm[]] {
  const first = people.find((person) => person.role !== "user");
  return [first, people.filter((person) => person !== first)];
}

function phoneIn(details: DetailsForm): string {
  if (details.kind === "call") return details.number ?? "";
  return details.kind === "sms" ? (details.address ?? "") : "";
}
