import { flushPromises } from "@vue/test-utils";
import { expect, it } from "vitest";
import { nextTick } from "vue";
import { sampleCommands } from "@/dev";
import { serveFrom } from "@/ipc/client";
import type { Commands, ExplainRequest } from "@/ipc/types";
import Explained from "@/parts/Explained.vue";
import { useSession } from "@/stores/session";
import { household, show } from "./harness";

const on = { page: "studio", request: { monthly: "3000" } } as const;
const steps = [
  { formula: "max(can_be_paid - agreed, 0)", inputs: [{ name: "can_be_paid", value: "3000.00" }, { name: "agreed", value: "750.00" }], rule: "agreements are kept first", rounding: null, value: "2250" },
  { formula: "step_1 / rate", inputs: [{ name: "step_1", value: "2250" }, { name: "rate", value: "7" }], rule: "LPR-CAP", rounding: "half_up_fen", value: "321.43" },
];
const rules = [{ id: "LPR-CAP", title: "四倍线", title_en: "Four times LPR", source: "法释〔2020〕17号", as_of: "2026-11-01", stale: false, own: false }];

async function opened() {
  const pinia = household();
  const asked: ExplainRequest[] = [];
  const explain = async (request: ExplainRequest) => {
    asked.push(request);
    return { status: "ok", data: { path: request.path, value: "321.43", steps, rules } };
  };
  serveFrom({ ...sampleCommands(new URLSearchParams()), explain } as unknown as Commands);
  const { wrapper } = show(Explained, { props: { on, path: "plans[0].paid", of: "planPaid", value: "321.43" } }, pinia);
  expect(asked, "nothing is asked before somebody wants to know").toEqual([]);
  await wrapper.get("button").trigger("click");
  await flushPromises();
  await nextTick();
  return { asked, sheet: () => document.querySelector("[role=dialog]") as HTMLElement };
}

it("asks with what the page was asked, and shows every step with its rule, words, values and rounding", async () => {
  const { asked, sheet } = await opened();
  expect(asked).toEqual([{ shown_on: on, path: "plans[0].paid" }]);
  const text = sheet().textContent ?? "";
  for (const part of ["一共付怎么算的", "¥321.43", "各家付的合计相加", "先留出协议要付的", "能拿出的 − 协议占去的", "3000.00 − 750.00", "第 1 步 ÷ 年利率", "2250 ÷ 7", "四舍五入到分", "四倍线", "法释〔2020〕17号", "得到的就是 321.43"])
    expect(text).toContain(part);
  const values = [...sheet().querySelectorAll("[data-testid=step-value]")].map((one) => one.textContent);
  expect(values.at(-1)).toContain("= 321.43");
});

it("shows no figure of the steps while amounts are hidden", async () => {
  const { sheet } = await opened();
  useSession().toggleAmounts();
  await nextTick();
  expect(sheet().querySelector("ol")).toBeNull();
  expect(sheet().textContent).not.toContain("321.43");
});
