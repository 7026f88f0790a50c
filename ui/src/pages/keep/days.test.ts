import { describe, expect, it } from "vitest";
import { readDays, writeDays } from "./days";

describe("days before", () => {
  it("are read as people write them and written back", () => {
    expect(readDays("7, 3, 1, 0, -1")).toEqual([-7, -3, -1, 0, 1]);
    expect(readDays("0、3，7")).toEqual([-7, -3, 0]);
    expect(readDays("  ")).toEqual([]);
    expect(writeDays([-7, -3, 0, 1])).toBe("7, 3, 0, -1");
  });

  it("that are none are refused", () => {
    for (const text of ["three", "1.5", "7,x", "400", "--1"]) expect(readDays(text)).toBeUndefined();
  });
});
