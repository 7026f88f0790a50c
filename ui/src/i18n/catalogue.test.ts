import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import en from "./en";
import zh from "./zh-CN";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === "string" ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`)) as [string, string][]);
}

const chinese = new Map(flat(zh));
const english = new Map(flat(en));
const placeholders = (text: string) => new Set(text.match(/\{\w+\}/g) ?? []);

it("has every key in both languages", () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
});

it("leaves no message empty, and English fills in nothing that Chinese does not know", () => {
  for (const [key, text] of chinese) {
    expect(text.trim(), key).not.toBe("");
    const other = english.get(key) ?? "";
    expect(other.trim(), key).not.toBe("");
    // The English month names are looked up by the number the Chinese message shows.
    for (const name of placeholders(other)) if (name !== "{monthName}") expect(placeholders(text), `${key} ${name}`).toContain(name);
  }
});

it("is calm and polite: no exclamation marks, 您 and never 你, and a half space between Chinese and digits", () => {
  for (const [key, text] of [...chinese, ...english]) expect(text, key).not.toMatch(/[!！]/);
  for (const [key, text] of chinese) {
    expect(text, key).not.toContain("你");
    expect(text, key).not.toMatch(/[\u4e00-\u9fff]\d|\d(?!万)[\u4e00-\u9fff]/);
    expect(text, key).not.toMatch(/[\u4e00-\u9fff][,;:?()]/);
  }
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "dev" || entry.name === "i18n" ? [] : sources(path);
    return /\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

const withoutComments = (text: string) =>
  text
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "");

it("keeps Chinese words out of the components: they stand in the catalogue", () => {
  for (const path of sources("src")) {
    // Readers of typed text know the signs that stand beside a number; they show none.
    const signs = path.endsWith(".ts") ? /[元块万期天年月日号个点时分整、。，．]|上午|下午|晚上/g : /(?!)/g;
    expect(withoutComments(readFileSync(path, "utf8")).replace(signs, "").match(/[\u4e00-\u9fff].*/)?.[0], path).toBeUndefined();
  }
});

it("writes no style attribute, no v-html and no eval: the content security policy forbids them", () => {
  for (const path of sources("src")) {
    const text = withoutComments(readFileSync(path, "utf8"));
    expect(text, path).not.toMatch(/\sstyle="/);
    expect(text, path).not.toMatch(/v-html|\beval\(|new Function|insertAdjacentHTML|innerHTML/);
  }
});

it("has words of its own for every code of the façade that a person can meet", () => {
  const codes = [...readFileSync("src/ipc/bindings.ts", "utf8").matchAll(/export type ErrorCode =([\s\S]*?);/g)][0]?.[1]?.match(/"[a-z_]+"/g)?.map((word) => word.slice(1, -1)) ?? [];
  expect(codes.length).toBeGreaterThan(40);
  // Only programs that speak to the façade themselves can send a field it does not know.
  const told = codes.filter((code) => code !== "field_unknown" && !chinese.has(`fields.${code}`) && !chinese.has(`errors.${code}.title`));
  expect(told).toEqual([]);
});

it("has no message that nobody says", () => {
  const texts = sources("src").map((path) => withoutComments(readFileSync(path, "utf8")));
  const quoted = new Set(texts.flatMap((text) => [...text.matchAll(/["'`]([a-z]\w*(?:\.\w+)+)["'`]/gi)].map((match) => match[1])));
  // `loans.owed.${name}` says every message below loans.owed; what stands between the braces may hold quotes of its own.
  const templates = texts.flatMap((text) => [...text.matchAll(/`([a-z]\w*\.(?:[\w.]|\$\{[^}]*\})*)`/gi)].map((match) => match[1] ?? "")).filter((one) => one.includes("${"));
  const patterns = [...new Set(templates)].map((one) => new RegExp(`^${one.replace(/\$\{[^}]*\}/g, "@").replace(/\./g, "\\.").replace(/@/g, "[\\w.]+")}$`));
  const unsaid = [...chinese.keys()].filter((key) => !quoted.has(key) && !patterns.some((pattern) => pattern.test(key)));
  expect(unsaid).toEqual([]);
});
