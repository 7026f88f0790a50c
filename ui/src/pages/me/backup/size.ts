/** Bytes as people say them: 980 KB, 12.4 MB. */
export function sizeOf(bytes: string): string {
  const n = Number(bytes);
  if (!Number.isFinite(n)) return bytes;
  if (n < 1_000_000) return `${Math.max(1, Math.round(n / 1000))} KB`;
  return n < 1_000_000_000 ? `${(n / 1_000_000).toFixed(1)} MB` : `${(n / 1_000_000_000).toFixed(1)} GB`;
}
