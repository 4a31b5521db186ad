import { describe, expect, it } from 'vitest';
import { minutes, openSky, sequence, timed } from '../plan-builders.ts';
import { plan } from '../planner.ts';
import type { Effort, PlanInput, PlanSequence, Schedule } from '../schedule.ts';

const little: Effort = { boundIterations: 20, searchRounds: 20 };
const nightMinutes = 600;

const wrong = Number.NaN;

/** The ways in which a sequence makes no sense. */
const nonsense: readonly (readonly [string, Partial<PlanSequence>])[] = [
  ['jd1 after jd2', { windowStartMs: minutes(20), windowEndMs: minutes(10) }],
  ['jd1 equal to jd2', { windowStartMs: minutes(10), windowEndMs: minutes(10) }],
  ['no jd1', { windowStartMs: wrong }],
  ['no jd2', { windowEndMs: wrong }],
  ['an infinite jd2', { windowEndMs: Number.NEGATIVE_INFINITY }],
  ['no length', { durationSeconds: 0 }],
  ['a negative duration', { durationSeconds: -60 }],
  ['no duration', { durationSeconds: wrong }],
  ['an infinite duration', { durationSeconds: Number.POSITIVE_INFINITY }],
  ['a duration beyond its window', { durationSeconds: 1e7 }],
  ['a least part that is no number', { minUsefulSeconds: wrong }],
  ['no setup', { setupSeconds: wrong }],
  ['a negative setup', { setupSeconds: -3600 }],
  ['no priority', { priority: wrong }],
  ['a wish at no time', { tPreferedMs: wrong }],
  ['a charge that is no number', { chargeSeconds: wrong }],
  ['no right ascension', { target: { kind: 'FIXED', raDeg: wrong, decDeg: 0 } }],
  ['a declination beyond the pole', { target: { kind: 'FIXED', raDeg: 0, decDeg: 91 } }],
  ['an empty ephemeris', { target: { kind: 'EPHEMERIS', points: [] } }],
  ['a limit that is no number', { limits: { minAltDeg: wrong } }],
];

const plain = { target: null, accounts: [] };

function sane(id: number): PlanSequence {
  const from = (id * 37) % nightMinutes;
  return sequence(id, {
    ...plain,
    ...timed([from, from + 120], 1 + (id % 20)),
    priority: id % 100,
  });
}

function foolish(id: number): PlanSequence {
  return { ...sane(id), ...nonsense[id % nonsense.length]?.[1] };
}

function planned(sequences: readonly PlanSequence[], changes: Partial<PlanInput> = {}): Schedule {
  return plan(openSky(sequences, nightMinutes, { effort: little, ...changes }));
}

function idsOf({ entries, unplanned }: Schedule): number[] {
  return [...entries, ...unplanned].map((each) => each.sequenceId).sort((a, b) => a - b);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

function expectSound(schedule: Schedule): void {
  for (const [i, { startMs, endMs }] of schedule.entries.entries()) {
    expect(endMs).toBeGreaterThan(startMs);
    expect(schedule.entries[i + 1]?.startMs ?? endMs).toBeGreaterThanOrEqual(endMs);
  }
  for (const { sentence, remedy } of schedule.unplanned) {
    expect(sentence).not.toBe('');
    expect(sentence).not.toMatch(/NaN|Infinity|undefined|Invalid/);
    expect(remedy).not.toBe('');
  }
  expect([schedule.value, schedule.bound, schedule.gap].every(Number.isFinite)).toBe(true);
}

describe('ten thousand sequences of which half make no sense', () => {
  const sequences = numbers(10_000).map((id) => (id % 2 === 0 ? sane(id) : foolish(id >> 1)));
  const numbered = sequences.map((each, i) => ({ ...each, id: i + 1 }));

  it('each have an entry or a reason', () => {
    const schedule = planned(numbered);
    expect(idsOf(schedule)).toEqual(numbers(10_000));
    expectSound(schedule);
    expect(schedule.entries.length).toBeGreaterThan(20);
  });
});

describe('one sequence that makes no sense', () => {
  it.each(nonsense)('has a reason and harms nobody: %s', (_, change) => {
    const good = sequence(1, { ...plain, ...timed([0, 60], 10) });
    const schedule = planned([good, { ...good, id: 2, ...change }]);
    expect(schedule.entries.map((each) => each.sequenceId)).toEqual([1]);
    expect(schedule.unplanned).toMatchObject([{ sequenceId: 2, code: 'INVALID' }]);
    expectSound(schedule);
  });
});

describe('many sequences', () => {
  it('may be none at all', () => {
    expect(planned([])).toMatchObject({ entries: [], unplanned: [], value: 0, bound: 0, gap: 0 });
  });

  it('that are all identical fill the night, the others are outbid', () => {
    const schedule = planned(
      numbers(500).map((id) => sequence(id, { ...plain, ...timed([0, 600], 10) })),
    );
    expect(idsOf(schedule)).toEqual(numbers(500));
    expect(schedule.entries).toHaveLength(60);
    expect(new Set(schedule.unplanned.map((each) => each.code))).toEqual(new Set(['OUTBID']));
  });

  it('that are all not a number each have a reason', () => {
    const all = numbers(200).map((id) =>
      sequence(id, {
        target: { kind: 'FIXED', raDeg: wrong, decDeg: wrong },
        windowStartMs: wrong,
        windowEndMs: wrong,
        priority: wrong,
        durationSeconds: wrong,
        setupSeconds: wrong,
        chargeSeconds: wrong,
        tPreferedMs: wrong,
      }),
    );
    const schedule = planned(all);
    expect(schedule.entries).toEqual([]);
    expect(idsOf(schedule)).toEqual(numbers(200));
    expectSound(schedule);
  });

  it.each([
    ['ends before it begins', -10],
    ['has no length', 0],
  ])('have a reason each in a night that %s', (_, minutesLong) => {
    const night = { scienceStartMs: 0, scienceEndMs: minutes(minutesLong) };
    const schedule = planned(numbers(50).map(sane), { night });
    expect(schedule.entries).toEqual([]);
    expect(idsOf(schedule)).toEqual(numbers(50));
  });
});
