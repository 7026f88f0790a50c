import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { RouterView } from "vue-router";
import { expect, it } from "vitest";
import { sampleCommands } from "@/dev";
import { i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";
import type { Commands, LogContactRequest, PreviewOffersRequest, RecordAgreementRequest } from "@/ipc/types";
import { makeRouter } from "@/router";
import { useSession } from "@/stores/session";
import { household } from "./harness";

const ok = <T,>(data: T) => ({ status: "ok" as const, data });
const no = (code: string, field: string) => ({ status: "error" as const, error: { code, field, message: field, hints: [] } });

/** Opens a page of the whole window on the invented household, with some commands watched or refusing. */
async function open(path: string, change: Partial<Commands> = {}): Promise<VueWrapper> {
  const pinia = household();
  serveFrom({ ...sampleCommands(new URLSearchParams()), ...change } as Commands);
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  const router = makeRouter();
  await useSession(pinia).refresh();
  await router.push(path);
  const page = mount(RouterView, { attachTo: "#place", global: { plugins: [pinia, i18n, router] } });
  await settled();
  return page;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await flushPromises();
    await new Promise((done) => setTimeout(done, 20));
  }
}
const at = (page: VueWrapper, id: string) => page.get(`[data-testid='${id}']`);
const field = (page: VueWrapper, name: string) => page.get(`[name='${name}']`);

it("logs a call with an offer, a promise and a file as one request, and opens the record", async () => {
  let asked: LogContactRequest | undefined;
  const commands = sampleCommands(new URLSearchParams());
  const page = await open("/contacts/log?loan=loan-1", {
    logContact: async (request: LogContactRequest) => {
      asked = request;
      return commands.logContact(request);
    },
  } as Partial<Commands>);
  await at(page, "heard-offer").trigger("click");
  await field(page, "outcome_amount").setValue("720");
  await field(page, "outcome_terms").setValue("18");
  await at(page, "heard-promise").trigger("click");
  await field(page, "promise_what").setValue("明天发短信");
  await field(page, "staff_no").setValue("0286");
  await at(page, "attach").trigger("click");
  await settled();
  expect(page.findAll("[data-testid='staged-file']")).toHaveLength(1);
  await at(page, "save-contact").trigger("click");
  await settled();
  expect(asked).toMatchObject({
    loan_ids: ["loan-1"],
    at: null,
    confirmation: "oral",
    summary: "口头提出 18 期，每期 ¥720.00",
    outcomes: [{ kind: "offer", amount: "720.00", terms: 18 }],
    promises: [{ what: "明天发短信" }],
    files: ["file-1"],
    people: [{ staff_no: "0286" }],
  });
  expect(window.location.hash).toMatch(/^#\/contacts\/[^/]+$/);
});

it("keeps what cannot be read from being stored, and says so at the field", async () => {
  let saved = 0;
  const page = await open("/contacts/log", { logContact: async () => ((saved += 1), no("io", "")) } as Partial<Commands>);
  await at(page, "heard-offer").trigger("click");
  await field(page, "outcome_amount").setValue("七百二");
  await at(page, "save-contact").trigger("click");
  await settled();
  expect(saved).toBe(0);
  expect(field(page, "outcome_amount").attributes("aria-invalid")).toBe("true");
});

it("says a refusal at the field it names and keeps what was typed", async () => {
  const page = await open("/contacts/log", { logContact: async () => no("field_missing", "promises.what") } as Partial<Commands>);
  await at(page, "heard-promise").trigger("click");
  await field(page, "organisation").setValue("戊山");
  await at(page, "save-contact").trigger("click");
  await settled();
  expect(field(page, "promise_what").attributes("aria-invalid")).toBe("true");
  expect((field(page, "organisation").element as HTMLInputElement).value).toBe("戊山");
});

it("leads a refused line of the worksheet back to its own row", async () => {
  const page = await open("/plans/capacity", { setCapacity: async () => no("field_missing", "expenses.1.name") } as Partial<Commands>);
  await at(page, "save-capacity").trigger("click");
  await settled();
  expect(field(page, "essential_name_1").attributes("aria-invalid")).toBe("true");
  expect(page.findAll("[aria-invalid='true']")).toHaveLength(1);
});

it("invents no offer when nothing can be paid", async () => {
  const commands = sampleCommands(new URLSearchParams());
  const capacity = async () => {
    const answer = await commands.capacity();
    return answer.status === "ok" && answer.data !== null ? ok({ ...answer.data, status: "cannot_pay", capacity: "0.00" }) : answer;
  };
  const previewOffers = async (request: PreviewOffersRequest) => {
    const answer = await commands.previewOffers(request);
    return answer.status === "ok" ? ok({ ...answer.data, months: null, monthly: "0.00" }) : answer;
  };
  const sheet = await open("/plans/capacity", { capacity } as Partial<Commands>);
  expect(sheet.find("[data-testid='cannot-pay']").exists()).toBe(true);
  expect(sheet.find("[data-testid='save-capacity-and-plan']").exists()).toBe(false);
  const offers = await open("/plans/offers", { capacity, previewOffers } as unknown as Partial<Commands>);
  expect(offers.find("[data-testid='cannot-pay']").exists()).toBe(true);
  expect(offers.findAll("[data-testid='offer-row']")).toHaveLength(0);
  expect(offers.find("[data-testid='save-offers']").exists()).toBe(false);
});

it("takes the dues of a request into the agreement, and only says its own when the lender changed them", async () => {
  const asked: RecordAgreementRequest[] = [];
  const page = await open("/plans/agree?loan=loan-1&proposal=proposal-1", {
    recordAgreement: async (request: RecordAgreementRequest) => (asked.push(request), no("date_order", "first_due")),
  } as Partial<Commands>);
  await at(page, "save-agreement").trigger("click");
  await settled();
  expect(asked).toHaveLength(0);
  expect(page.get("[data-forms] [role='alert']").text()).toBe("这一项要填。");
  await page.get("[data-forms] input[value='email']").setValue();
  await at(page, "save-agreement").trigger("click");
  await settled();
  expect(asked[0]).toMatchObject({ loan_id: "loan-1", proposal_id: "proposal-1", form: "email", payment: null, terms: null });
  expect(field(page, "first_due").attributes("aria-invalid")).toBe("true");
  await field(page, "terms").setValue("18");
  await at(page, "save-agreement").trigger("click");
  await settled();
  expect(asked[1]).toMatchObject({ payment: "443.71", terms: "18" });
});
