import type { Transition } from './transition.ts';

/** What one overhead took, beside what was reckoned for it. */
export interface MeasuredOverhead {
  /** `slew`, `centring`, `dither`, `wheel` or `readout`. */
  readonly kind: string;
  readonly seconds: number;
  readonly plannedSeconds: number;
}

/** The last measurements of each kind, oldest first. */
export type OverheadMemory = ReadonlyMap<string, readonly MeasuredOverhead[]>;

export const nothingMeasured: OverheadMemory = new Map();

/** So many of a kind are remembered: a few hours of a night. */
export const OVERHEADS_REMEMBERED = 15;
/** Fewer than this prove nothing. */
const LEAST_MEASURED = 3;
/** A plan is corrected within these factors only: beyond, something is broken rather than slow. */
const BOUNDS = { least: 0.7, most: 3 };

/** The memory after one more measurement; one that makes no sense is left out. */
export function withOverhead(memory: OverheadMemory, measured: MeasuredOverhead): OverheadMemory {
  const { kind, seconds, plannedSeconds } = measured;
  const makesSense = Number.isFinite(seconds) && seconds >= 0 && plannedSeconds > 0;
  if (!makesSense) return memory;
  const last = [...(memory.get(kind) ?? []), measured].slice(-OVERHEADS_REMEMBERED);
  return new Map(memory).set(kind, last);
}

/**
 * By what factor an overhead is longer than reckoned: the median of the last measurements, so that
 * one slew that hung corrects nothing; 1 when too few are known.
 */
export function overheadFactor(memory: OverheadMemory, kind: string): number {
  const measured = memory.get(kind) ?? [];
  if (measured.length < LEAST_MEASURED) return 1;
  const factor = medianOf(measured.map(({ seconds, plannedSeconds }) => seconds / plannedSeconds));
  return Math.min(BOUNDS.most, Math.max(BOUNDS.least, factor));
}

/** How the telescope gets from one target to the next as it was measured. */
export function measuredTransition(nominal: Transition, memory: OverheadMemory): Transition {
  const slew = overheadFactor(memory, 'slew');
  // Every time of a slew grows by the factor: accelerations by the square of it less.
  return {
    slewDegPerSecond: nominal.slewDegPerSecond / slew,
    slewAccelDegPerSecond2: nominal.slewAccelDegPerSecond2 / slew ** 2,
    settleSeconds: nominal.settleSeconds * slew,
    domeDegPerSecond: nominal.domeDegPerSecond / slew,
    wheelSeconds: nominal.wheelSeconds * overheadFactor(memory, 'wheel'),
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low = 0, high = 0] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return (low + high) / 2;
}
