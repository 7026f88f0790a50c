/**
 * A straight scale for charts. (d3-scale would bring d3-color, which assigns over `Object.prototype`: the window freezes
 * that, so the import alone would stop the program.)
 */
export function linear([from, to]: [number, number], [start, end]: [number, number]): (value: number) => number {
  const span = to - from;
  return (value) => (span === 0 ? start : start + ((value - from) / span) * (end - start));
}

/** Round steps from 0 up to at least `top`: about `wanted` of them. For the axis of a chart. */
export function roundTicks(top: number, wanted = 4): number[] {
  if (!(top > 0)) return [0];
  const rough = top / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((s) => s * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(top / step) + 1 }, (_, n) => n * step);
}
