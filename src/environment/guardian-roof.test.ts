import { describe, expect, it } from 'vitest';
import type { TelescopeStatus } from '#devices';
import { isParked, roofWay } from './guardian-roof.ts';

const RULE = { deadlineSeconds: 60, thenClose: true };
const way = (rule: typeof RULE | undefined, isParked: boolean, dangerSeconds: number) =>
  roofWay(rule, { isParked, dangerSeconds });

describe('a roof', () => {
  it('that has no rule never waits', () => {
    expect(way(undefined, false, 0)).toBe('free');
  });

  it('waits for its telescope until the deadline, then closes all the same', () => {
    expect([way(RULE, false, 59), way(RULE, false, 60)]).toEqual(['parking', 'free']);
  });

  it('waits for a person when its rule says so', () => {
    expect(way({ ...RULE, thenClose: false }, false, 3600)).toBe('held');
  });

  it('is free as soon as the telescope is parked', () => {
    expect(way({ ...RULE, thenClose: false }, true, 0)).toBe('free');
  });
});

describe('a telescope', () => {
  const mount = { park: { altDeg: 0, azDeg: 180 }, parkToleranceDeg: 1 };
  const status = (more: Partial<TelescopeStatus>): TelescopeStatus => ({
    motion: 'parked',
    ...{ raDeg: 0, decDeg: 0, haDeg: 0, altDeg: 0.2, azDeg: 180.5 },
    ...{ stopSensor: false, homed: true, flatPosition: false, atMs: 0 },
    ...more,
  });

  it('is parked when it says so and is there', () => {
    expect(isParked(status({}), mount)).toBe(true);
  });

  it.each([
    ['says nothing', null],
    ['is on its way', status({ motion: 'parking' })],
    ['says that it is parked, elsewhere (F16)', status({ altDeg: 40 })],
    ['says that it is parked, turned away', status({ azDeg: 200 })],
    ['gives a place that is no number', status({ azDeg: Number.NaN })],
  ])('is not parked when it %s', (_what, one) => {
    expect(isParked(one, mount)).toBe(false);
  });
});
