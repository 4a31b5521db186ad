import type { RaDec } from '#sky';
import type { Telescope } from './agenda.ts';
import { candidatesOf, type Job } from './job.ts';
import { chargedSeconds } from './quota-ledger.ts';
import type { PlanInput, PlanSequence, Schedule } from './schedule.ts';
import { directionOf, slewing } from './slewing.ts';

/** For tests: minutes as milliseconds, counted from 1970. */
export const minutes = (count: number): number => count * 60_000;

/** For tests: a sequence of 1 minute that may be observed at any time, changed as told. */
export function sequence(id: number, changes: Partial<PlanSequence> = {}): PlanSequence {
  const { durationSeconds = 60, setupSeconds = 0 } = changes;
  const charge = chargedSeconds({ durationSeconds, setupSeconds });
  return {
    id,
    name: `S${id}`,
    target: { raDeg: 200, decDeg: 30 },
    windowStartMs: minutes(-1e8),
    windowEndMs: minutes(1e8),
    priority: 50,
    startMode: 'IMMEDIATE',
    tPreferedMs: null,
    durationSeconds,
    setupSeconds,
    // What makes no sense costs something sensible, so that it is refused for its own fault.
    chargeSeconds: charge >= 0 ? charge : 60,
    accounts: ['program "P"'],
    isAlert: false,
    mayPreempt: false,
    ...changes,
  };
}

/** For tests: a window and a duration, in minutes. */
export function timed(
  [from, until]: readonly [number, number],
  duration: number,
  preferred = -1,
): Partial<PlanSequence> {
  return {
    windowStartMs: minutes(from),
    windowEndMs: minutes(until),
    durationSeconds: duration * 60,
    tPreferedMs: preferred === -1 ? null : minutes(preferred),
  };
}

/** For tests: sequences under a sky without limits, from 0 to `nightMinutes`. */
export function openSky(
  sequences: readonly PlanSequence[],
  nightMinutes: number,
  changes: Partial<PlanInput> = {},
): PlanInput {
  return {
    sequences,
    running: null,
    quotas: new Map(),
    night: { scienceStartMs: 0, scienceEndMs: minutes(nightMinutes) },
    constraints: {
      site: { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 },
      minAltDeg: -90,
      horizon: [{ azDeg: 0, altDeg: -90 }],
      moonDistanceDeg: 0,
    },
    nowMs: 0,
    ...changes,
  };
}

/** For tests: 2014-04-23 at Calern, dark from 20:05 to 02:50 UTC, with the limits of the simulated unit. */
export function calernNight(
  sequences: readonly PlanSequence[],
  changes: Partial<PlanInput> = {},
): PlanInput {
  const scienceStartMs = Date.UTC(2014, 3, 23, 20, 5);
  return {
    sequences,
    running: null,
    quotas: new Map(),
    night: { scienceStartMs, scienceEndMs: Date.UTC(2014, 3, 24, 2, 50) },
    constraints: {
      site: { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 },
      minAltDeg: 25,
      horizon: [
        { azDeg: 0, altDeg: 12 },
        { azDeg: 75, altDeg: 20 },
        { azDeg: 160, altDeg: 10 },
        { azDeg: 265, altDeg: 22 },
      ],
      moonDistanceDeg: 25,
    },
    nowMs: scienceStartMs,
    ...changes,
  };
}

/** For tests: the sequences that the sky allows. */
export function jobsOf(input: PlanInput): readonly Job[] {
  return candidatesOf(input).jobs;
}

/** For tests: a telescope that slews at 1°/s, free from 0 to `untilMinutes`. */
export function slewingTelescope(looksAt: RaDec | null, untilMinutes: number): Telescope {
  return {
    freeFromMs: 0,
    looksAt: looksAt && directionOf(looksAt),
    slewMs: slewing({
      slewDegPerSecond: 1,
      slewAccelDegPerSecond2: Number.POSITIVE_INFINITY,
      settleSeconds: 0,
      domeDegPerSecond: Number.POSITIVE_INFINITY,
      wheelSeconds: 0,
    }),
    isInstant: false,
    endMs: minutes(untilMinutes),
  };
}

/** For tests: start and end of each planned sequence, minutes, by id. */
export function slots({ entries }: Schedule): Record<number, [number, number]> {
  const inMinutes = (ms: number): number => ms / 60_000;
  return Object.fromEntries(
    entries.map((entry) => [entry.sequenceId, [inMinutes(entry.startMs), inMinutes(entry.endMs)]]),
  );
}
