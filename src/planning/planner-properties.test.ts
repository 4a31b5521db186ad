import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altAz } from '#sky';
import { calernNight, sequence } from './plan-builders.ts';
import { plan } from './planner.ts';
import { chargedSeconds } from './quota-ledger.ts';
import type { PlanInput, PlanSequence, Schedule } from './schedule.ts';

const startMs = Date.UTC(2014, 3, 23, 20, 5);
const nightSeconds = 24_300;

const anySequence = fc.record({
  target: fc.record({
    raDeg: fc.double({ min: 120, max: 300, noNaN: true }),
    decDeg: fc.double({ min: -30, max: 85, noNaN: true }),
  }),
  from: fc.integer({ min: -3600, max: nightSeconds }),
  length: fc.integer({ min: 300, max: nightSeconds }),
  durationSeconds: fc.integer({ min: 60, max: 3600 }),
  setupSeconds: fc.integer({ min: 0, max: 120 }),
  priority: fc.integer({ min: 1, max: 100 }),
  startMode: fc.constantFrom('IMMEDIATE' as const, 'BESTELEV' as const),
  wish: fc.option(fc.integer({ min: 0, max: nightSeconds })),
  program: fc.constantFrom('A', 'B', 'C'),
});

const anyNight = fc
  .record({
    sequences: fc.array(anySequence, { maxLength: 30 }),
    quotaSeconds: fc.integer({ min: 0, max: 10_000 }),
    late: fc.integer({ min: -3600, max: nightSeconds + 100 }),
  })
  .map(({ sequences, quotaSeconds, late }) =>
    calernNight(
      sequences.map(({ from, length, wish, ...rest }, i) =>
        sequence(i + 1, {
          ...rest,
          windowStartMs: startMs + from * 1000,
          windowEndMs: startMs + (from + length) * 1000,
          tPreferedMs: wish === null ? null : startMs + wish * 1000,
          isAlert: rest.priority < 10,
        }),
      ),
      {
        quotas: new Map([['A', { quotaSeconds, chargedSeconds: 0 }]]),
        nowMs: startMs + late * 1000,
      },
    ),
  );

function always(check: (input: PlanInput, schedule: Schedule) => void): void {
  fc.assert(
    fc.property(anyNight, (input) => check(input, plan(input))),
    { numRuns: 60 },
  );
}

function sequenceOf(input: PlanInput, id: number): PlanSequence {
  const found = input.sequences.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no sequence ${id}`);
  return found;
}

describe('any plan', () => {
  it('has exactly one entry or one reason for each sequence', () => {
    always((input, { entries, unplanned }) => {
      const ids = [...entries, ...unplanned].map((each) => each.sequenceId).sort((a, b) => a - b);
      expect(ids).toEqual(input.sequences.map((each) => each.id));
    });
  });

  it('never overlaps, overheads included', () => {
    always((input, { entries }) => {
      let free = input.nowMs;
      for (const entry of entries) {
        expect(entry.startMs - entry.setupSeconds * 1000).toBeGreaterThanOrEqual(free);
        free = entry.endMs;
      }
    });
  });

  it('keeps each sequence whole, in its window and in the dark', () => {
    always((input, schedule) => {
      for (const entry of schedule.entries) {
        const asked = sequenceOf(input, entry.sequenceId);
        expect(entry.endMs - entry.startMs).toBe(asked.durationSeconds * 1000);
        expect(entry.startMs).toBeGreaterThanOrEqual(
          Math.max(schedule.startMs, asked.windowStartMs),
        );
        expect(entry.endMs).toBeLessThanOrEqual(Math.min(schedule.endMs, asked.windowEndMs));
      }
    });
  });

  it('observes no target below the least elevation', () => {
    always((input, { entries }) => {
      const { site, minAltDeg } = input.constraints;
      for (const { sequenceId, startMs, endMs } of entries) {
        const { target } = sequenceOf(input, sequenceId);
        for (const ms of [startMs, (startMs + endMs) / 2, endMs]) {
          expect(altAz(target, site, ms).altDeg).toBeGreaterThan(minAltDeg - 0.05);
        }
      }
    });
  });

  it('exceeds no quota', () => {
    always((input, { entries }) => {
      const spent = entries
        .map((entry) => sequenceOf(input, entry.sequenceId))
        .filter((each) => each.program === 'A')
        .reduce((sum, each) => sum + chargedSeconds(each), 0);
      expect(spent).toBeLessThanOrEqual(input.quotas.get('A')?.quotaSeconds ?? 0);
    });
  });

  it('is the same for the same input, in whatever order it comes', () => {
    always((input, schedule) => {
      const again = plan({ ...input, sequences: [...input.sequences].reverse() });
      expect(again.entries).toEqual(schedule.entries);
    });
  });

  it('has slack that is never negative', () => {
    always((_, { entries }) => {
      for (const { slackLeftSeconds, slackRightSeconds } of entries) {
        expect(Math.min(slackLeftSeconds, slackRightSeconds)).toBeGreaterThanOrEqual(0);
      }
    });
  });
});
