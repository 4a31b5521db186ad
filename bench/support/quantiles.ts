/** What people ask of a set of durations: typical, bad, very bad, worst; milliseconds. */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Quantiles by the nearest rank, so that each is a value that was measured. */
export function quantilesOf(values: readonly number[], decimals = 1): Quantiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
    return Number(value.toFixed(decimals));
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
