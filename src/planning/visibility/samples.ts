import type { Interval } from '../interval.ts';

/** Equal steps of time. */
export interface Steps {
  readonly startMs: number;
  readonly stepMs: number;
}

/** A quantity at equal steps; between them it is taken as straight. */
export type Samples = Float32Array | Float64Array;

/** The quantity at an instant; the first or the last sample outside. NaN without samples. */
export function sampleAt(samples: Samples, { startMs, stepMs }: Steps, ms: number): number {
  const last = samples.length - 1;
  const position = Math.min(Math.max((ms - startMs) / stepMs, 0), last);
  const index = Math.max(0, Math.min(Math.floor(position), last - 1));
  const low = samples[index] ?? Number.NaN;
  const high = samples[index + 1] ?? low;
  return low + (high - low) * (position - index);
}

/** The stretches where a quantity is at least `least`, their ends between the samples. */
export function stretchesAbove(samples: Samples, least: number, steps: Steps): Interval[] {
  const { startMs, stepMs } = steps;
  const count = samples.length;
  const found: Interval[] = [];
  let open = 0;
  let isOpen = false;
  let before = Number.NaN;
  for (let k = 0; k < count; k++) {
    const value = samples[k] as number;
    if (value >= least !== isOpen) {
      const at = k === 0 ? 0 : k - 1 + (least - before) / (value - before);
      if (isOpen) found.push({ startMs: startMs + open * stepMs, endMs: startMs + at * stepMs });
      open = at;
      isOpen = !isOpen;
    }
    before = value;
  }
  if (isOpen) {
    found.push({ startMs: startMs + open * stepMs, endMs: startMs + (count - 1) * stepMs });
  }
  return found;
}

/** The greatest value over some intervals, and when; undefined without intervals. */
export function highestIn(
  samples: Samples,
  steps: Steps,
  within: readonly Interval[],
): { readonly ms: number; readonly value: number } | undefined {
  let best: { ms: number; value: number } | undefined;
  const offer = (ms: number, value: number): void => {
    if (best === undefined || value > best.value) best = { ms, value };
  };
  for (const { startMs, endMs } of within) {
    offer(startMs, sampleAt(samples, steps, startMs));
    const first = Math.max(0, Math.ceil((startMs - steps.startMs) / steps.stepMs));
    const last = Math.min(samples.length - 1, (endMs - steps.startMs) / steps.stepMs);
    for (let k = first; k <= last; k++) {
      offer(steps.startMs + k * steps.stepMs, samples[k] as number);
    }
    offer(endMs, sampleAt(samples, steps, endMs));
  }
  return best;
}
