import type { ShutterState } from '#devices';
import type { DomeSpec } from '#unit';

/** What was seen of a shutter, with what its switches cannot tell: how far from closed it must be. */
export interface ShutterHistory {
  /** The last word; null: the dome did not answer. */
  readonly state: ShutterState | null;
  /** It is open by this share of its way at least, by what was seen before; 0: it can be closed. */
  readonly openAtLeast: number;
  /** It called itself closed sooner than it can be, and has not called itself anything else since. */
  readonly isDoubted: boolean;
  /** Monotonic, ms. */
  readonly seenMs: number;
}

/** Nothing was seen yet. */
export const UNSEEN_SHUTTER: ShutterHistory = {
  state: null,
  openAtLeast: 0,
  isDoubted: false,
  seenMs: 0,
};

/** A shutter may be faster than its specification by this factor, and no more. */
const FASTER = 2;

/**
 * Takes in one word of the dome, at `nowMs` (monotonic); null when it did not answer. A stuck limit
 * switch says "closed" while the shutter is open (hazard F13): closed is believed only when there was
 * time to close since the shutter was seen open, and once doubted, only after it said something else.
 */
export function shutterSeen(
  history: ShutterHistory,
  state: ShutterState | null,
  { nowMs, spec }: { nowMs: number; spec: Pick<DomeSpec, 'closeSeconds' | 'openSeconds'> },
): ShutterHistory {
  const seconds = (nowMs - history.seenMs) / 1000;
  const left = Math.max(0, history.openAtLeast - (seconds * FASTER) / spec.closeSeconds);
  if (state === 'open') return { state, openAtLeast: 1, isDoubted: false, seenMs: nowMs };
  if (state === 'opening') {
    const opened = history.state === 'opening' ? seconds / FASTER / spec.openSeconds : 0;
    const openAtLeast = Math.min(1, history.openAtLeast + opened);
    return { state, openAtLeast, isDoubted: false, seenMs: nowMs };
  }
  const isDoubted = doubted(history, state, left);
  return { state, openAtLeast: left, isDoubted, seenMs: nowMs };
}

function doubted(history: ShutterHistory, state: ShutterState | null, left: number): boolean {
  if (state === null) return history.isDoubted;
  return state === 'closed' && (history.isDoubted || left > 0);
}

/** Its limit switch says closed, at this moment, and may be believed. */
export function isProvedClosed({ state, isDoubted }: ShutterHistory): boolean {
  return state === 'closed' && !isDoubted;
}
