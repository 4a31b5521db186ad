import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutes, openSky, sequence, timed } from '../plan-builders.ts';
import { plan } from '../planner.ts';
import type { Effort, PlanInput, PlanSequence, RunningSequence, Schedule } from '../schedule.ts';
import { bestPlan, worthAt } from './best-plan.ts';

const nightMinutes = 24;
const stepMs = minutes(0.5);
/** Small nights need little. */
const effort: Effort = { boundIterations: 50, searchRounds: 40 };

const anySequence = fc.record({
  from: fc.integer({ min: -2, max: 20 }),
  length: fc.integer({ min: 1, max: 24 }),
  duration: fc.integer({ min: 1, max: 6 }),
  setup: fc.constantFrom(0, 0, 1, 2),
  wish: fc.option(fc.integer({ min: 0, max: 24 })),
  priority: fc.constantFrom(1, 20, 50, 90),
  isPaid: fc.boolean(),
});

type Asked = Parameters<Parameters<typeof anySequence.map>[0]>[0];

/** Nights of up to six sequences without a sky, in whole minutes. */
const anyNight = fc
  .record({
    asked: fc.array(anySequence, { maxLength: 6 }),
    quota: fc.integer({ min: 0, max: 30 }),
    now: fc.integer({ min: -3, max: 6 }),
  })
  .map(({ asked, quota, now }): PlanInput => {
    const quotas = new Map([['program "A"', { quotaSeconds: quota * 60, chargedSeconds: 0 }]]);
    return openSky(asked.map(asPlanned), nightMinutes, { quotas, nowMs: minutes(now), effort });
  });

function asPlanned(asked: Asked, index: number): PlanSequence {
  const { from, length, duration, setup, wish, priority, isPaid } = asked;
  return sequence(index + 1, {
    ...timed([from, from + length], duration, wish ?? -1),
    target: null,
    accounts: isPaid ? ['program "A"'] : [],
    setupSeconds: setup * 60,
    chargeSeconds: (setup + duration) * 60,
    priority,
  });
}

function always(check: (input: PlanInput, schedule: Schedule) => void, seed?: number): void {
  fc.assert(
    fc.property(anyNight, (input) => check(input, plan(input))),
    { numRuns: 100, ...(seed === undefined ? {} : { seed }) },
  );
}

/** What starts are worth, those aside that are no longer possible or asked for. */
function worthOf(input: PlanInput, startMs: ReadonlyMap<number, number>): number {
  return input.sequences.reduce((sum, each) => {
    const worth = worthAt(input, each, startMs.get(each.id) ?? Number.NaN);
    return sum + Math.max(0, worth);
  }, 0);
}

function startsOf({ entries }: Schedule): Map<number, number> {
  return new Map(entries.map(({ sequenceId, startMs }) => [sequenceId, startMs]));
}

describe('any small plan', () => {
  it('is worth what its slots are worth', () => {
    always((input, schedule) => {
      expect(schedule.value).toBeCloseTo(worthOf(input, startsOf(schedule)), 6);
    });
  });

  it('is worth no more than the best one, and the best one no more than its bound', () => {
    always((input, { value, bound }) => {
      const best = bestPlan(input, stepMs).value;
      expect(value).toBeLessThanOrEqual(best + 1e-6);
      expect(bound).toBeGreaterThanOrEqual(best - 1e-6);
    });
  });

  it('is within 3 % of the best one', () => {
    always((input, { value }) => {
      expect(value).toBeGreaterThanOrEqual(0.97 * bestPlan(input, stepMs).value);
    }, 20);
  });

  it('is worth no less when it is planned again', () => {
    always((input, schedule) => {
      const again = plan({ ...input, previous: { startMs: startsOf(schedule) } });
      expect(again.value).toBeGreaterThanOrEqual(schedule.value - 1e-6);
    });
  });
});

/** Some minutes later: what is over is gone, what has begun runs, one or two are new. */
const anyNightLater = fc
  .record({
    night: anyNight,
    added: fc.array(anySequence, { minLength: 1, maxLength: 2 }),
    minutesLater: fc.integer({ min: 0, max: 10 }),
  })
  .map(({ night, added, minutesLater }): PlanInput => {
    const before = plan(night);
    const nowMs = Math.max(0, night.nowMs) + minutes(minutesLater);
    const begun = before.entries.filter(({ startMs }) => startMs < nowMs);
    const gone = new Set(begun.map(({ sequenceId }) => sequenceId));
    const rest = night.sequences.filter(({ id }) => !gone.has(id));
    const news = added.map((each, i) => asPlanned(each, night.sequences.length + i));
    return {
      ...night,
      sequences: [...rest, ...news],
      quotas: new Map(),
      running: runningOf(night, begun.at(-1), nowMs),
      nowMs,
      previous: { startMs: startsOf(before) },
    };
  });

function runningOf(
  { sequences }: PlanInput,
  entry: Schedule['entries'][number] | undefined,
  nowMs: number,
): RunningSequence | null {
  const found = sequences.find(({ id }) => id === entry?.sequenceId);
  if (entry === undefined || found === undefined || entry.endMs <= nowMs) return null;
  return { sequence: found, startMs: entry.startMs, endMs: entry.endMs };
}

function alwaysLater(check: (input: PlanInput, schedule: Schedule) => void): void {
  fc.assert(
    fc.property(anyNightLater, (input) => check(input, plan(input))),
    { numRuns: 100 },
  );
}

/** Whether the plan before can be kept as it was, besides what runs. */
function isKept(input: PlanInput): boolean {
  const freeMs = Math.max(input.nowMs, input.running?.endMs ?? 0);
  return input.sequences.every(({ id, setupSeconds }) => {
    const startMs = input.previous?.startMs.get(id);
    return startMs === undefined || startMs - setupSeconds * 1000 >= freeMs;
  });
}

describe('any small plan made again later', () => {
  it('keeps what runs, and puts it first', () => {
    alwaysLater(({ running }, { entries }) => {
      const runs = entries.map(({ isRunning }) => isRunning);
      expect(runs).toEqual(entries.map((_, i) => i === 0 && running !== null));
      if (running !== null) expect(entries[0]?.sequenceId).toBe(running.sequence.id);
    });
  });

  it('is worth no less than the plan before with nothing new', () => {
    alwaysLater((input, { value }) => {
      if (!isKept(input)) return;
      const kept = worthOf(input, input.previous?.startMs ?? new Map());
      expect(value).toBeGreaterThanOrEqual(kept - 1e-6);
    });
  });

  it('keeps each sequence in its window and after what comes before', () => {
    alwaysLater((input, { entries }) => {
      let freeMs = input.nowMs;
      for (const { sequenceId, startMs, endMs, isRunning } of entries) {
        const asked = input.sequences.find(({ id }) => id === sequenceId);
        if (!isRunning && asked) {
          const blockMs = startMs - asked.setupSeconds * 1000;
          expect(blockMs).toBeGreaterThanOrEqual(Math.max(freeMs, asked.windowStartMs));
          expect(endMs).toBeLessThanOrEqual(Math.min(minutes(nightMinutes), asked.windowEndMs));
        }
        freeMs = endMs;
      }
    });
  });

  it('changes nothing that is as good as it was', () => {
    alwaysLater((input, schedule) => {
      const again = plan({ ...input, previous: { startMs: startsOf(schedule) } });
      if (again.value <= schedule.value + 1e-6) expect(again.entries).toEqual(schedule.entries);
    });
  });
});
