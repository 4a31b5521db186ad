/** What people ask of a set of durations: typical, bad, worst; milliseconds. */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Quantiles by the nearest rank, so that each is a value that was measured. */
export function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  const rounded = (value: number | undefined) => Math.round((value ?? Number.NaN) * 10) / 10;
  return { p50: rounded(at(0.5)), p95: rounded(at(0.95)), max: rounded(at(1)) };
}
