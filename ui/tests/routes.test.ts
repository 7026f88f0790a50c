import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeRouter } from "@/router";
import { household } from "./harness";

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

/** A link to a page that does not exist breaks the page it stands on. */
it("every page that is linked to by its name exists", () => {
  household();
  const router = makeRouter();
  const linked = sources("src").flatMap((path) => [...readFileSync(path, "utf8").matchAll(/(?::(?:to|back)="[^"]*?\{ name: '|(?:push|replace)\(\{ name: "|return \{ name: ")([a-z-]+)/g)].map((found) => ({ path, name: found[1] ?? "" })));
  expect(linked.length).toBeGreaterThan(60);
  expect(linked.filter(({ name }) => !router.hasRoute(name))).toEqual([]);
});
