import { expect, it } from "vitest";
import { mailTime } from "./mailTime";

it.each([
  ["Tue, 17 Nov 2026 10:00:00 +0800", { date: "2026-11-17", time: "10:00", zone: "+0800" }],
  ["5 Jan 2026 09:05 -0500 (EST)", { date: "2026-01-05", time: "09:05", zone: "-0500" }],
  ["昨天", undefined],
  ["17 Foo 2026 10:00:00 +0800", undefined],
])("%s", (text, read) => expect(mailTime(text)).toEqual(read));
