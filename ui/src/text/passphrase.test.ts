import { expect, it } from "vitest";
import { strengthOf } from "./passphrase";

it.each([
  ["", "empty", false],
  ["海边步行", "short", false],
  ["12345678", "plain", true],
  ["19900518", "plain", true],
  ["aaaaaaaaaa", "plain", true],
  ["abcabcabc", "plain", true],
  ["password1", "plain", true],
  ["tide-7-pm", "fair", true],
  ["海边清晨步行八里", "good", true],
  ["correct horse battery", "good", true],
])("%s is %s", (text, level, allowed) => {
  expect(strengthOf(text)).toMatchObject({ level, allowed });
});

it("says how many characters are missing", () => expect(strengthOf("abcde").missing).toBe(3));
