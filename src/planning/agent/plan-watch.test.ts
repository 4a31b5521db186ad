import { describe, expect, test } from 'vitest';
import type { SequenceStatus } from '#request';
import { type WatchedPlan, whyPlanFails } from './plan-watch.ts';

const HOUR = 3_600_000;
const slot = (sequenceId: number, startMs: number) => {
  return { sequenceId, startMs, endMs: startMs + HOUR };
};

function watch(
  statuses: Record<number, SequenceStatus>,
  changes: Partial<WatchedPlan> = {},
): string | null {
  return whyPlanFails({
    nowMs: HOUR,
    slots: [slot(1, 0), slot(2, 2 * HOUR)],
    statuses: new Map(Object.entries(statuses).map(([id, status]) => [Number(id), status])),
    isReady: true,
    lateMs: 180_000,
    ...changes,
  });
}

test('a plan that is followed holds', () => {
  expect(watch({ 1: 'EXECUTING', 2: 'PLANNED' })).toBeNull();
});

test('a sequence that runs past its slot is an overrun', () => {
  const later = { nowMs: HOUR + 1 };
  expect(watch({ 1: 'EXECUTING', 2: 'PLANNED' }, later)).toBe('a sequence overruns its slot');
});

describe('a planned sequence that waits no more', () => {
  test('was withdrawn, and frees its slot', () => {
    expect(watch({ 1: 'EXECUTING' })).toBe('a planned sequence was withdrawn');
  });

  test('is of no interest once its slot is over', () => {
    expect(watch({ 2: 'PLANNED' })).toBeNull();
  });
});

describe('a first slot that is late', () => {
  const late = { nowMs: 2 * HOUR + 180_001 };

  test('passed unused', () => {
    expect(watch({ 2: 'PLANNED' }, late)).toBe('a slot passed unused');
  });

  test('is not missed while the observatory is closed', () => {
    expect(watch({ 2: 'PLANNED' }, { ...late, isReady: false })).toBeNull();
  });

  test('is not missed while something runs without a slot', () => {
    expect(watch({ 2: 'PLANNED', 9: 'EXECUTING' }, late)).toBeNull();
  });

  test('is given its time', () => {
    expect(watch({ 2: 'PLANNED' }, { nowMs: 2 * HOUR + 180_000 })).toBeNull();
  });
});
