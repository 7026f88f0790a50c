// @vitest-environment node
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SAMPLE_PASSPHRASE, SAMPLE_RECOVERY } from "@/dev/session";

const folder = mkdtempSync(join(tmpdir(), "ashore-ui-"));
let files: { name: string; text: string }[] = [];

beforeAll(() => {
  // A process of its own: inside the test runner Vite would take itself to be in development.
  const vite = join("node_modules", "vite", "bin", "vite.js");
  execFileSync(process.execPath, [vite, "build", "--outDir", folder, "--emptyOutDir", "--logLevel", "error"], {
    env: { ...process.env, NODE_ENV: "production", VITEST: undefined },
  });
  files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), "utf8") }));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

it("asks no network for anything", () => {
  // Names of XML vocabularies and one address in an error text of Vue are not asked for.
  const known = /^https?:\/\/(www\.w3\.org\/|vuejs\.org\/error-reference)/;
  for (const { name, text } of files) {
    const addresses = (text.match(/https?:\/\/[\w.-]+[\w./-]*/g) ?? []).filter((address) => !known.test(address));
    expect(addresses, name).toEqual([]);
    expect(text, name).not.toMatch(/url\(["']?(https?:)?\/\//);
    // A face may name fonts of the system; none is carried along or fetched.
    expect(/@font-face\{[^}]*url\(/.test(text), name).toBe(false);
  }
});

it("needs no eval", () => {
  for (const { name, text } of files.filter((file) => file.name.endsWith(".js"))) expect(text, name).not.toMatch(/\bnew Function\b|\beval\(/);
});

it("carries nothing of the invented household", () => {
  for (const { name, text } of files) {
    expect(text, name).not.toContain(SAMPLE_PASSPHRASE);
    expect(text, name).not.toContain(SAMPLE_RECOVERY);
  }
});

it("has no script or style inside its page", () => {
  const page = files.find((file) => file.name === "index.html")?.text ?? "";
  expect(page).toContain("<script");
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
});
