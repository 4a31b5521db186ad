import fc from 'fast-check';
import { calernNight, sequence } from '../planning/plan-builders.ts';
import { chargedSeconds } from '../planning/quota-ledger.ts';
import type { Effort, PlanInput, PlanSequence, RunningSequence } from '../planning/schedule.ts';

/** For tests: the night of `calernNight`, with the twilights around it. */
export const dark = {
  startMs: Date.UTC(2014, 3, 23, 20, 5),
  endMs: Date.UTC(2014, 3, 24, 2, 50),
  openMs: Date.UTC(2014, 3, 23, 19),
  closeMs: Date.UTC(2014, 3, 24, 4),
};
const nightSeconds = (dark.endMs - dark.startMs) / 1000;

/** Enough for every branch of the search, and little enough for hundreds of nights. */
const little: Effort = { boundIterations: 20, searchRounds: 10 };

const anyTarget = fc.record({
  raDeg: fc.double({ min: 120, max: 300, noNaN: true }),
  decDeg: fc.double({ min: -30, max: 85, noNaN: true }),
});

const anySequence = fc.record({
  target: anyTarget,
  from: fc.integer({ min: -3600, max: nightSeconds }),
  length: fc.integer({ min: 300, max: nightSeconds }),
  durationSeconds: fc.integer({ min: 60, max: 3600 }),
  setupSeconds: fc.integer({ min: 0, max: 120 }),
  priority: fc.integer({ min: 6, max: 100 }),
  startMode: fc.constantFrom('IMMEDIATE' as const, 'BESTELEV' as const),
  wish: fc.option(fc.integer({ min: 0, max: nightSeconds })),
  accounts: fc.subarray(['program "A"', 'program "B"', 'country "FR"']),
  kind: fc.constantFrom('whole', 'whole', 'part', 'calibration'),
  minAltDeg: fc.option(fc.integer({ min: 20, max: 50 }), { freq: 5 }),
});

type Asked = Parameters<Parameters<typeof anySequence.map>[0]>[0];

function asPlanned(asked: Asked, index: number): PlanSequence {
  const { from, length, wish, kind, minAltDeg, ...rest } = asked;
  const isCalibration = kind === 'calibration';
  return sequence(index + 1, {
    ...rest,
    ...(isCalibration && { target: null, inTwilight: true }),
    ...(kind === 'part' && { minUsefulSeconds: Math.ceil(rest.durationSeconds / 3) }),
    ...(minAltDeg !== null && { limits: { minAltDeg } }),
    windowStartMs: dark.startMs + from * 1000,
    windowEndMs: dark.startMs + (from + length) * 1000,
    tPreferedMs: wish === null ? null : dark.startMs + wish * 1000,
    chargeSeconds: chargedSeconds(rest),
    isAlert: rest.priority < 10,
    mayPreempt: rest.priority < 10,
  });
}

/** 2°/s with a start and a stop; the dome turns meanwhile. */
const transition = {
  slewDegPerSecond: 2,
  slewAccelDegPerSecond2: 1,
  settleSeconds: 5,
  domeDegPerSecond: 3,
  wheelSeconds: 10,
};

/** For tests: up to 20 sequences of every kind, quotas, slews, at any time of the night. */
export const anyNight = fc
  .record({
    asked: fc.array(anySequence, { maxLength: 20 }),
    quotas: fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 20_000 })),
    late: fc.integer({ min: -3600, max: nightSeconds + 100 }),
    slews: fc.boolean(),
    runsFor: fc.option(fc.integer({ min: -60, max: 1800 })),
  })
  .map(({ asked, quotas, late, slews, runsFor }): PlanInput => {
    const nowMs = dark.startMs + late * 1000;
    const sequences = asked.map(asPlanned);
    const [program, country] = quotas;
    return calernNight(sequences, {
      night: {
        scienceStartMs: dark.startMs,
        scienceEndMs: dark.endMs,
        openMs: dark.openMs,
        closeMs: dark.closeMs,
      },
      quotas: new Map([
        ['program "A"', { quotaSeconds: program, chargedSeconds: 0 }],
        ['country "FR"', { quotaSeconds: country, chargedSeconds: 500 }],
      ]),
      ...(slews && { transition, pointing: { raDeg: 200, decDeg: 30 } }),
      running: runsFor === null ? null : running(nowMs, runsFor),
      nowMs,
      effort: little,
    });
  });

function running(nowMs: number, seconds: number): RunningSequence {
  const priority = seconds % 2 === 0 ? 5 : 50;
  return {
    sequence: sequence(1000, { target: { raDeg: 150, decDeg: 40 }, priority }),
    startMs: nowMs - 300_000,
    endMs: nowMs + seconds * 1000,
  };
}
