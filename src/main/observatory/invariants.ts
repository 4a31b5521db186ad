import type { DomeSpec } from '#unit';

/** What was true at one instant, seen from outside: the devices themselves, not what agents believe. */
export interface Sample {
  /** UTC ms. */
  readonly atMs: number;
  /** Where the shutter really is: 0 closed, 1 open. */
  readonly openFraction: number;
  /** The dome moves when it is told to, and can be told. */
  readonly domeObeys: boolean;
  /** Why the dome must be closed, by what is on the PLC's wire and by the Sun; null: it may be open. */
  readonly mustClose: string | null;
  /** The guardian's process runs. */
  readonly guardianRuns: boolean;
  readonly mount: MountTruth;
}

/** Where the mount really looks. */
export interface MountTruth {
  readonly altDeg: number;
  readonly sunDistanceDeg: number;
  /** It follows a place in the sky, and stops when it is told to. */
  readonly tracks: boolean;
  readonly obeys: boolean;
}

/** An invariant that did not hold (docs/safety.md). */
export interface Violation {
  readonly atMs: number;
  readonly invariant: string;
  readonly sentence: string;
}

/** What the invariants are measured against. */
export interface InvariantTerms {
  readonly dome: Pick<DomeSpec, 'closeSeconds' | 'permitSeconds'>;
  readonly pollSeconds: number;
  readonly minAltDeg: number;
  readonly sunLimitDeg: number;
}

/** Memory of the checker from one sample to the next. */
export interface InvariantState {
  readonly last: Sample | null;
  /** Since when the dome must be closed, could obey, and the guardian could tell it; UTC ms. */
  readonly mustCloseSinceMs: number | null;
  readonly lowSinceMs: number | null;
  readonly told: readonly string[];
}

export const INVARIANTS_FRESH: InvariantState = {
  last: null,
  mustCloseSinceMs: null,
  lowSinceMs: null,
  told: [],
};

/** Between the wire and the order: two polls, one look of the guardian, and the sampling itself. */
const REACTION_SECONDS = 4;
/** A mount at a limit is stopped within this. */
const LIMIT_SECONDS = 15;
const MARGIN_DEG = 0.5;

/** Looks at one more sample; gives what does not hold, each thing once until it holds again. */
export function checkSample(
  state: InvariantState,
  sample: Sample,
  terms: InvariantTerms,
): { readonly state: InvariantState; readonly violations: readonly Violation[] } {
  const counts = sample.mustClose !== null && sample.domeObeys;
  const mustCloseSinceMs = counts ? (state.mustCloseSinceMs ?? sample.atMs) : null;
  const isLow = sample.mount.tracks && sample.mount.obeys && mountFault(sample, terms) !== null;
  const lowSinceMs = isLow ? (state.lowSinceMs ?? sample.atMs) : null;
  const next = { ...state, last: sample, mustCloseSinceMs, lowSinceMs };
  const found = [
    ...closing(state.last, sample, { next, terms }),
    ...limits(sample, { next, terms }),
  ];
  const fresh = found.filter(({ invariant }) => !state.told.includes(invariant));
  return {
    state: { ...next, told: found.map(({ invariant }) => invariant) },
    violations: fresh,
  };
}

interface Now {
  readonly next: InvariantState;
  readonly terms: InvariantTerms;
}

/** I1: closing is under way soon, and over in time. */
function closing(last: Sample | null, sample: Sample, { next, terms }: Now): Violation[] {
  const { mustCloseSinceMs } = next;
  if (mustCloseSinceMs === null || sample.openFraction === 0) return [];
  const seconds = (sample.atMs - mustCloseSinceMs) / 1000;
  const { closeSeconds, permitSeconds } = terms.dome;
  // Without its guardian the dome closes by its own dead-man.
  const reaction = 2 * terms.pollSeconds + REACTION_SECONDS + permitSeconds;
  const isMoving = last !== null && sample.openFraction < last.openFraction;
  const cause = `${sample.mustClose} for ${Math.round(seconds)} s`;
  const at = { atMs: sample.atMs };
  if (seconds > reaction && !isMoving) {
    return [{ ...at, invariant: 'I1 closing', sentence: `${cause}, and the dome does not close` }];
  }
  if (seconds > reaction + 1.5 * closeSeconds) {
    return [{ ...at, invariant: 'I1 closed', sentence: `${cause}, and the dome is not closed` }];
  }
  return [];
}

/** I6: nothing is tracked below the limit or towards the Sun. */
function limits(sample: Sample, { next, terms }: Now): Violation[] {
  const fault = mountFault(sample, terms);
  if (fault === null || next.lowSinceMs === null) return [];
  if ((sample.atMs - next.lowSinceMs) / 1000 <= LIMIT_SECONDS) return [];
  return [{ atMs: sample.atMs, invariant: 'I6 limits', sentence: fault }];
}

function mountFault({ mount }: Sample, terms: InvariantTerms): string | null {
  if (mount.altDeg < terms.minAltDeg - MARGIN_DEG) {
    return `the mount tracks at ${mount.altDeg.toFixed(1)}°, below ${terms.minAltDeg}°`;
  }
  if (mount.sunDistanceDeg < terms.sunLimitDeg) {
    return `the mount tracks ${mount.sunDistanceDeg.toFixed(1)}° from the Sun`;
  }
  return null;
}
