import { expect, it } from "vitest";
import { placeOf } from "./place";

it("takes a place in a file apart", () => {
  expect(placeOf("record 3 (byte 467)")).toEqual({ key: "record", values: { n: "3" } });
  expect(placeOf("record 3 part 2")).toEqual({ key: "part", values: { n: "3", part: "2" } });
  expect(placeOf("line 12")).toEqual({ key: "line", values: { n: "12" } });
  expect(placeOf("row 7")).toEqual({ key: "row", values: { n: "7" } });
  expect(placeOf("sheet 明细 row 1 row 9")).toEqual({ key: "sheetRow", values: { sheet: "明细 row 1", n: "9" } });
  expect(placeOf("entry data/x.png")).toEqual({ key: "entry", values: { name: "data/x.png" } });
  expect(placeOf("file")).toBeUndefined();
});
