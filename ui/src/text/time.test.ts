import { expect, it } from "vitest";
import { readTime } from "./time";

it.each([
  ["14:05", "14:05"],
  ["9:05", "09:05"],
  ["1405", "14:05"],
  ["１４：０５", "14:05"],
  ["14点05分", "14:05"],
  ["14 点", "14:00"],
  ["下午2:05", "14:05"],
  ["晚上11点06分", "23:06"],
  ["2:05 PM", "14:05"],
  ["12:10 am", "00:10"],
  ["上午12点", "12:00"],
])("reads %s as %s", (typed, value) => expect(readTime(typed)).toEqual({ ok: true, value }));

it.each(["24:00", "12:60", "14", "晚上12点", "上午14:00", "刚才", "上午9:00pm"])("does not read %s", (typed) => expect(readTime(typed)).toEqual({ ok: false }));
