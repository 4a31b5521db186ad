import { msFromJulianDate } from '#sky';
import type { Effort, PlanInput, PlanSequence, Quota } from '../schedule.ts';
import type { Instance, InstanceSequence } from './instance.ts';

/** What the file leaves open. */
export interface InstanceOptions {
  readonly seed?: number;
  readonly effort?: Effort;
}

/** The plan input that an instance stands for: an empty night, seen from its first instant. */
export function instanceInputOf(instance: Instance, options: InstanceOptions = {}): PlanInput {
  const { site, night, slewDegPerSec } = instance;
  const [scienceStartMs, scienceEndMs] = night.map(msFromJulianDate) as [number, number];
  const steps = instance.useHorizon ? instance.horizon : [];
  return {
    sequences: instance.sequences.map((sequence) => planSequenceOf(sequence, instance)),
    running: null,
    quotas: quotasOf(instance),
    night: { scienceStartMs, scienceEndMs },
    constraints: {
      site: { latDeg: site.lat, lonDeg: site.lon, altitudeM: site.height },
      minAltDeg: -90,
      horizon: steps.map(([azDeg, altDeg]) => ({ azDeg, altDeg })),
      moonDistanceDeg: 0,
    },
    transition: {
      slewDegPerSecond: slewDegPerSec,
      slewAccelDegPerSecond2: Number.POSITIVE_INFINITY,
      settleSeconds: 0,
      domeDegPerSecond: Number.POSITIVE_INFINITY,
      wheelSeconds: 0,
    },
    nowMs: scienceStartMs,
    ...options,
  };
}

/** The priority whose weight (weight.ts) is the weight of the file. */
export function priorityOfWeight(weight: number): number {
  return weight >= 1 ? 101 - weight : 99 + 1 / weight;
}

function planSequenceOf(sequence: InstanceSequence, { setupSec }: Instance): PlanSequence {
  const { id, program, durMin } = sequence;
  return {
    id,
    name: `sequence ${id}`,
    target: { raDeg: sequence.ra, decDeg: sequence.dec },
    windowStartMs: msFromJulianDate(sequence.jd1),
    windowEndMs: msFromJulianDate(sequence.jd2),
    priority: priorityOfWeight(sequence.priority),
    startMode: sequence.tpref,
    tPreferedMs: null,
    durationSeconds: durMin * 60,
    setupSeconds: setupSec,
    chargeSeconds: durMin * 60,
    accounts: program === undefined ? [] : [accountOf(program)],
    limits: {
      minAltDeg: sequence.minAlt,
      moonDistanceDeg: sequence.minMoonDeg,
      moonDistanceAlways: true,
    },
    isAlert: false,
    mayPreempt: false,
  };
}

function quotasOf({ programs }: Instance): ReadonlyMap<string, Quota> {
  return new Map(
    programs.map(({ id, quotaMin }) => [
      accountOf(id),
      { quotaSeconds: quotaMin * 60, chargedSeconds: 0 },
    ]),
  );
}

function accountOf(program: number): string {
  return `program ${program}`;
}
