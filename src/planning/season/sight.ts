import { apparentDirections, type Site, siderealHours } from '#sky';
import type { Interval } from '../interval.ts';
import type { PlanConstraints, PlanSequence } from '../schedule.ts';

const TURN = 2 * Math.PI;
const RAD = Math.PI / 180;
/** Sidereal turn of the Earth in a millisecond of UT1, radians (IAU 2000 rate). */
const TURN_PER_MS = (TURN * 1.002_737_811_911_354_6) / 86_400_000;
/** A sidereal day. */
const DAY_MS = TURN / TURN_PER_MS;
/** What precession and aberration may move in a season is forgiven, radians. */
const MARGIN = 0.2 * RAD;

/**
 * When each of many targets is high enough, as two angles: the sidereal time at which it rises above
 * its limit, and for how long a turn it stays. Fixed stars only; what moves is taken as always up.
 */
export interface SightTable {
  readonly count: number;
  /** Sidereal time of the rise, radians. */
  readonly rise: Float64Array;
  /** Sidereal length of the stay, radians: 0 never, a full turn always. */
  readonly stay: Float64Array;
  readonly windowStartMs: Float64Array;
  readonly windowEndMs: Float64Array;
  /** Setup and observation. */
  readonly blockMs: Float64Array;
}

/** Prepares the table for a season about an instant. */
export function sightTable(
  sequences: readonly PlanSequence[],
  rules: PlanConstraints,
  ms: number,
): SightTable {
  const directions = apparentDirections(
    sequences.map(({ target }) => (target && 'raDeg' in target ? target : { raDeg: 0, decDeg: 0 })),
    ms,
  );
  const rise = new Float64Array(sequences.length);
  const stay = new Float64Array(sequences.length).fill(TURN);
  sequences.forEach(({ target, limits }, i) => {
    if (target === null || !('raDeg' in target)) return;
    const [x = 0, y = 0, z = 0] = directions.subarray(3 * i, 3 * i + 3);
    const half = halfStay(
      { z, xy: Math.hypot(x, y) },
      rules.site,
      limits?.minAltDeg ?? rules.minAltDeg,
    );
    rise[i] = Math.atan2(y, x) - half;
    stay[i] = 2 * half;
  });
  const numbers = (of: (sequence: PlanSequence) => number) => Float64Array.from(sequences, of);
  return {
    count: sequences.length,
    rise,
    stay,
    windowStartMs: numbers((each) => each.windowStartMs),
    windowEndMs: numbers((each) => each.windowEndMs),
    blockMs: numbers(leastBlockMs),
  };
}

function leastBlockMs({ setupSeconds, durationSeconds, minUsefulSeconds }: PlanSequence): number {
  return (setupSeconds + (minUsefulSeconds ?? durationSeconds)) * 1000;
}

/** The hour angle at which a direction passes an elevation; 0 never above, half a turn always. */
function halfStay(
  { z, xy }: { readonly z: number; readonly xy: number },
  { latDeg }: Site,
  minAltDeg: number,
): number {
  const needed = Math.sin(minAltDeg * RAD) - Math.sin(latDeg * RAD) * z;
  const cosine = needed / Math.max(1e-12, Math.cos(latDeg * RAD) * xy);
  if (cosine >= 1) return 0;
  return cosine <= -1 ? Math.PI : Math.min(Math.PI, Math.acos(cosine) + MARGIN);
}

/** A dark stretch in sidereal angles. */
export interface DarkArc extends Interval {
  /** Sidereal time at its start, radians. */
  readonly lst: number;
}

export function darkArc(site: Site, { startMs, endMs }: Interval): DarkArc {
  return { startMs, endMs, lst: siderealHours(startMs, site.lonDeg) * 15 * RAD };
}

/**
 * The middle of the longest stretch in which a target is up in the dark and in its window, provided
 * that it lasts as long as the block, UTC ms; NaN when none does. The Moon and the horizon are left
 * to the planner. Numbers only inside: it is asked some ten million times a season.
 */
export function middleOfSight(table: SightTable, index: number, dark: DarkArc): number {
  const blockMs = table.blockMs[index] ?? 0;
  const fromMs = Math.max(dark.startMs, table.windowStartMs[index] ?? 0);
  const untilMs = Math.min(dark.endMs, table.windowEndMs[index] ?? 0);
  if (untilMs - fromMs < blockMs) return Number.NaN;
  const stay = table.stay[index] ?? 0;
  if (stay >= TURN) return (fromMs + untilMs) / 2;
  const ahead = ((table.rise[index] ?? 0) - dark.lst) % TURN;
  const riseMs = dark.startMs + (ahead < 0 ? ahead + TURN : ahead) / TURN_PER_MS;
  const setMs = riseMs + stay / TURN_PER_MS;
  const later = Math.min(setMs, untilMs) - Math.max(riseMs, fromMs);
  const sooner = Math.min(setMs - DAY_MS, untilMs) - Math.max(riseMs - DAY_MS, fromMs);
  if (Math.max(later, sooner) < blockMs) return Number.NaN;
  const shift = later >= sooner ? 0 : DAY_MS;
  return (Math.min(setMs - shift, untilMs) + Math.max(riseMs - shift, fromMs)) / 2;
}
