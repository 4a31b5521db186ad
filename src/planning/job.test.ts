import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altAz } from '#sky';
import { candidatesOf, type Job, JobMemory } from './job.ts';
import { calernNight, minutes, openSky, sequence, timed } from './plan-builders.ts';
import type { PlanInput, PlanSequence } from './schedule.ts';

function jobOf(input: PlanInput): Job {
  const { jobs, unplanned } = candidatesOf(input);
  const [job] = jobs;
  if (job === undefined) throw new Error(unplanned[0]?.sentence);
  return job;
}

const span = (from: number, until: number) => ({ startMs: minutes(from), endMs: minutes(until) });

describe('the block of a job', () => {
  it('is its setup and its observation', () => {
    const job = jobOf(openSky([sequence(1, { setupSeconds: 30 })], 10));
    expect(job).toMatchObject({ setupMs: 30_000, durationMs: 60_000, blockMs: 90_000 });
  });

  it('lies in the window whole, setup included', () => {
    const one = sequence(1, { ...timed([2, 6], 1), setupSeconds: 60 });
    const job = jobOf(openSky([one], 10));
    expect(job.visible).toEqual([span(2, 6)]);
    expect(job.starts).toEqual([span(2, 4)]);
  });

  it('does not start before now', () => {
    const job = jobOf(openSky([sequence(1)], 10, { nowMs: minutes(3) + 0.5 }));
    expect(job.starts).toEqual([{ startMs: minutes(3) + 1, endMs: minutes(9) }]);
  });

  it('is asked nothing but night and window when it has no target', () => {
    const dark = sequence(1, { target: null, windowStartMs: Date.UTC(2014, 3, 23, 21) });
    const job = jobOf(calernNight([dark]));
    expect(job.direction).toBeNull();
    expect(job.visible).toEqual([
      { startMs: Date.UTC(2014, 3, 23, 21), endMs: Date.UTC(2014, 3, 24, 2, 50) },
    ]);
  });

  it('may lie in the twilight when it is allowed to', () => {
    const night = { scienceStartMs: 0, scienceEndMs: minutes(10), openMs: minutes(-20) };
    const flat = sequence(1, { target: null, inTwilight: true });
    const input = openSky([flat, sequence(2)], 10, { night, nowMs: minutes(-30) });
    expect(candidatesOf(input).jobs.map(({ visible }) => visible)).toEqual([
      [span(-20, 10)],
      [span(0, 10)],
    ]);
  });

  it('looks to its target as it is in the middle of the night', () => {
    const barnard = {
      raDeg: 269.452,
      decDeg: 4.693,
      pmRaMasPerYear: 0,
      pmDecMasPerYear: 3_600_000,
    };
    const slow = { ...barnard, pmDecMasPerYear: 10_000 };
    const { direction } = jobOf(openSky([sequence(1, { target: slow })], 10));
    const decDeg = (Math.asin(direction?.[2] ?? 0) * 180) / Math.PI;
    expect(decDeg).toBeCloseTo(4.693 - (30 * 10_000) / 3_600_000, 4);
  });
});

describe('a job that does not fit whole', () => {
  const part = { minUsefulSeconds: 120 };

  it('is shortened to the longest room', () => {
    const one = sequence(1, {
      ...timed([2, 7], 6),
      ...part,
      setupSeconds: 60,
      windowEndMs: minutes(99),
    });
    const job = jobOf(openSky([one], 5));
    expect(job).toMatchObject({ isShortened: true, durationMs: minutes(2), blockMs: minutes(3) });
    expect(job.starts).toEqual([span(2, 2)]);
  });

  it('is shortened as the night goes on', () => {
    const one = sequence(1, { ...timed([0, 10], 8), ...part });
    expect(jobOf(openSky([one], 10)).isShortened).toBe(false);
    expect(jobOf(openSky([one], 10, { nowMs: minutes(6) })).durationMs).toBe(minutes(4));
  });

  it('is refused when not even the useful part fits', () => {
    const one = sequence(1, { ...timed([0, 10], 8), ...part });
    const { jobs, unplanned } = candidatesOf(openSky([one], 10, { nowMs: minutes(8.5) }));
    expect(jobs).toEqual([]);
    expect(unplanned[0]?.code).toBe('NIGHT');
  });
});

describe('the merit of a start', () => {
  it('falls from 1 to a half over the possible starts (IMMEDIATE)', () => {
    const { merit } = jobOf(openSky([sequence(1, timed([2, 9], 1))], 10));
    expect(merit.wishMs).toBe(minutes(2));
    expect([2, 5, 8].map((at) => merit.at(minutes(at)))).toEqual([1, 0.75, 0.5]);
  });

  it('does not change as the night goes on', () => {
    const one = sequence(1, timed([2, 9], 1));
    const late = jobOf(openSky([one], 10, { nowMs: minutes(5) }));
    expect(late.merit.at(minutes(5))).toBe(0.75);
  });

  it('is 1 with the middle of the observation on the wish, a half at the farthest start', () => {
    const wished = sequence(1, { ...timed([0, 10], 2, 4), setupSeconds: 60 });
    const { merit } = jobOf(openSky([wished], 10));
    expect(merit.wishMs).toBe(minutes(2));
    expect([2, 4.5, 7].map((at) => merit.at(minutes(at)))).toEqual([1, 0.75, 0.5]);
  });

  it('goes with the sine of the elevation in the middle of the block (BESTELEV)', () => {
    const target = { raDeg: 213.915, decDeg: 19.182 };
    const one = sequence(1, {
      target,
      startMode: 'BESTELEV',
      durationSeconds: 1800,
      setupSeconds: 60,
    });
    const input = calernNight([one]);
    const { merit, starts } = jobOf(input);
    const sine = (ms: number): number =>
      Math.sin((altAz(target, input.constraints.site, ms).altDeg * Math.PI) / 180);
    const floor = Math.sin((25 * Math.PI) / 180);
    const best = sine(merit.wishMs + 930_000);
    expect(merit.at(merit.wishMs)).toBeCloseTo(1, 4);
    for (const { startMs } of starts) {
      const expected = 0.5 + (0.5 * (sine(startMs + 930_000) - floor)) / (best - floor);
      expect(merit.at(startMs)).toBeCloseTo(expected, 3);
    }
  });

  it('is 1 everywhere for BESTELEV without a target', () => {
    const { merit } = jobOf(openSky([sequence(1, { target: null, startMode: 'BESTELEV' })], 10));
    expect([0, 7].map((at) => merit.at(minutes(at)))).toEqual([1, 1]);
  });
});

describe('a memory of the night', () => {
  const anySequences = fc.array(
    fc.record({
      id: fc.integer({ min: 1, max: 6 }),
      target: fc.constantFrom<PlanSequence['target']>(
        null,
        { raDeg: 200, decDeg: 30 },
        { raDeg: 250, decDeg: -20 },
        { kind: 'BODY', body: 'Mars' },
        { kind: 'BODY', body: 'Moon' },
      ),
      from: fc.constantFrom(-60, 100),
      durationSeconds: fc.constantFrom(600, 14_000),
      minUsefulSeconds: fc.constantFrom(600, 14_000),
      limits: fc.constantFrom({}, { minAltDeg: 40 }, { maxSeeingArcsec: 2 }),
      priority: fc.integer({ min: 1, max: 100 }),
    }),
    { maxLength: 6 },
  );
  const anyInput = fc
    .record({
      sequences: anySequences,
      late: fc.integer({ min: 0, max: 420 }),
      minAltDeg: fc.constantFrom(25, 25, 25, 30),
      seeingArcsec: fc.constantFrom(null, 3),
    })
    .map(({ sequences, late, minAltDeg, seeingArcsec }) => {
      const asked = sequences.map(({ id, from, ...rest }) =>
        sequence(id, { ...rest, windowStartMs: Date.UTC(2014, 3, 23, 20, from) }),
      );
      const input = calernNight(asked, { conditions: { seeingArcsec } });
      return {
        ...input,
        nowMs: input.nowMs + minutes(late),
        constraints: { ...input.constraints, minAltDeg },
      };
    });

  /** Without the functions, which are equal only to themselves. */
  const comparable = (input: PlanInput, memory?: JobMemory) => {
    const { jobs, unplanned } = candidatesOf(input, memory);
    const merits = jobs.map(({ merit, starts }) => [
      merit.wishMs,
      ...starts.map(({ endMs }) => merit.at(endMs)),
    ]);
    return { unplanned, merits, jobs: jobs.map(({ merit: _, ...rest }) => rest) };
  };

  it('changes no answer, whatever changes between two plans', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { minLength: 2, maxLength: 5 }), (inputs) => {
        const memory = new JobMemory();
        for (const input of inputs) {
          expect(comparable(input, memory)).toEqual(comparable(input));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives back the sequence as it is now asked', () => {
    const memory = new JobMemory();
    candidatesOf(openSky([sequence(1)], 10), memory);
    const [job] = candidatesOf(openSky([sequence(1, { priority: 7 })], 10), memory).jobs;
    expect(job?.sequence.priority).toBe(7);
  });
});
