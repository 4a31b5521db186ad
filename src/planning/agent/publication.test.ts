import { describe, expect, test } from 'vitest';
import type { StoredSequence } from '#request';
import type { Schedule, ScheduleEntry } from '../schedule.ts';
import {
  type Comparison,
  isWorthPublishing,
  linesOf,
  saysNothingNew,
  startsOf,
  verdictsOf,
} from './publication.ts';

function entry(sequenceId: number, changes: Partial<ScheduleEntry> = {}): ScheduleEntry {
  return {
    sequenceId,
    startMs: 1000 * sequenceId,
    endMs: 1000 * sequenceId + 500,
    altDeg: 50,
    overheadSeconds: 10,
    slackLeftSeconds: 1,
    slackRightSeconds: 2,
    isRunning: false,
    isShortened: false,
    ...changes,
  };
}

function schedule(changes: Partial<Schedule> = {}): Schedule {
  return {
    startMs: 0,
    endMs: 1,
    entries: [],
    unplanned: [],
    preempts: null,
    filledFraction: 0,
    value: 100,
    bound: 110,
    gap: 0.1,
    ...changes,
  };
}

const low = {
  sequenceId: 2,
  code: 'ELEVATION' as const,
  sentence: 'never above 30°',
  remedy: 'Lower it.',
};

function waiting(status: StoredSequence['status'], reason = '') {
  return new Map([1, 2].map((id) => [id, { id, status, reason } as StoredSequence]));
}

describe('a better plan', () => {
  const none = new Set<number>();

  test('is published from half a percent on', () => {
    expect(isWorthPublishing(schedule({ value: 100.5 }), schedule(), none)).toBe(true);
    expect(isWorthPublishing(schedule({ value: 100.4 }), schedule(), none)).toBe(false);
  });

  test('that is worth as little as the first one is not', () => {
    expect(isWorthPublishing(schedule({ value: 0 }), schedule({ value: 0 }), none)).toBe(false);
  });

  test('that is hardly worth more is published when the telescope need not wait a minute', () => {
    const late = schedule({ entries: [entry(1, { startMs: 100_000 })] });
    const soon = schedule({ value: 100.1, entries: [entry(2, { startMs: 40_000 })] });
    expect(isWorthPublishing(soon, late, none)).toBe(true);
    const hardly = schedule({ value: 100.1, entries: [entry(2, { startMs: 41_000 })] });
    expect(isWorthPublishing(hardly, late, none)).toBe(false);
  });

  test('with more alerts is published whatever it is worth, and with fewer never', () => {
    const one = schedule({ value: 90, entries: [entry(1)] });
    expect(isWorthPublishing(one, schedule(), new Set([1]))).toBe(true);
    expect(isWorthPublishing(schedule({ value: 200 }), one, new Set([1]))).toBe(false);
  });
});

test('a plan promises the starts of what it places', () => {
  const lines = linesOf(schedule({ entries: [entry(1)], unplanned: [low] }));
  expect(startsOf(lines)).toEqual(new Map([[1, 1000]]));
});

describe('a line', () => {
  test('of a planned sequence has its slot and no reason', () => {
    const [line] = linesOf(schedule({ entries: [entry(1, { isShortened: true })] }));
    expect(line).toMatchObject({ startMs: 1000, reason: '', code: '', isShortened: true });
  });

  test('of another has the reason, its kind and the remedy', () => {
    const [line] = linesOf(schedule({ unplanned: [low] }));
    expect(line).toMatchObject({
      startMs: null,
      code: 'ELEVATION',
      reason: 'never above 30°.',
      remedy: 'Lower it.',
    });
  });

  test('keeps at dawn the reason that was found in the night', () => {
    const dawn = { ...low, code: 'NIGHT' as const, sentence: 'too little night is left' };
    const before = waiting('UNPLANNABLE', 'never above 30°. Lower it.');
    const [line] = linesOf(schedule({ unplanned: [dawn] }), before);
    expect(line).toMatchObject({ reason: 'never above 30°. Lower it.', remedy: '' });
  });
});

describe('verdicts', () => {
  const lines = linesOf(schedule({ entries: [entry(1)], unplanned: [low] }));

  test('are given to those who wait, with the reason and the remedy', () => {
    expect(verdictsOf(lines, waiting('TOBEPLANNED'))).toEqual([
      { id: 1, to: 'PLANNED', reason: '' },
      { id: 2, to: 'UNPLANNABLE', reason: 'never above 30°. Lower it.' },
    ]);
  });

  test('that change nothing are not written', () => {
    expect(verdictsOf(lines.slice(0, 1), waiting('PLANNED'))).toEqual([]);
    const told = waiting('UNPLANNABLE', 'never above 30°. Lower it.');
    expect(verdictsOf(lines.slice(1), told)).toEqual([]);
  });

  test('are not given to what runs', () => {
    expect(verdictsOf(lines, new Map())).toEqual([]);
  });
});

describe('a new plan', () => {
  const HOUR = 3_600_000;
  const from = (sequenceId: number, startMs: number, changes: Partial<ScheduleEntry> = {}) =>
    entry(sequenceId, { startMs, endMs: startMs + HOUR, ...changes });
  const standing = [from(1, 0), from(2, 2 * HOUR)];
  const untold = { ...low, sequenceId: 3 };
  const known = new Map([
    [1, { id: 1, status: 'PLANNED' } as StoredSequence],
    [2, { id: 2, status: 'PLANNED' } as StoredSequence],
    [3, { id: 3, status: 'UNPLANNABLE' } as StoredSequence],
  ]);

  function isSame(
    entries: readonly ScheduleEntry[],
    { unplanned = [untold], preempts = null, ...changes }: Partial<Comparison & Schedule> = {},
  ): boolean {
    return saysNothingNew({
      nowMs: 0,
      night: '2026-10-12',
      schedule: { entries, unplanned, preempts },
      waiting: known,
      standing: { night: '2026-10-12', codes: new Map([[3, 'ELEVATION']]) },
      slots: linesOf(schedule({ entries: standing })),
      toleratedMs: 60_000,
      ...changes,
    });
  }

  test('that is the standing one says nothing new', () => {
    expect(isSame(standing)).toBe(true);
  });

  test('may be a minute later, and hardly sooner', () => {
    expect(isSame([from(1, 0), from(2, 2 * HOUR + 60_000)])).toBe(true);
    expect(isSame([from(1, 0), from(2, 2 * HOUR + 60_001)])).toBe(false);
    expect(isSame([from(1, 0), from(2, 2 * HOUR - 5_000)])).toBe(true);
    expect(isSame([from(1, 0), from(2, 2 * HOUR - 5_001)])).toBe(false);
  });

  test('is news in another order, for one more, and for one less', () => {
    expect(isSame([from(2, 0), from(1, 2 * HOUR)])).toBe(false);
    expect(isSame([...standing, from(4, 4 * HOUR)])).toBe(false);
    expect(isSame([from(1, 0)])).toBe(false);
  });

  test('does without what ended in time, and is news when it ended early', () => {
    const rest = [from(2, 2 * HOUR)];
    expect(isSame(rest, { nowMs: HOUR - 60_000 })).toBe(true);
    expect(isSame(rest, { nowMs: HOUR - 60_001 })).toBe(false);
  });

  test('is news when a sequence does not know of its slot yet', () => {
    const requeued = { id: 1, status: 'TOBEPLANNED' } as StoredSequence;
    expect(isSame(standing, { waiting: new Map(known).set(1, requeued) })).toBe(false);
  });

  test('is news when a reason is of another kind, or not told yet', () => {
    expect(isSame(standing, { unplanned: [{ ...untold, code: 'OUTBID' }] })).toBe(false);
    const fresh = { id: 3, status: 'TOBEPLANNED' } as StoredSequence;
    expect(isSame(standing, { waiting: new Map(known).set(3, fresh) })).toBe(false);
  });

  test('is no news for a reason at dawn', () => {
    expect(isSame(standing, { unplanned: [{ ...untold, code: 'NIGHT' }] })).toBe(true);
  });

  test('is news when it shortens a sequence or ends a shortened one otherwise', () => {
    const part = from(2, 2 * HOUR, { isShortened: true });
    expect(isSame([from(1, 0), part])).toBe(false);
    const slots = linesOf(schedule({ entries: [from(1, 0), part] }));
    expect(isSame([from(1, 0), part], { slots })).toBe(true);
    const longer = { ...part, endMs: part.endMs + 1000 };
    expect(isSame([from(1, 0), longer], { slots })).toBe(false);
  });

  test('is news when it stops what runs, on another night, and as the first of all', () => {
    expect(isSame(standing, { preempts: 9 })).toBe(false);
    expect(isSame(standing, { night: '2026-10-13' })).toBe(false);
    expect(isSame(standing, { standing: null })).toBe(false);
  });
});
