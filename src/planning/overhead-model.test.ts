import { describe, expect, it } from 'vitest';
import {
  measuredTransition,
  nothingMeasured,
  type OverheadMemory,
  overheadFactor,
  withOverhead,
} from './overhead-model.ts';
import { transitionSeconds } from './transition.ts';

/** Slews reckoned at 10 s that took so long. */
function slews(...seconds: readonly number[]): OverheadMemory {
  return seconds.reduce<OverheadMemory>(
    (memory, each) => withOverhead(memory, { kind: 'slew', seconds: each, plannedSeconds: 10 }),
    nothingMeasured,
  );
}

describe('what is known of an overhead', () => {
  it('corrects nothing before there are three measurements', () => {
    expect(overheadFactor(slews(30, 30), 'slew')).toBe(1);
  });

  it('is the median, which one slew that hung does not move', () => {
    expect(overheadFactor(slews(15, 15, 15, 300), 'slew')).toBe(1.5);
  });

  it('is bounded, for what takes ten times as long is broken', () => {
    expect(overheadFactor(slews(100, 100, 100), 'slew')).toBe(3);
    expect(overheadFactor(slews(0, 0, 0), 'slew')).toBe(0.7);
  });

  it('follows the last measurements: older ones are forgotten', () => {
    const changed = slews(...Array.from({ length: 15 }, () => 20), ...Array(15).fill(10));
    expect(overheadFactor(changed, 'slew')).toBe(1);
  });

  it('leaves out what makes no sense', () => {
    expect(slews(Number.NaN, -1).size).toBe(0);
    const planned = { kind: 'slew', seconds: 5, plannedSeconds: 0 };
    expect(withOverhead(nothingMeasured, planned).size).toBe(0);
  });

  it('is kept apart by kind', () => {
    expect(overheadFactor(slews(20, 20, 20), 'wheel')).toBe(1);
  });
});

describe('the transition as measured', () => {
  const nominal = {
    slewDegPerSecond: 8,
    slewAccelDegPerSecond2: 2,
    settleSeconds: 3,
    domeDegPerSecond: 6,
    wheelSeconds: 0,
  };

  it('is the nominal one while nothing is known', () => {
    expect(measuredTransition(nominal, nothingMeasured)).toEqual(nominal);
  });

  it.each([0, 5, 40, 150])('is longer by the factor over %d degrees', (distanceDeg) => {
    const slow = measuredTransition(nominal, slews(15, 15, 15));
    const nominalSeconds = transitionSeconds(distanceDeg, nominal);
    expect(transitionSeconds(distanceDeg, slow)).toBeCloseTo(1.5 * nominalSeconds, 9);
  });
});
