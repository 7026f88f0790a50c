import { mount } from "@vue/test-utils";
import { defineComponent, h, nextTick, ref } from "vue";
import { expect, it } from "vitest";
import { i18n } from "@/i18n";
import Amount from "@/parts/Amount.vue";
import BucketBar from "@/parts/BucketBar.vue";
import ConfirmBadge from "@/parts/ConfirmBadge.vue";
import { explanationText } from "@/parts/explanation";
import { gaugeScale } from "@/parts/gauge";
import MoneyField from "@/parts/MoneyField.vue";
import { roundTicks } from "@/parts/scale";
import Sheet from "@/parts/Sheet.vue";
import { drawWaterline } from "@/parts/waterline";
import { useSession } from "@/stores/session";
import { household, show } from "./harness";

it("shows an amount, and nothing of it while amounts are hidden", async () => {
  const { wrapper } = show(Amount, { props: { value: "67825.62" } });
  expect(wrapper.text()).toBe("¥67,825.62");
  useSession().toggleAmounts();
  await nextTick();
  expect(wrapper.text()).not.toMatch(/\d/);
  expect(wrapper.text()).toContain("金额已隐藏");
});

it("explains an amount on request, by a real button", async () => {
  const { wrapper } = show(Amount, { props: { value: "37.51", explain: true } });
  await wrapper.get("button").trigger("click");
  expect(wrapper.emitted("explain")).toHaveLength(1);
});

it("draws requests and spoken words dashed, and only written confirmation solid", () => {
  for (const kind of ["request", "oral", "unwritten"] as const) expect(show(ConfirmBadge, { props: { kind } }).wrapper.classes()).toContain("is-dashed");
  const written = show(ConfirmBadge, { props: { kind: "written" } }).wrapper;
  expect(written.classes()).toContain("is-solid");
  expect(written.text()).toBe("已书面确认");
});

it("normalises a typed amount when the field is left, and says what is wrong with one that cannot be read", async () => {
  const { wrapper } = show(MoneyField, { props: { label: "实际收到", modelValue: "" } });
  const input = wrapper.get("input");
  await input.setValue("１.８８万");
  expect(wrapper.emitted("update:modelValue")?.at(-1)).toEqual(["18800.00"]);
  await input.trigger("blur");
  expect(input.element.value).toBe("18,800.00");
  await input.setValue("十万");
  await input.trigger("blur");
  expect(wrapper.emitted("update:modelValue")?.at(-1)).toEqual([""]);
  const error = wrapper.get("[role=alert]");
  expect(error.text()).toContain("请用数字写金额");
  expect(input.attributes("aria-describedby")).toContain(error.attributes("id"));
  expect(input.attributes("aria-invalid")).toBe("true");
});

it("names every bucket with its amount beside the picture", () => {
  const { wrapper } = show(BucketBar, { props: { parts: [{ bucket: 1, label: "未还本金", amount: "10.00" }, { bucket: 3, label: "罚息", amount: "0.00" }] } });
  expect(wrapper.findAll("li").map((li) => li.text())).toEqual(["未还本金¥10.00", "罚息¥0.00"]);
  expect(wrapper.findAll(".bar i")).toHaveLength(1);
});

it("keeps the focus in a sheet, closes on Escape and gives the focus back", async () => {
  const open = ref(false);
  const Holder = defineComponent({
    setup: () => () => [
      h("button", { id: "opener", onClick: () => (open.value = true) }, "open"),
      h(Sheet, { title: "怎么算的", open: open.value, "onUpdate:open": (value: boolean) => (open.value = value) }, { default: () => h("button", { id: "inner" }, "inner") }),
    ],
  });
  document.body.innerHTML = '<div id="app"></div>';
  const wrapper = mount(Holder, { attachTo: "#app", global: { plugins: [household(), i18n] } });
  const opener = document.getElementById("opener");
  opener?.focus();
  opener?.click();
  await new Promise((done) => setTimeout(done, 30));
  const dialog = document.querySelector("[role=dialog]");
  expect(dialog?.contains(document.activeElement)).toBe(true);
  expect(document.getElementById("app")?.hasAttribute("inert")).toBe(true);
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  await new Promise((done) => setTimeout(done, 30));
  expect(open.value).toBe(false);
  expect(document.getElementById("app")?.hasAttribute("inert")).toBe(false);
  expect(document.activeElement?.id).toBe("opener");
  wrapper.unmount();
});

it("copies an explanation as plain text, line by line", () => {
  const text = explanationText(
    { title: "罚息怎么算的", amount: "37.51", formula: "甲 × 乙", table: { columns: ["期", "罚息"], rows: [["第 8 期", "29.25"]] }, basis: "合同第 7 条。" },
    { rounding: "舍入", basis: "依据", theirs: "对方的数" },
  );
  expect(text.split("\n")).toEqual(["罚息怎么算的", "¥37.51", "甲 × 乙", "期\t罚息", "第 8 期\t29.25", "依据  合同第 7 条。"]);
});

it.each([
  [["0.24", "0.4416"], 50],
  [["0.12", "0.6903"], 80],
  [["0.036"], 20],
  [["3.2"], 400],
])("puts %j on a scale to %d per cent", (fractions, end) => {
  const scale = gaugeScale(fractions);
  expect(scale.end).toBe(end);
  expect(scale.ticks.length).toBeLessThanOrEqual(7);
  expect(scale.ticks.at(-1)).toBe(end);
});

it("draws the waterline down to its last month, and nothing without two months", () => {
  expect(drawWaterline([{ month: "2026-11", remaining: "5.00" }])).toBeUndefined();
  const drawing = drawWaterline([
    { month: "2026-11", remaining: "100.00" },
    { month: "2026-12", remaining: "50.00" },
    { month: "2027-01", remaining: "0.00" },
  ]);
  expect(drawing?.last.x).toBeLessThan(drawing?.width ?? 0);
  expect(drawing?.ticks.map((tick) => tick.month)).toEqual(["2026-11", "2026-12", "2027-01"]);
});

it("rounds the ticks of an axis", () => {
  expect(roundTicks(6956.37)).toEqual([0, 2000, 4000, 6000, 8000]);
  expect(roundTicks(0)).toEqual([0]);
});
