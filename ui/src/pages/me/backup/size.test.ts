import { expect, test } from "vitest";
import { sizeOf } from "./size";

test("bytes are said in the unit people use", () => {
  expect(["0", "999", "1500", "999499", "1000000", "12345678", "2500000000", "?"].map(sizeOf)).toEqual([
    "1 KB",
    "1 KB",
    "2 KB",
    "999 KB",
    "1.0 MB",
    "12.3 MB",
    "2.5 GB",
    "?",
  ]);
});
