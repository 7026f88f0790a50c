const MOST = 6;

/** Known names that fit what is typed: those that begin with it first, each once, never the one already typed. */
export function suggest(known: string[], typed: string): string[] {
  const wanted = typed.trim().toLowerCase();
  const names = [...new Set(known.map((name) => name.trim()))].filter((name) => name !== "" && name.toLowerCase() !== wanted);
  const place = (name: string) => name.toLowerCase().indexOf(wanted);
  return names
    .filter((name) => place(name) >= 0)
    .sort((a, b) => Number(place(a) > 0) - Number(place(b) > 0))
    .slice(0, MOST);
}
