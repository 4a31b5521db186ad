import { describe, expect, it } from 'vitest';
import {
  checkSample,
  INVARIANTS_FRESH,
  type InvariantState,
  type Sample,
  type Violation,
} from './invariants.ts';

const TERMS = {
  dome: { closeSeconds: 35, permitSeconds: 10 },
  pollSeconds: 2,
  minAltDeg: 10,
  sunLimitDeg: 20,
};
const FINE: Omit<Sample, 'atMs'> = {
  openFraction: 1,
  domeObeys: true,
  mustClose: null,
  guardianRuns: true,
  mount: { altDeg: 50, sunDistanceDeg: 90, tracks: true, obeys: true },
};

/** A sample a second, as told; everything that was found broken. */
function watched(seconds: number, tell: (second: number) => Partial<Sample>): Violation[] {
  const all: Violation[] = [];
  let state: InvariantState = INVARIANTS_FRESH;
  for (let second = 0; second < seconds; second++) {
    const sample = { ...FINE, ...tell(second), atMs: second * 1000 };
    const { state: next, violations } = checkSample(state, sample, TERMS);
    state = next;
    all.push(...violations);
  }
  return all;
}

const names = (violations: readonly Violation[]) => violations.map(({ invariant }) => invariant);

describe('the invariants of a night', () => {
  it('hold while nothing forbids an open dome', () => {
    expect(watched(600, () => ({}))).toEqual([]);
  });

  it('hold when the dome closes soon enough', () => {
    const found = watched(120, (second) => ({
      mustClose: 'it rains',
      openFraction: Math.max(0, Math.min(1, 1 - (second - 5) / 35)),
    }));
    expect(found).toEqual([]);
  });

  it('are broken by a dome that stays open in the rain, once', () => {
    const found = watched(300, () => ({ mustClose: 'it rains' }));
    expect(names(found)).toEqual(['I1 closing']);
    expect(found[0]?.atMs).toBe(19_000);
    expect(found[0]?.sentence).toContain('it rains');
  });

  it('are broken by a dome that goes on closing for ever', () => {
    const found = watched(300, (second) => ({
      mustClose: 'it rains',
      openFraction: 1 - second / 1000,
    }));
    expect(names(found)).toEqual(['I1 closed']);
  });

  it('ask nothing of a dome that cannot obey', () => {
    expect(watched(300, () => ({ mustClose: 'it rains', domeObeys: false }))).toEqual([]);
  });

  it('are broken by a mount that tracks below its limit, or towards the Sun', () => {
    const low = { ...FINE.mount, altDeg: 8 };
    expect(names(watched(60, () => ({ mount: low })))).toEqual(['I6 limits']);
    const sunny = { ...FINE.mount, sunDistanceDeg: 12 };
    expect(names(watched(60, () => ({ mount: sunny })))).toEqual(['I6 limits']);
  });

  it('allow a mount to be stopped within seconds of its limit', () => {
    const found = watched(60, (second) => ({
      mount: { ...FINE.mount, altDeg: 8, tracks: second < 10 },
    }));
    expect(found).toEqual([]);
  });
});
