import { flushPromises, mount } from "@vue/test-utils";
import type { Component } from "vue";
import { RouterView } from "vue-router";
import { sampleCommands } from "@/dev";
import { i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";
import type { Commands, LetterView, PaymentView } from "@/ipc/types";
import { makeRouter } from "@/router";
import { useSession } from "@/stores/session";
import { household } from "./harness";

/** Forms filled in as a person does it, by the names of their fields, in the invented household. */
export const ok = <T,>(data: T) => ({ status: "ok" as const, data });
export const payment = { id: "p1", on: "2026-11-02", amount: "100.00" } as PaymentView;
export const letter = { id: "letter-1", loan_id: null } as LetterView;

export async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await flushPromises();
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** The household with answers that forms need, and what `change` puts in their place; `show` opens a page or a part. */
export function serve(change: Record<string, unknown> = {}) {
  const pinia = household();
  serveFrom({
    ...sampleCommands(new URLSearchParams()),
    listDeadlineRules: async () => ok({ rules: [{ id: "DL-PAYMENT-ORDER", title: "支付令异议", title_en: "Payment order" }] }),
    sendingWarnings: async () => ok([]),
    draft: async () => ok(null),
    keepDraft: async () => ok(null),
    ...change,
  } as unknown as Commands);
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  const router = makeRouter();
  const global = { plugins: [pinia, i18n, router] };
  async function show(at: string | [part: Component, props: Record<string, unknown>]) {
    await useSession(pinia).refresh();
    if (typeof at === "string") await router.push(at);
    const page = typeof at === "string" ? mount(RouterView, { attachTo: "#place", global }) : mount(at[0], { props: at[1], attachTo: "#place", global });
    await settled();
    return page;
  }
  return { pinia, router, global, show };
}

export function field(name: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`[name='${name}']`);
  if (found === null) throw new Error(`no field ${name}`);
  return found;
}

export async function type(name: string, text: string): Promise<void> {
  const found = field(name);
  found.value = text;
  found.dispatchEvent(new Event("input", { bubbles: true }));
  found.dispatchEvent(new Event("change", { bubbles: true }));
  await flushPromises();
  found.dispatchEvent(new Event("blur"));
  await settled();
}

export async function press(id: string): Promise<void> {
  const button = document.querySelector<HTMLElement>(`[data-testid='${id}']`);
  if (button === null) throw new Error(`no button ${id}`);
  const form = button.getAttribute("form");
  // The window's button submits its form from outside; here that is done for it.
  if (form !== null) document.getElementById(form)?.dispatchEvent(new Event("submit", { cancelable: true }));
  else button.click();
  await settled();
}
