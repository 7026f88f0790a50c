import { describe, expect, it } from "vitest";
import { wholeFile } from "./filePieces";

describe("a file in pieces", () => {
  const content = new Uint8Array(10).map((_, at) => at);
  const serve = (most: number) => {
    const asked: string[] = [];
    const ask = (_: string, init: RequestInit) => {
      const range = new Headers(init.headers).get("range") ?? "";
      asked.push(range);
      const start = Number(/bytes=(\d+)-/.exec(range)?.[1]);
      return Promise.resolve(new Response(content.slice(start, start + most), { status: 206, headers: { "content-type": "audio/mpeg" } }));
    };
    return { asked, ask };
  };

  it("is put together in order", async () => {
    const { asked, ask } = serve(4);
    const parts: number[] = [];
    const blob = await wholeFile("ab", 10, new AbortController().signal, (part) => parts.push(part), ask);
    expect(asked).toEqual(["bytes=0-", "bytes=4-", "bytes=8-"]);
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(content);
    expect(blob.type).toBe("audio/mpeg");
    expect(parts).toEqual([0.4, 0.8, 1]);
  });

  it("says when it is damaged or short", async () => {
    const stop = new AbortController().signal;
    await expect(wholeFile("ab", 10, stop, () => {}, () => Promise.resolve(new Response(null, { status: 422 })))).rejects.toThrow("422");
    await expect(wholeFile("ab", 10, stop, () => {}, () => Promise.resolve(new Response("")))).rejects.toThrow("short");
  });
});
