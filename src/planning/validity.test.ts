import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesOf } from './job.ts';
import { calernNight, openSky, sequence, timed } from './plan-builders.ts';
import type { PlanSequence } from './schedule.ts';

function reasonsOf(...sequences: PlanSequence[]) {
  return candidatesOf(openSky(sequences, 10)).unplanned;
}

const nan = Number.NaN;

describe('a sequence that nobody could plan', () => {
  it.each<[string, Partial<PlanSequence>, RegExp]>([
    [
      'a window that ends before it begins',
      timed([5, 4], 1),
      /^its window ends at 1970-01-01 00:04Z, not after/,
    ],
    ['a window of no date', { windowEndMs: nan }, /window \(jd1, jd2\) is not made of dates/],
    ['a window without end', { windowEndMs: Number.POSITIVE_INFINITY }, /is not made of dates/],
    ['no duration', { durationSeconds: 0 }, /^its duration is 0 s$/],
    [
      'a duration of less than a millisecond',
      { durationSeconds: 0.0004 },
      /^its duration is 0.0004 s$/,
    ],
    ['a negative duration', { durationSeconds: -5 }, /^its duration is -5 s$/],
    ['a duration of no number', { durationSeconds: nan }, /^its duration is not a number$/],
    ['a negative setup', { setupSeconds: -1 }, /^its setup takes -1 s$/],
    ['a useful part of no number', { minUsefulSeconds: nan }, /least useful part/],
    ['a priority of no number', { priority: nan }, /^its priority is not a number$/],
    ['a priority beyond all reason', { priority: -1e308 }, /^its priority is -1e\+308$/],
    ['a useful part of nothing', { minUsefulSeconds: 0 }, /^its least useful part is 0 s$/],
    [
      'a duration too long to be charged',
      { durationSeconds: 1e308, chargeSeconds: Number.POSITIVE_INFINITY },
      /^its duration is 1e\+308 s$/,
    ],
    ['a cost of no number', { chargeSeconds: nan }, /what it costs/],
    ['a wish of no date', { tPreferedMs: nan }, /wished time/],
    [
      'no right ascension',
      { target: { raDeg: nan, decDeg: 0 } },
      /right ascension is not a number/,
    ],
    ['a declination beyond the pole', { target: { raDeg: 0, decDeg: 91 } }, /declination is 91/],
    ['an empty ephemeris', { target: { kind: 'EPHEMERIS', points: [] } }, /ephemeris is empty/],
    ['a limit of no number', { limits: { minAltDeg: nan } }, /^its limit minAlt is not a number$/],
    [
      'a limit out of range',
      { limits: { moonDistanceDeg: 200 } },
      /^its limit moonDistance is 200$/,
    ],
    [
      'a duration longer than its window',
      timed([0, 3], 4),
      /^it takes 240 s and its window lasts 180 s$/,
    ],
  ])('is told so: %s', (_, fault, sentence) => {
    const [reason] = reasonsOf(sequence(1, fault));
    expect(reason).toMatchObject({ sequenceId: 1, code: 'INVALID' });
    expect(reason?.sentence).toMatch(sentence);
    expect(reason?.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('shares its id with another', () => {
    expect(reasonsOf(sequence(7), sequence(7), sequence(8))).toMatchObject([
      { sequenceId: 7, code: 'INVALID', sentence: '2 sequences have the id 7' },
      { sequenceId: 7, code: 'INVALID' },
    ]);
  });

  it('does not keep the others from being planned', () => {
    const { jobs } = candidatesOf(openSky([sequence(1, { priority: nan }), sequence(2)], 10));
    expect(jobs.map(({ sequence: { id } }) => id)).toEqual([2]);
  });

  it.each([nan, Number.POSITIVE_INFINITY])(
    'is none when the night is of %d ms, but has no night',
    (end) => {
      const night = { scienceStartMs: 0, scienceEndMs: end };
      const { unplanned } = candidatesOf(openSky([sequence(1)], 10, { night }));
      expect(unplanned).toMatchObject([{ code: 'NIGHT' }]);
    },
  );

  it('gets one answer like every other, whatever its numbers are', () => {
    const start = Date.UTC(2014, 3, 23, 20);
    const odd = (...usual: number[]) =>
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...usual) },
        { weight: 1, arbitrary: fc.oneof(fc.double(), fc.integer()) },
      );
    const anyNow = fc.oneof(fc.constant(start), fc.double({ noNaN: true }));
    const anySequences = fc.array(
      fc.record({
        id: fc.integer({ min: 1, max: 9 }),
        target: fc.record({ raDeg: odd(200, 310), decDeg: odd(30, -60) }),
        windowStartMs: odd(start, start + 7_200_000),
        windowEndMs: odd(start + 9_000_000, start + 90_000_000),
        durationSeconds: odd(600, 30_000),
        setupSeconds: odd(0, 60),
        minUsefulSeconds: odd(60, 40_000),
        priority: odd(10, 90),
        tPreferedMs: fc.option(odd(start)),
        limits: fc.record({ minAltDeg: odd(20, 60), sunDistanceDeg: odd(0, 100) }),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(anySequences, anyNow, (changes, nowMs) => {
        const sequences = changes.map(({ id, ...rest }) => sequence(id, rest));
        const { jobs, unplanned } = candidatesOf(calernNight(sequences, { nowMs }));
        const ids = [
          ...jobs.map((job) => job.sequence.id),
          ...unplanned.map((each) => each.sequenceId),
        ];
        const ascending = (a: number, b: number): number => a - b;
        expect(ids.sort(ascending)).toEqual(changes.map(({ id }) => id).sort(ascending));
        for (const { sentence, remedy } of unplanned) {
          expect(`${sentence} ${remedy}`).not.toMatch(/undefined|(NaN|Infinity) s/);
        }
      }),
      { numRuns: 400 },
    );
  });
});
