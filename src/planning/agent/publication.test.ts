import { describe, expect, test } from 'vitest';
import type { StoredSequence } from '#request';
import type { Schedule, ScheduleEntry } from '../schedule.ts';
import { isWorthPublishing, linesOf, startsOf, verdictsOf } from './publication.ts';

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
