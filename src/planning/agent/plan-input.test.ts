import { describe, expect, test } from 'vitest';
import type { StoredSequence } from '#request';
import { smallUnit } from '#testing';
import { plan } from '../planner.ts';
import { nothingKnown } from './observatory-memory.ts';
import {
  type Circumstances,
  nightHours,
  planInputOf,
  setupSecondsOf,
  transitionOf,
} from './plan-input.ts';

const unit = smallUnit();
const NOW = Date.UTC(2026, 9, 12, 22);
const hours = nightHours(unit, '2026-10-12');

function stored(changes: Partial<StoredSequence> = {}): StoredSequence {
  return {
    id: 1,
    requestId: 1,
    name: 'M31',
    program: 'P',
    accounts: ['program "P"', 'user "toto"'],
    isAlert: false,
    status: 'TOBEPLANNED',
    reason: '',
    target: { name: 'M31', raDeg: 10, decDeg: 41 },
    skyTarget: { raDeg: 10, decDeg: 41 },
    targetFault: '',
    windowStartMs: NOW,
    windowEndMs: NOW + 3_600_000,
    priority: 50,
    startMode: 'IMMEDIATE',
    tPreferedMs: null,
    durationSeconds: 600,
    ...changes,
  };
}

function inputOf(changes: Partial<Circumstances> = {}) {
  const { dark } = hours;
  if (!dark) throw new Error('no dark hours');
  return planInputOf({
    unit,
    hours: { ...hours, dark },
    nowMs: NOW,
    waiting: [stored()],
    running: null,
    quotas: new Map(),
    memory: nothingKnown,
    previousMs: new Map(),
    ...changes,
  });
}

describe('a sequence', () => {
  test('needs the least transition as its setup, and pays for it', () => {
    const setupSeconds = setupSecondsOf(unit);
    const [mount] = unit.mounts;
    expect(setupSeconds).toBeGreaterThanOrEqual(mount?.settleSeconds ?? 0);
    expect(inputOf().sequences[0]).toMatchObject({
      setupSeconds,
      chargeSeconds: 600 + setupSeconds,
    });
  });

  test('keeps its limits, its useful part and its way across the sky', () => {
    const path = { kind: 'BODY', body: 'Moon' } as const;
    const limits = { minAltDeg: 40 };
    const waiting = [stored({ skyTarget: path, limits, minUsefulSeconds: 100 })];
    expect(inputOf({ waiting }).sequences[0]).toMatchObject({
      target: path,
      limits,
      minUsefulSeconds: 100,
    });
  });

  test('that could not begin is not tried again until its time', () => {
    const heldUntilMs = new Map([[1, NOW + 600_000]]);
    const memory = { ...nothingKnown, heldUntilMs };
    expect(inputOf({ memory }).sequences[0]?.windowStartMs).toBe(NOW + 600_000);
    const later = { memory, nowMs: NOW + 700_000 };
    expect(inputOf(later).sequences[0]?.windowStartMs).toBe(NOW);
  });

  test('of an alert may take the telescope', () => {
    const [alert] = inputOf({ waiting: [stored({ isAlert: true })] }).sequences;
    expect(alert).toMatchObject({ isAlert: true, mayPreempt: true });
  });
});

describe('the running sequence', () => {
  const slot = { startMs: NOW - 540_000, endMs: NOW + 60_000 };

  test('keeps its slot', () => {
    expect(inputOf({ running: { sequence: stored(), slot } }).running).toMatchObject(slot);
  });

  test('that overran it gets a tenth of its duration more, a minute at least', () => {
    const nowMs = NOW + 60_000;
    const running = { sequence: stored({ durationSeconds: 6000 }), slot };
    expect(inputOf({ running, nowMs }).running?.endMs).toBe(nowMs + 600_000);
    const short = { sequence: stored({ durationSeconds: 60 }), slot };
    expect(inputOf({ running: short, nowMs }).running?.endMs).toBe(nowMs + 60_000);
  });

  test('lasts from its arrival on the target where that is known', () => {
    const onTarget = { sequenceId: 1, sinceMs: NOW - 300_000 };
    const memory = { ...nothingKnown, onTarget };
    const running = { sequence: stored(), slot: { startMs: NOW - 600_000, endMs: NOW } };
    const [startMs, endMs] = [NOW - 300_000, NOW + 300_000];
    expect(inputOf({ running, memory }).running).toMatchObject({ startMs, endMs });
    const other = { ...memory, onTarget: { ...onTarget, sequenceId: 2 } };
    expect(inputOf({ running: { sequence: stored(), slot }, memory: other }).running).toMatchObject(
      slot,
    );
  });

  test('with room for a part ends when it was told to', () => {
    const memory = { ...nothingKnown, onTarget: { sequenceId: 1, sinceMs: NOW - 300_000 } };
    const part = { startMs: NOW - 300_000, endMs: NOW + 60_000 };
    const { running } = inputOf({ running: { sequence: stored(), slot: part }, memory });
    expect(running?.endMs).toBe(part.endMs);
  });

  test('without a slot has its duration from now', () => {
    const { running } = inputOf({ running: { sequence: stored(), slot: null } });
    expect(running).toMatchObject({ startMs: NOW, endMs: NOW + 600_000 });
  });
});

describe('the night', () => {
  test('opens before and closes after the dark', () => {
    const { night } = inputOf();
    expect(night.openMs).toBeLessThan(night.scienceStartMs);
    expect(night.closeMs).toBeGreaterThan(night.scienceEndMs);
  });

  test('decides between equals: the same all night, another one the next', () => {
    expect(inputOf().seed).toBe(20261012);
  });
});

test('the telescope moves as the unit says', () => {
  expect(transitionOf(unit)).toMatchObject({
    slewDegPerSecond: unit.mounts[0]?.slewDegPerSecond,
    domeDegPerSecond: unit.dome.turnDegPerSecond,
  });
  expect(inputOf().transition).toEqual(transitionOf(unit));
});

test('what is known of the observatory is passed on', () => {
  const memory = { ...nothingKnown, seeingArcsec: 1.8, aim: { raDeg: 1, decDeg: 2 } };
  const previousMs = new Map([[1, NOW]]);
  expect(inputOf({ memory, previousMs })).toMatchObject({
    conditions: { seeingArcsec: 1.8 },
    pointing: { raDeg: 1, decDeg: 2 },
    previous: { startMs: previousMs },
  });
});

describe('a running sequence whose row was spoilt', () => {
  test.each<[string, Partial<StoredSequence>]>([
    ['its target', { skyTarget: { raDeg: Number.NaN, decDeg: Number.NaN } }],
    ['its duration', { durationSeconds: Number.NaN }],
    ['its duration, without end', { durationSeconds: Number.POSITIVE_INFINITY }],
  ])('does not keep the others from being planned: %s', (_, changes) => {
    const sequence = stored({ id: 9, status: 'EXECUTING', ...changes });
    const waiting = [stored({ skyTarget: { raDeg: 345, decDeg: 40 } })];
    const slot = { startMs: NOW - 60_000, endMs: NOW + 60_000 };
    const schedule = plan(inputOf({ waiting, running: { sequence, slot } }));
    expect(schedule.entries.map((entry) => entry.sequenceId)).toEqual([9, 1]);
    for (const { startMs, endMs, altDeg, overheadSeconds } of schedule.entries) {
      expect([startMs, endMs, altDeg, overheadSeconds].every(Number.isFinite)).toBe(true);
    }
  });
});
