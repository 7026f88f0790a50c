/** Where something stands in a file, taken apart: which sentence says it, with what. The façade says it as `record 3 (byte 467)`. */
export type Place = { key: "record" | "line" | "row" | "sheetRow" | "entry" | "part"; values: Record<string, string> };

const FORMS: readonly [RegExp, Place["key"], readonly string[]][] = [
  [/^record (\d+) \(byte \d+\)$/, "record", ["n"]],
  [/^record (\d+) part (\d+)$/, "part", ["n", "part"]],
  [/^line (\d+)$/, "line", ["n"]],
  [/^row (\d+)$/, "row", ["n"]],
  [/^sheet (.*) row (\d+)$/, "sheetRow", ["sheet", "n"]],
  [/^entry (.*)$/, "entry", ["name"]],
];

/** Undefined for the file as a whole, and for what is not known. */
export function placeOf(where: string): Place | undefined {
  for (const [form, key, names] of FORMS) {
    const found = form.exec(where);
    if (found !== null) return { key, values: Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ""])) };
  }
  return undefined;
}
