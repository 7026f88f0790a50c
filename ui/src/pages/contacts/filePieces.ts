/** Where the vault's files are asked for; answered by the program itself, piece by piece, from memory. */
const FILES = "ashore-file://localhost";

export const fileUrl = (id: string) => `${FILES}/${id}`;
export const pageUrl = (id: string, page: number) => `${FILES}/${id}/page/${page}`;
/** A page of the letter that is being looked at. */
export const letterPageUrl = (id: string, page: number) => `${FILES}/${id}/letter/${page}`;
export const mailUrl = (id: string, dark: boolean) => `${FILES}/${id}/mail${dark ? "?dark" : ""}`;

/** Sound and film beyond this are not put together in memory; a copy can be saved. */
export const MOST_PLAYED = 256 * 1024 * 1024;

type Ask = (url: string, init: RequestInit) => Promise<Response>;

/** The whole file, asked for piece by piece; `told` hears which part of it is there, `stop` ends it. */
export async function wholeFile(id: string, bytes: number, stop: AbortSignal, told: (part: number) => void, ask: Ask = fetch): Promise<Blob> {
  const pieces: Blob[] = [];
  let there = 0;
  let type = "";
  while (there < bytes) {
    const answer = await ask(fileUrl(id), { headers: { range: `bytes=${there}-` }, signal: stop });
    if (!answer.ok) throw new Error(String(answer.status));
    const piece = await answer.blob();
    if (piece.size === 0) throw new Error("short");
    type = answer.headers.get("content-type") ?? "";
    pieces.push(piece);
    there += piece.size;
    told(Math.min(1, there / bytes));
  }
  return new Blob(pieces, { type });
}
