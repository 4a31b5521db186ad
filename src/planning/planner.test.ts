import { describe, expect, it } from 'vitest';
import { minutes, openSky, sequence, slots, timed } from './plan-builders.ts';
import { plan } from './planner.ts';
import type { PlanSequence } from './schedule.ts';

function slotsOf(nightMinutes: number, ...sequences: readonly PlanSequence[]) {
  return slots(plan(openSky(sequences, nightMinutes)));
}

describe("the guide's basic cases", () => {
  it('plans three sequences of distinct windows, each after its setup, which its window holds too', () => {
    const windows = [
      [0, 2],
      [4, 6],
      [7, 9],
    ] as const;
    const sequences = windows.map((window, i) =>
      sequence(i + 1, { ...timed(window, 1), priority: 1, setupSeconds: 60 }),
    );
    expect(slotsOf(10, ...sequences)).toEqual({ 1: [1, 2], 2: [5, 6], 3: [8, 9] });
  });

  it('plans nothing when there is nothing to plan', () => {
    expect(plan(openSky([], 10))).toMatchObject({ entries: [], unplanned: [], filledFraction: 0 });
  });
});

describe('where a sequence goes', () => {
  it('fills its window when it just fits', () => {
    expect(slotsOf(20, sequence(1, timed([3, 5], 2)))).toEqual({ 1: [3, 5] });
  });

  it('starts immediate sequences one after another, as their windows allow', () => {
    const [a, b] = [sequence(1, timed([3, 16], 6)), sequence(2, timed([8, 16], 6))];
    expect(slotsOf(20, a, b)).toEqual({ 1: [3, 9], 2: [9, 15] });
  });

  it('is centred on the wished time', () => {
    expect(slotsOf(20, sequence(1, timed([1, 20], 6, 13)))).toEqual({ 1: [10, 16] });
  });

  it('is aligned to the start of its window when the wish is too early', () => {
    expect(slotsOf(20, sequence(1, timed([3, 16], 6, 4)))).toEqual({ 1: [3, 9] });
  });

  it('is aligned to the end of its window when the wish is too late', () => {
    expect(slotsOf(20, sequence(1, timed([3, 16], 6, 15)))).toEqual({ 1: [10, 16] });
  });

  it('takes the nearest free place when the wished one is taken', () => {
    const [a, b] = [sequence(1, timed([0, 20], 4, 10)), sequence(2, timed([0, 20], 4, 11))];
    expect(slotsOf(20, a, b)).toEqual({ 1: [8, 12], 2: [12, 16] });
  });

  it('goes between two others', () => {
    const others = [sequence(1, timed([0, 4], 4)), sequence(2, timed([8, 12], 4))];
    expect(slotsOf(12, ...others, sequence(3, timed([0, 12], 4)))).toEqual({
      1: [0, 4],
      3: [4, 8],
      2: [8, 12],
    });
  });

  it('keeps the seconds of a window that falls between two steps', () => {
    expect(slotsOf(10, sequence(1, timed([1.25, 3.25], 2)))).toEqual({ 1: [1.25, 3.25] });
  });
});

describe('making room', () => {
  it('shifts the sequence before to the left', () => {
    const placed = [sequence(1, timed([1, 9], 6, 6)), sequence(2, timed([13, 19], 6, 16))];
    expect(slotsOf(20, ...placed, sequence(3, timed([1, 20], 6, 11)))).toEqual({
      1: [1, 7],
      3: [7, 13],
      2: [13, 19],
    });
  });

  it('shifts the sequence after to the right', () => {
    const placed = [sequence(1, timed([3, 9], 6, 6)), sequence(2, timed([14, 20], 4, 16))];
    expect(slotsOf(20, ...placed, sequence(3, timed([12, 20], 4)))).toEqual({
      1: [3, 9],
      3: [12, 16],
      2: [16, 20],
    });
  });

  it('shifts both neighbours', () => {
    const placed = [sequence(1, timed([1, 8], 6, 5)), sequence(2, timed([14, 20], 4, 16))];
    expect(slotsOf(20, ...placed, sequence(3, timed([1, 20], 9, 12)))).toEqual({
      1: [1, 7],
      3: [7, 16],
      2: [16, 20],
    });
  });

  it('exchanges two sequences when no shift is enough', () => {
    // 1 wishes 4 to 6, so 2 fits neither before nor after it until 1 goes past it.
    const [a, b] = [
      sequence(1, { ...timed([0, 10], 2, 3), priority: 10 }),
      sequence(2, { ...timed([0, 5], 5), priority: 20 }),
    ];
    expect(slotsOf(10, a, b)).toEqual({ 2: [0, 5], 1: [5, 7] });
  });
});

describe('who comes first', () => {
  it('is the smaller priority number, at equal length', () => {
    const [a, b] = [
      sequence(1, { ...timed([0, 5], 5), priority: 50 }),
      sequence(2, { ...timed([0, 5], 5), priority: 4 }),
    ];
    const schedule = plan(openSky([a, b], 10));
    expect(slots(schedule)).toEqual({ 2: [0, 5] });
    expect(schedule.unplanned).toMatchObject([{ sequenceId: 1, code: 'OUTBID' }]);
  });

  it('is the one that can wait least, at equal priority', () => {
    const [a, b] = [sequence(1, timed([0, 20], 5)), sequence(2, timed([0, 6], 5))];
    expect(slotsOf(20, a, b)).toEqual({ 2: [0, 5], 1: [5, 10] });
  });

  it('is not an urgent sequence whose time is worth more to two lesser ones', () => {
    // 4 minutes of weight 61 against 10 of weight 51.
    const urgent = sequence(1, { ...timed([3, 7], 4), priority: 40 });
    const lesser = [sequence(2, timed([0, 5], 5)), sequence(3, timed([5, 10], 5))];
    const schedule = plan(openSky([urgent, ...lesser], 10));
    expect(slots(schedule)).toEqual({ 2: [0, 5], 3: [5, 10] });
    expect(schedule).toMatchObject({ value: 510, bound: 510, gap: 0 });
    expect(schedule.unplanned).toMatchObject([{ sequenceId: 1, code: 'OUTBID' }]);
  });

  it('is an urgent sequence that is worth more than two lesser ones', () => {
    const urgent = sequence(1, { ...timed([3, 9], 6), priority: 10 });
    const lesser = [sequence(2, timed([0, 5], 5)), sequence(3, timed([5, 10], 5))];
    expect(slotsOf(10, urgent, ...lesser)).toEqual({ 1: [3, 9] });
  });

  it('is the smaller id when all else is equal', () => {
    const twins = [sequence(2, timed([3, 14], 6)), sequence(1, timed([3, 14], 6))];
    expect(slotsOf(20, ...twins)).toEqual({ 1: [3, 9] });
  });
});

describe('an alert', () => {
  const alert = sequence(9, {
    ...timed([0, 60], 5),
    priority: 1,
    isAlert: true,
    mayPreempt: true,
    setupSeconds: 60,
  });
  const routine = sequence(1, { ...timed([0, 60], 20), priority: 50 });

  it('is not delayed by what is chosen after it', () => {
    const narrow = sequence(2, timed([0, 5], 5));
    const schedule = plan(openSky([narrow, alert], 60));
    expect(slots(schedule)).toEqual({ 9: [1, 6] });
    expect(schedule.entries[0]).toMatchObject({ overheadSeconds: 60, slackLeftSeconds: 0 });
  });

  it('goes before what is worth more: all of the night if need be', () => {
    const rich = sequence(1, { ...timed([0, 60], 58), priority: 2 });
    expect(slotsOf(60, rich, { ...alert, priority: 9 })).toEqual({ 9: [1, 6] });
  });

  it('of less urgency takes the first start that a more urgent one leaves', () => {
    const other = { ...alert, id: 8, priority: 2 };
    expect(slotsOf(60, other, alert)).toEqual({ 9: [1, 6], 8: [7, 12] });
  });

  it('that its accounts cannot pay for is left out, and says so', () => {
    const quotas = new Map([['program "P"', { quotaSeconds: 100, chargedSeconds: 0 }]]);
    const { entries, unplanned } = plan(openSky([alert], 60, { quotas }));
    expect(entries).toEqual([]);
    expect(unplanned).toMatchObject([{ sequenceId: 9, code: 'OVER_QUOTA' }]);
  });

  const running = { sequence: routine, startMs: minutes(0), endMs: minutes(20) };
  const during = { running, nowMs: minutes(8) };

  it('stops what is running, which is then planned again', () => {
    const schedule = plan(openSky([routine, alert], 60, during));
    expect(schedule.preempts).toBe(1);
    expect(slots(schedule)).toEqual({ 9: [9, 14], 1: [14, 34] });
  });

  it('waits for what is running when it may not stop it', () => {
    const patient = { ...alert, mayPreempt: false };
    const schedule = plan(openSky([routine, patient], 60, during));
    expect(schedule.preempts).toBeNull();
    expect(slots(schedule)).toEqual({ 1: [0, 20], 9: [21, 26] });
  });

  it('does not stop another alert as urgent as itself', () => {
    const other = { ...running, sequence: { ...routine, priority: 1 } };
    const schedule = plan(openSky([routine, alert], 60, { ...during, running: other }));
    expect(schedule.preempts).toBeNull();
  });

  it('does not stop what will be over before it may start', () => {
    const later = { ...alert, windowStartMs: minutes(30) };
    expect(plan(openSky([routine, later], 60, during)).preempts).toBeNull();
  });

  it('does not stop anything when an account of it cannot pay', () => {
    const quotas = new Map([['program "P"', { quotaSeconds: 100, chargedSeconds: 0 }]]);
    expect(plan(openSky([routine, alert], 60, { ...during, quotas })).preempts).toBeNull();
  });
});

describe('the running sequence', () => {
  const running = { sequence: sequence(1), startMs: minutes(2), endMs: minutes(10) };

  it('is the first entry, and the others follow it', () => {
    const schedule = plan(
      openSky([sequence(1), sequence(2, { setupSeconds: 60 })], 60, {
        running,
        nowMs: minutes(5),
      }),
    );
    expect(slots(schedule)).toEqual({ 1: [2, 10], 2: [11, 12] });
    expect(schedule.entries.map((entry) => entry.isRunning)).toEqual([true, false]);
  });

  it('is not worth anything in the plan, which is of what may still be chosen', () => {
    const schedule = plan(openSky([], 60, { running, nowMs: minutes(5) }));
    expect(schedule).toMatchObject({ value: 0, bound: 0, gap: 0 });
  });

  it('that lasts longer than foreseen is followed from now on', () => {
    const schedule = plan(openSky([sequence(2)], 60, { running, nowMs: minutes(15) }));
    expect(slots(schedule)[2]).toEqual([15, 16]);
  });
});

describe('a quota', () => {
  const quotas = new Map([['program "P"', { quotaSeconds: 1000, chargedSeconds: 300 }]]);

  it('is not exceeded, setups included', () => {
    const sequences = [1, 2, 3].map((id) =>
      sequence(id, { durationSeconds: 300, setupSeconds: 20 }),
    );
    const { entries, unplanned } = plan(openSky(sequences, 60, { quotas }));
    expect(entries).toHaveLength(2);
    expect(unplanned).toEqual([
      {
        sequenceId: 3,
        code: 'OVER_QUOTA',
        sentence: 'over quota by 260 s: program "P" has 60 s left',
        remedy: expect.stringContaining('quota'),
      },
    ]);
  });

  it('of one program leaves the others alone', () => {
    const rich = sequence(1, { durationSeconds: 1200, accounts: ['program "Q"'] });
    expect(plan(openSky([rich], 60, { quotas })).entries).toHaveLength(1);
  });

  it('holds for each of several accounts, and the one that cannot pay is named', () => {
    const country = { quotaSeconds: 250, chargedSeconds: 0 };
    const accounts = ['program "P"', 'country "FR"'];
    const both = sequence(1, { durationSeconds: 300, accounts });
    const { unplanned } = plan(
      openSky([both], 60, { quotas: new Map([...quotas, ['country "FR"', country]]) }),
    );
    expect(unplanned[0]?.sentence).toBe('over quota by 50 s: country "FR" has 250 s left');
  });

  it('of nothing refuses all that it would pay for', () => {
    const none = new Map([['program "P"', { quotaSeconds: 0, chargedSeconds: 0 }]]);
    const { unplanned } = plan(openSky([sequence(1)], 60, { quotas: none }));
    expect(unplanned).toMatchObject([{ code: 'OVER_QUOTA' }]);
  });

  it('goes to what is worth most of those that it could pay for', () => {
    const small = new Map([['program "P"', { quotaSeconds: 300, chargedSeconds: 0 }]]);
    const [a, b] = [
      sequence(1, { ...timed([0, 20], 5), priority: 60 }),
      sequence(2, { ...timed([30, 50], 5), priority: 40 }),
    ];
    expect(slots(plan(openSky([a, b], 60, { quotas: small })))).toEqual({ 2: [30, 35] });
  });
});

describe('an entry', () => {
  it('tells how far it could move with the others where they are', () => {
    const { entries } = plan(
      openSky([sequence(1, timed([0, 10], 2, 5)), sequence(2, timed([8, 10], 2))], 10),
    );
    expect(entries[0]).toMatchObject({ slackLeftSeconds: 240, slackRightSeconds: 120 });
    expect(entries[1]).toMatchObject({ slackLeftSeconds: 0, slackRightSeconds: 0 });
  });

  it('counts in the filling of the night with its setup', () => {
    const one = sequence(1, { durationSeconds: 240, setupSeconds: 60 });
    expect(plan(openSky([one], 10)).filledFraction).toBeCloseTo(0.5, 9);
  });
});

describe('a plan made again', () => {
  const sequences = [1, 2, 3, 4].map((id) => sequence(id, timed([0, 30], 5, 15)));
  const first = plan(openSky(sequences, 30));
  const previous = {
    startMs: new Map(first.entries.map((each) => [each.sequenceId, each.startMs])),
  };

  it('changes nothing without a cause', () => {
    expect(plan(openSky(sequences, 30, { previous })).entries).toEqual(first.entries);
  });

  it('fills a place that has become free, and leaves the others where they were', () => {
    const [gone] = first.entries;
    const left = sequences.filter(({ id }) => id !== gone?.sequenceId);
    const news = sequence(5, timed([(gone?.startMs ?? 0) / 60_000, 30], 5));
    const again = plan(openSky([...left, news], 30, { previous }));
    expect(slots(again)).toEqual({
      ...Object.fromEntries(
        Object.entries(slots(first)).filter(([id]) => id !== String(gone?.sequenceId)),
      ),
      5: slots(first)[gone?.sequenceId ?? 0],
    });
  });

  it('gives way when something clearly better is found', () => {
    const better = sequence(5, { ...timed([0, 30], 20, 15), priority: 1 });
    const again = plan(openSky([...sequences, better], 30, { previous }));
    expect(slots(again)[5]).toEqual([5, 25]);
  });
});
