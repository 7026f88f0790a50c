import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { RouterView } from "vue-router";
import { afterEach, expect, it } from "vitest";
import { sampleCommands } from "@/dev";
import { household as recorded } from "@/dev/household";
import { i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";
import type { Commands } from "@/ipc/types";
import { makeRouter } from "@/router";
import { useSession } from "@/stores/session";
import { household } from "./harness";

/** While amounts are hidden no page shows one: not in text, not in a title, a picture, a list to choose from, or for a screen reader. */
const ok = <T,>(data: T) => ({ status: "ok" as const, data });
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) {
    await flushPromises();
    await new Promise((done) => setTimeout(done, 15));
  }
};
const house = recorded(false);
const loan = house.loans.loans[0]!.id;
const contact = house.contacts.contacts.find((one) => /\d/.test(one.summary))!.id;
const agreement = house.agreements.agreements[0]!.id;
const request = house.proposals.proposals[0]!.id;

const part = (id: string, more: object) => ({ id, form: "paragraph", text: null, fields: [], columns: [], rows: [], has_total: false, lines: [], ...more });
const parts = [
  part("a", { text: "截至今日尚欠 12,748.68 元（大写：人民币壹万贰仟柒佰肆拾捌元陆角捌分），愿每期还 ¥720.00。" }),
  part("b", { form: "fields", fields: [{ label: "借款金额", value: "15,000.00 元" }] }),
  part("c", { form: "table", columns: [{ title: "项目", right: false }, { title: "金额（元）", right: true }], rows: [["未还本金", "12,748.68"], ["合计", "88.00"]], has_total: true }),
  part("d", { lines: ["第 1 期 554.64 元"] }),
];
const letter = {
  id: "letter-1", kind: "application", loan_id: loan, loan_name: "戊借", made_at: "2026-11-18T09:30:00+08:00", sent: [], answered_on: [], replaced: false, late: false,
  waiting_until: null, replaces: null, place: null, text: parts[0]!.text, sha256: "ab", template: 1,
};
const point = { number: 4, id: "P4", title: "新的金额", title_en: "The new amount", severity: "must", verdict: "present", found_by: "text", differs: null, spans: [{ line: 1, quote: "还款总额12960元" }] };
const rule = { id: "DL", title: "支付令异议", title_en: "Payment order", length: 15, unit: "calendar_days", daily: true, source: "民事诉讼法", unverified: false, own: false, as_of: "2026-11-21", stale: false };
const caseView = {
  card: { loan_id: loan, loan_name: "戊借", lender: "戊山小额贷款", lender_kind: "micro_loan_company", stage: "negotiating", next: { kind: "keep_contract", on: null, amount: "554.64", subject_id: null }, owed: "13311.48", overdue_days: 51, missing_papers: 0, offers: 1, last_contact: null, open_tasks: 1 },
  parties: [], documents: [], offers: house.proposals.proposals, agreements: [], story: [], citations: [],
  tasks: [{ id: "t", loan_id: loan, loan_name: "戊借", what: "把 554.64 元转给对方", due: "2026-11-20", by: "user", done: false, late: false, record_id: null }],
  unconfirmed: { proposal_id: request, loan_id: loan, loan_name: "戊借", said_on: "2026-11-16", by: "lender", days: 2, lacks: [], message: "请书面确认每期 720.00 元。" },
};
/** What the invented household has no answer for, with amounts in every free word. */
const more: Record<string, unknown> = {
  draftLetter: { kind: "application", title: "协商还款申请书", loan_name: "戊借", parts, missing: [], warnings: [], limitation: null, reply_by: "2026-12-03", text: "12,748.68" },
  previewLetter: { id: "p", pages: 2 },
  previewKeptLetter: { id: "p", pages: 2 },
  letter,
  caseOf: caseView,
  callScript: { stage: "negotiating", opening: "我提过每期 554.64 元。", questions: [], beware: [] },
  hardship: { form: { kind: "income_loss", what: "工资少了 3000 元", since: "2026-08-01", until: null, income_before: "10600.00", income_now: "7400.00", turning_point: null, evidence_ids: [] }, stated_at: "2026-11-01T09:00:00+08:00" },
  checkAgreement: { safe_to_sign: false, loan_id: loan, points: [point], missing: [], unclear: [], warnings: [], fraud: [], ask: "请写明 12960.00 元怎么来的。", text: "还款总额12960元" },
  listSuggestions: { suggestions: [{ record_id: "r", payee: "戊山", amount: "720.00", on: "2026-11-10", channel: null, remark: "还 720.00 元", perhaps_recorded: false, loans: [{ id: loan, name: "戊借" }], candidates: [] }] },
  conduct: { looked_at: 1, findings: [], consented_hours: [] },
  listDeadlines: { deadlines: [{ id: "d", rule, starts_on: "2026-11-10", unrolled_last_day: "2026-11-25", unrolled_weekday: 3, last_day: "2026-11-25", days_left: 7, counted: [], alarms: [], holidays_unknown: [], loans: [], party: null, reference: null, evidence_ids: [], note: "对方要 5,099.34 元", outcome: null, settled_on: null }], unread: [] },
};

const routes = [
  "/home", "/loans", "/loans/new", "/loans/borrow", `/loans/${loan}/owed`, `/loans/${loan}/cost`, `/loans/${loan}/plan`, `/loans/${loan}/contacts`, `/loans/${loan}/papers`, `/loans/${loan}/pay`,
  `/loans/${loan}/compare`, `/loans/${loan}/close`, `/loans/${loan}/amend`, "/contacts", `/contacts/${contact}`, `/contacts/${contact}/correct`, "/contacts/log", "/contacts/search", "/contacts/suggestions", "/contacts/conduct",
  "/plans", "/plans/capacity", "/plans/offers", "/plans/requests", `/plans/requests/${request}`, "/plans/studio", "/plans/cases", `/plans/cases/${loan}`, `/plans/cases/${loan}/offer`, `/plans/cases/${loan}/parties`,
  `/plans/cases/${loan}/script`, `/plans/cases/${loan}/letters/application`, "/plans/letters/letter-1", `/plans/check?loan=${loan}`, "/plans/hardship", `/plans/agree?loan=${loan}&proposal=${request}`,
  `/plans/agreements/${agreement}`, "/plans/reminders", "/plans/deadlines", "/plans/review", "/me",
];

/** Pages whose amounts stand in words that somebody wrote. */
const FREE = [
  `/contacts/${contact}`, `/contacts/${contact}/correct`, "/contacts", "/contacts/suggestions", `/plans/cases/${loan}`, `/plans/cases/${loan}/script`, `/plans/cases/${loan}/letters/application`, "/plans/letters/letter-1",
  `/plans/check?loan=${loan}`, "/plans/hardship", "/plans/deadlines",
];

/** All that can be read or heard; what is typed into a field is drawn as dots by the style, and left out here. */
function told(): string {
  const texts = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) texts.push(node.textContent ?? "");
  for (const one of document.querySelectorAll("*")) for (const name of ["aria-label", "title", "alt", "placeholder", "aria-valuetext", "aria-description"]) texts.push(one.getAttribute(name) ?? "");
  for (const one of document.querySelectorAll<HTMLTextAreaElement>("textarea, input")) if (one.closest(".is-hidden") === null) texts.push(one.value);
  return texts.filter((text) => text !== "0.00").join("\n");
}
/** A figure that may be an amount; 2026.12 on an axis is a month. */
const AMOUNT = /[¥￥] ?\d|(?<![\d.])(?!20\d\d\.(?:0[1-9]|1[0-2])(?!\d))\d[\d,]*\.\d{2}(?![\d%.])(?!\s*%)|\d{3,}(?:\.\d+)?\s*元|[壹贰叁肆伍陆柒捌玖拾佰仟万]{3,}/;

async function open(path: string, hide: boolean): Promise<void> {
  const pinia = household();
  const sample = sampleCommands(new URLSearchParams());
  serveFrom(new Proxy(sample, { get: (all, name: keyof Commands) => (name in more ? async () => ok(more[name]) : all[name]) }));
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  const session = useSession(pinia);
  await session.refresh();
  if (hide) session.toggleAmounts();
  const router = makeRouter();
  await router.push(path);
  page = mount(RouterView, { attachTo: "#place", global: { plugins: [pinia, i18n, router] } });
  await settled();
  for (const fold of document.querySelectorAll<HTMLElement>("button.fold[aria-expanded=false], summary, .switch, [data-testid=explain-owed], [data-testid=run-check]")) fold.click();
  await settled();
}
let page: VueWrapper;
afterEach(() => page.unmount());
const found = () => [...told().matchAll(new RegExp(AMOUNT.source, "g"))].map((hit) => told().slice(Math.max(0, hit.index - 24), hit.index + 16).replace(/\s+/g, " "));

it.each(routes)("%s shows no amount while amounts are hidden", async (path) => {
  await open(path, true);
  expect(found()).toEqual([]);
});

it.each(FREE)("%s has amounts to hide", async (path) => {
  await open(path, false);
  expect(found().length).toBeGreaterThan(0);
});
