import { nextTick } from "vue";
import { expect, it, vi } from "vitest";
import DateField from "@/parts/DateField.vue";
import MonthField from "@/parts/MonthField.vue";
import TimeField from "@/parts/TimeField.vue";
import { useSession } from "@/stores/session";
import { show } from "./harness";

function dateField(props: Record<string, unknown> = {}) {
  const { wrapper } = show(DateField, { props: { label: "首期还款日", name: "first_due", modelValue: "", "onUpdate:modelValue": (modelValue: string) => wrapper.setProps({ modelValue }), ...props } });
  const told = () => wrapper.emitted("update:modelValue")?.at(-1)?.[0];
  return { wrapper, told, field: wrapper.get<HTMLInputElement>("input[name=first_due]"), native: wrapper.get<HTMLInputElement>("input[type=date]"), opener: wrapper.get("button") };
}

it("reads a date however it is written and spells it one way once the field is left", async () => {
  const { field, told } = dateField();
  await field.setValue("２０２６年１２月５日");
  expect(told()).toBe("2026-12-05");
  expect(field.element.value).toBe("２０２６年１２月５日");
  await field.trigger("blur");
  expect(field.element.value).toBe("2026-12-05");
});

it("hands on what it cannot read, says so, and is content with an empty field", async () => {
  const { wrapper, field, told } = dateField();
  await field.setValue("2026-11-31");
  expect(wrapper.find("[role=alert]").exists()).toBe(false);
  await field.trigger("blur");
  expect(told()).toBe("2026-11-31");
  expect(wrapper.get("[role=alert]").text()).toBe("没有这一天，请核对月份和日子。");
  expect(field.attributes("aria-invalid")).toBe("true");
  await field.setValue("11-21");
  await field.trigger("blur");
  expect(told()).toBe("11-21");
  expect(wrapper.get("[role=alert]").text()).toContain("请写年月日");
  await field.setValue("");
  await field.trigger("blur");
  expect(told()).toBe("");
  expect(wrapper.find("[role=alert]").exists()).toBe(false);
});

it("names the limit a date crosses", async () => {
  const { wrapper, field } = dateField({ min: "2026-01-01", max: "2026-11-22" });
  await field.setValue("2026-11-23");
  await field.trigger("blur");
  expect(wrapper.get("[role=alert]").text()).toContain("2026-11-22");
  await field.setValue("2025-12-31");
  await field.trigger("blur");
  expect(wrapper.get("[role=alert]").text()).toContain("2026-01-01");
});

it("steps by a day with the arrow keys, from today when it is empty, and not past its limits", async () => {
  const { field, told } = dateField({ max: "2027-01-01" });
  useSession().today = "2026-12-31";
  await field.trigger("keydown", { key: "ArrowUp" });
  expect(told()).toBe("2026-12-31");
  await field.trigger("keydown", { key: "ArrowUp" });
  await field.trigger("keydown", { key: "ArrowUp" });
  expect(field.element.value).toBe("2027-01-01");
  await field.trigger("keydown", { key: "ArrowDown" });
  expect(told()).toBe("2026-12-31");
});

it("shows nothing while nothing is filled in, and takes the day chosen in the calendar", async () => {
  const { field, native, opener, told } = dateField();
  expect([field.element.value, native.element.value]).toEqual(["", ""]);
  expect(opener.attributes("aria-label")).toContain("首期还款日");
  const showPicker = vi.fn();
  native.element.showPicker = showPicker;
  await opener.trigger("click");
  expect(showPicker).toHaveBeenCalledOnce();
  await native.setValue("2026-12-05");
  expect(told()).toBe("2026-12-05");
  expect(field.element.value).toBe("2026-12-05");
});

it("gives the calendar the focus where it cannot be opened by itself, and Escape brings it back", async () => {
  const { native, opener } = dateField();
  native.element.showPicker = () => {
    throw new DOMException("no", "NotSupportedError");
  };
  await opener.trigger("click");
  expect(document.activeElement).toBe(native.element);
  await native.trigger("keydown", { key: "Escape" });
  expect(document.activeElement).toBe(opener.element);
});

it("does not write over what is being typed when an answer comes late", async () => {
  const { wrapper, field } = dateField({ "onUpdate:modelValue": () => undefined });
  field.element.focus();
  await field.setValue("2026-1");
  await wrapper.setProps({ modelValue: "2026-03-04" });
  expect(field.element.value).toBe("2026-1");
  field.element.blur();
  await wrapper.setProps({ modelValue: "2026-03-05" });
  expect(field.element.value).toBe("2026-03-05");
});

it("spells a time on the 24-hour clock and says when it cannot", async () => {
  const { wrapper } = show(TimeField, { props: { label: "时间", modelValue: "" } });
  const input = wrapper.get("input");
  expect(input.element.value).toBe("");
  await input.setValue("下午2：05");
  await input.trigger("blur");
  await nextTick();
  expect(input.element.value).toBe("14:05");
  expect(wrapper.emitted("update:modelValue")?.at(-1)).toEqual(["14:05"]);
  await input.setValue("刚才");
  await input.trigger("blur");
  expect(wrapper.emitted("update:modelValue")?.at(-1)).toEqual(["刚才"]);
  expect(wrapper.get("[role=alert]").text()).toContain("请写时和分");
});

it("spells a month one way and says when it cannot", async () => {
  const { wrapper } = show(MonthField, { props: { label: "哪个月", modelValue: "" } });
  const input = wrapper.get("input");
  await input.setValue("2026年12月");
  await input.trigger("blur");
  await nextTick();
  expect(input.element.value).toBe("2026-12");
  await input.setValue("12月");
  await input.trigger("blur");
  expect(wrapper.emitted("update:modelValue")?.at(-1)).toEqual(["12月"]);
  expect(wrapper.get("[role=alert]").text()).toContain("请写年和月");
});
