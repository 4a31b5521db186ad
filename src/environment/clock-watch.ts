/** A jump that is shorter is an ordinary correction of the machine's clock, seconds. */
const LEAST_SECONDS = 1;

/**
 * By how much the wall clock jumped against the monotonic one between two looks, seconds (hazard F41);
 * null: it did not. `rate`: observatory seconds in one real second, by which errors grow.
 */
export function clockJump(
  before: { readonly nowMs: number; readonly atMono: number } | null,
  now: { readonly nowMs: number; readonly atMono: number },
  rate: number,
): number | null {
  if (!before) return null;
  const seconds = (now.nowMs - before.nowMs - (now.atMono - before.atMono)) / 1000;
  return Math.abs(seconds) > LEAST_SECONDS * Math.max(1, rate) ? seconds : null;
}
