import { describe, expect, test } from 'vitest';
import type { SequenceStatus } from '#request';
import { type WatchedPlan, whyPlanFails } from './plan-watch.ts';

const HOUR = 3_600_000;
const slot = (sequenceId: number, startMs: number) => {
  return { sequenceId, startMs, endMs: startMs + HOUR, overheadSeconds: 30 };
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
    toleratedMs: 60_000,
    ...changes,
  });
}

test('a plan that is followed holds', () => {
  expect(watch({ 1: 'EXECUTING', 2: 'PLANNED' })).toBeNull();
});

describe('a sequence that runs past its slot', () => {
  const both = { 1: 'EXECUTING', 2: 'PLANNED' } as const;
  const dueMs = 2 * HOUR - 30_000;

  test('disturbs nobody while the next one need not go', () => {
    expect(watch(both, { nowMs: dueMs })).toBeNull();
  });

  test('may take a little of the next slot', () => {
    expect(watch(both, { nowMs: dueMs + 60_000 })).toBeNull();
  });

  test('is an overrun from then on', () => {
    expect(watch(both, { nowMs: dueMs + 60_001 })).toBe('a sequence overruns its slot');
  });

  test('disturbs nobody when nothing follows', () => {
    expect(watch({ 1: 'EXECUTING' }, { nowMs: 5 * HOUR, slots: [slot(1, 0)] })).toBeNull();
  });
});

describe('a planned sequence that waits no more', () => {
  test('was withdrawn, and frees its slot', () => {
    expect(watch({ 1: 'EXECUTING' })).toBe('a planned sequence was withdrawn');
  });

  test('is of no interest when it ended hardly before its time', () => {
    expect(watch({ 2: 'PLANNED' }, { nowMs: HOUR - 60_000 })).toBeNull();
    const before = { nowMs: HOUR - 60_001 };
    expect(watch({ 2: 'PLANNED' }, before)).toBe('a planned sequence was withdrawn');
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

  test('waits for whatever runs, which overruns', () => {
    expect(watch({ 2: 'PLANNED', 9: 'EXECUTING' }, late)).toBe('a sequence overruns its slot');
  });

  test('is given its time', () => {
    expect(watch({ 2: 'PLANNED' }, { nowMs: 2 * HOUR + 180_000 })).toBeNull();
  });
});
