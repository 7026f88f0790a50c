import { describe, expect, it } from "vitest";
import type { ContactDetailView } from "@/ipc/types";
import { type Draft, draftOf, draftOfPasted, isTouched, newDraft, newSaid, originalsFor, requestOf } from "./draft";
import { suggestSummary } from "./summary";

const call = (change: Partial<Draft> = {}): Draft => ({ ...newDraft("call", "2026-11-18", "10:42", ["loan-1"]), ...change });

describe("the request", () => {
  it("leaves the time to the façade while it is now, and says whose clock it was otherwise", () => {
    expect(requestOf(call(), "来电")).toMatchObject({ at: null, precision: "minute", time_source: "device" });
    expect(requestOf(call({ now: false }), "x")).toMatchObject({ at: "2026-11-18T10:42", precision: "minute", time_source: "user" });
    expect(requestOf(call({ now: false, timed: true }), "x")).toMatchObject({ time_source: "device" });
    expect(requestOf(call({ now: false, time: "" }), "x")).toMatchObject({ at: "2026-11-18T00:00", precision: "day" });
  });

  it("keeps promises apart from what else came of it, each with only its own fields", () => {
    const offer = { ...newSaid("offer"), amount: "720.00", terms: 18, text: "罚息不收", on: "2026-12-01" };
    const promise = { ...newSaid("promise"), text: "发短信确认", on: "2026-11-19" };
    const request = requestOf(call({ said: [promise, offer], confirmation: "oral" }), "口头提出");
    expect(request.outcomes).toEqual([{ kind: "offer", amount: "720.00", terms: 18, on: null, text: "罚息不收" }]);
    expect(request.promises).toEqual([{ by: "lender_staff", what: "发短信确认", due: "2026-11-19" }]);
    expect(request).toMatchObject({ confirmation: "oral", summary: "口头提出", loan_ids: ["loan-1"] });
  });

  it("puts the number both with the person and with the call, and its length in seconds", () => {
    const request = requestOf(call({ phone: " 13800000417 ", staffNo: "0286", minutes: 6, seconds: 12, text: "原话" }), "x");
    expect(request.people).toEqual([expect.objectContaining({ role: "lender_staff", phone: "13800000417", staff_no: "0286", name: null })]);
    expect(request.details).toEqual({ kind: "call", number: "13800000417", status: "answered", duration_s: 372, transcript: "原话" });
  });

  it("knows who wrote an e-mail by its direction", () => {
    const mail = { ...newDraft("email", "2026-11-18", "10:42"), email: "service@example.com", to: "me@example.com，other@example.com", subject: "申请", text: "…" };
    expect(requestOf(mail, "x").details).toMatchObject({ from: "service@example.com", to: ["me@example.com", "other@example.com"] });
    expect(requestOf({ ...mail, direction: "outgoing", to: "me@example.com" }, "x").details).toMatchObject({ from: "me@example.com", to: ["service@example.com"] });
  });

  it("names nobody in a note", () => {
    const request = requestOf({ ...newDraft("note", "2026-11-18", "10:42"), name: "某人", text: "记一下" }, "记一下");
    expect(request).toMatchObject({ people: [], direction: "none", details: { kind: "note", body: "记一下" } });
  });
});

describe("what a record belongs to", () => {
  it("is what was chosen of the ticked loans, and is not spoken of before", () => {
    expect(requestOf(call(), "x")).not.toHaveProperty("proposal_ids");
    const links: Draft["links"] = [
      { kind: "offer", id: "o1", loan: "loan-1" },
      { kind: "agreement", id: "a1", loan: "loan-1" },
      { kind: "offer", id: "o2", loan: "loan-2" },
    ];
    expect(requestOf(call({ links }), "x")).toMatchObject({ proposal_ids: ["o1"], agreement_ids: ["a1"] });
  });
});

describe("files", () => {
  const staged = (handle: string) => ({ handle, name: `${handle}.png`, mime: "image/png", bytes: "12", sha256: "11" });
  const kept = { id: "file-1", name: "截图.png", mime: "image/png", bytes: "9", sha256: "00", original: true, derived_from: null };
  const files = [staged("h1"), staged("h2"), staged("h3")];

  it("are originals unless they are said to be copies of one that is there", () => {
    const draft = call({ files, kept: [kept], copies: { h2: "h1", h3: "file-1", gone: "h1" } });
    expect(requestOf(draft, "x").derived).toEqual([
      { handle: "h2", derived_from: "h1" },
      { handle: "h3", derived_from: "file-1" },
    ]);
    expect(requestOf(call({ files }), "x").derived).toEqual([]);
    expect(requestOf(call({ files: [staged("h2")], copies: { h2: "h1" } }), "x").derived, "its original was taken off again").toEqual([]);
  });

  it("can be copies of originals alone, and never of one another in a circle", () => {
    const draft = call({ files, kept: [kept, { ...kept, id: "file-2", original: false }], copies: { h2: "h1" } });
    expect(originalsFor("h3", draft).map((one) => one.id)).toEqual(["file-1", "h1"]);
    expect(originalsFor("h1", draft), "something is a copy of it").toEqual([]);
  });
});

const record: ContactDetailView = {
  id: "c1",
  kind: "call",
  at: "2026-11-16T10:42:08+08:00",
  precision: "second",
  time_source: "device",
  recorded_at: "2026-11-16T10:55:00+08:00",
  direction: "incoming",
  summary: "口头提出 18 期",
  people: [
    { role: "user", name: "我", organisation: null, staff_no: null, phone: null, email: null, handle: null },
    { role: "lender_staff", name: null, organisation: "戊山小额贷款", staff_no: "0286", phone: "13800000417", email: null, handle: "客服 3" },
  ],
  loans: [{ id: "loan-1", name: "戊借" }],
  proposals: ["offer-1"],
  agreements: [],
  outcomes: [{ kind: "offer", amount: "720.00", terms: 18, on: null, text: null }],
  promises: [{ by: "lender_staff", what: "发短信", due: null }],
  tags: ["重要"],
  removed: null,
  extraction: null,
  imported: null,
  confirmation: "oral",
  details: { kind: "call", number: "13800000417", own_number: "13900000001", sim: "2", duration_s: 372, status: "answered", transcript: "原话" },
  files: [],
  corrects: null,
  corrected_by: null,
  seq: "141",
  chain: "4c1e",
};

describe("a rarer kind", () => {
  const paper = (kind: Draft["kind"], change: Partial<Draft> = {}) => requestOf({ ...newDraft(kind, "2026-11-18", "10:42"), ...change }, "x");

  it("tells what stands on the paper, each field in its own shape, and nothing where nothing was typed", () => {
    const typed = { number: " HT-1 ", parties: "甲公司，乙银行、丙担保", signed_on: "2026-01-05", pages: "12" };
    expect(paper("contract", { extra: typed }).details).toEqual({
      kind: "contract",
      number: "HT-1",
      parties: ["甲公司", "乙银行", "丙担保"],
      signed_on: "2026-01-05",
      signing_provider: null,
      certificate: null,
      pages: 12,
      annexes: [],
      fee_clauses: [],
    });
    expect(paper("screenshot", { extra: { clock_visible: "no" } }).details).toMatchObject({ clock_visible: false, device: null });
    expect(paper("payment_receipt", { extra: { amount: "945.60" } })).toMatchObject({ direction: "none", details: { amount: "945.60" } });
    expect(paper("im_chat", { text: "原话" })).toMatchObject({ direction: "incoming", details: { body: "原话", accounts: [] } });
  });

  it("names everybody who took part, and nobody without a name", () => {
    const nobody = { role: "collector", name: " ", organisation: null, staff_no: null, phone: null, email: null, handle: null } as const;
    const request = paper("visit_note", { organisation: "某催收", also: [{ ...nobody, role: "third_party", name: "邻居" }, nobody] });
    expect(request.people?.map((person) => person.name ?? person.organisation)).toEqual(["某催收", "邻居"]);
  });
});

describe("a correction", () => {
  it("begins as the record stands and keeps what the form does not show", () => {
    const request = requestOf(draftOf(record), "x");
    expect(request).toMatchObject({
      corrects: "c1",
      at: record.at,
      precision: "second",
      time_source: "device",
      summary: record.summary,
      tags: ["重要"],
      confirmation: "oral",
      details: record.details,
      outcomes: record.outcomes,
      promises: record.promises,
    });
    expect(request.people).toEqual([record.people[1], record.people[0]]);
  });

  it("keeps the links of the record until they are changed", () => {
    const kept = draftOf({ ...record, agreements: ["agreement-1"] });
    expect(requestOf(kept, "x")).toMatchObject({ proposal_ids: ["offer-1"], agreement_ids: ["agreement-1"] });
    expect(requestOf({ ...kept, links: [] }, "x")).toMatchObject({ proposal_ids: [], agreement_ids: [] });
  });

  it("shows the files that stay and sends only those added", () => {
    const file = { id: "file-1", name: "通话录音.amr", mime: "audio/amr", bytes: "200006", sha256: "00", original: true, derived_from: null };
    const staged = { handle: "h1", name: "话单.txt", mime: "text/plain", bytes: "12", sha256: "11" };
    const draft = draftOf({ ...record, files: [file] });
    expect(draft.kept).toEqual([file]);
    expect(requestOf({ ...draft, files: [staged] }, "x").files).toEqual(["h1"]);
  });

  it("says what it is for the limitation of action, once", () => {
    const said = draftOf({ ...record, tags: ["重要", "demand_letter"] });
    expect(said.legal).toBe("demand_letter");
    expect(requestOf(said, "x").tags).toEqual(["重要", "demand_letter"]);
    expect(requestOf({ ...said, legal: "" }, "x").tags).toEqual(["重要"]);
    expect(requestOf({ ...draftOf(record), legal: "promise_to_pay" }, "x").tags).toEqual(["重要", "promise_to_pay"]);
  });

  it("takes a changed time as the user's own", () => {
    expect(requestOf({ ...draftOf(record), time: "10:45" }, "x")).toMatchObject({ at: "2026-11-16T10:45", time_source: "user", precision: "minute" });
  });

  it("of a rarer kind keeps its details and changes the words", () => {
    const visit: ContactDetailView = { ...record, kind: "visit_note", details: { kind: "visit_note", place: "家门口", plate: null, witnesses: ["邻居"], body: "来过" } };
    expect(requestOf({ ...draftOf(visit), text: "来过两次" }, "x").details).toEqual({ kind: "visit_note", place: "家门口", plate: null, witnesses: ["邻居"], body: "来过两次" });
  });
});

it("is worth keeping only once something is in it", () => {
  expect(isTouched(call())).toBe(false);
  expect(isTouched(call({ staffNo: "1" }))).toBe(true);
  expect(isTouched(call({ said: [newSaid("refusal")] }))).toBe(true);
});

describe("the line for whoever has no time to write one", () => {
  const say = (draft: Draft, loan?: string) =>
    suggestSummary(draft, (key, words) => `${key.split(".").at(-1)} ${Object.values(words ?? {}).join(" ")}`.trim(), (date) => date, loan);

  it.each([
    [call({ confirmation: "oral", said: [newSaid("promise"), { ...newSaid("offer"), amount: "720.00", terms: 18 }] }), "offerOral 18 720.00"],
    [call({ said: [{ ...newSaid("amount"), amount: "13311.48" }] }), "claim 13,311.48"],
    [call({ said: [newSaid("refusal"), { ...newSaid("threat"), text: "上门" }] }), "threat 上门"],
    [call({ said: [newSaid("offer")] }), "callIn 戊借"],
    [call({ status: "missed" }), "callInMissed 戊借"],
    [call({ direction: "outgoing", organisation: "戊山" }), "callOut 戊山"],
    [{ ...newDraft("sms", "", ""), text: "  请今日\n还清 " }, "smsIn 戊借 请今日 还清"],
    [{ ...newDraft("note", "", ""), text: "想一想" }, "想一想"],
    [{ ...newDraft("letter", "", ""), extra: { tracking_no: "SF1" } }, "kindText letter SF1"],
    [newDraft("screenshot", "", ""), "kindOnly screenshot 戊借"],
  ])("says the result before who it was", (draft, line) => expect(say(draft, "戊借")).toBe(line));

  it("shortens a long message", () => {
    expect(Array.from(say({ ...newDraft("note", "", ""), text: "字".repeat(200) })).length).toBe(41);
  });
});

describe("pasted words", () => {
  const told = { kind: "sms" as const, date: "2026-11-17", time: "21:05", name: null, organisation: "示例消金", phone: "10690001234", loan_ids: ["l1"], body: "请还款" };

  it("fill the form with what they tell, and with nothing else", () => {
    const draft = draftOfPasted(told, "2026-11-18");
    expect(draft).toMatchObject({ kind: "sms", direction: "incoming", now: false, date: "2026-11-17", time: "21:05", organisation: "示例消金", phone: "10690001234", loans: ["l1"], text: "请还款" });
    expect(requestOf(draft, "短信")).toMatchObject({ at: "2026-11-17T21:05", time_source: "user", precision: "minute" });
  });

  it("are of a day to look over when they tell none, never of this very minute", () => {
    const draft = draftOfPasted({ ...told, date: null, time: null }, "2026-11-18");
    expect(requestOf(draft, "短信")).toMatchObject({ at: "2026-11-18T00:00", precision: "day", time_source: "user" });
  });
});
