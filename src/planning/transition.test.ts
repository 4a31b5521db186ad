import { describe, expect, it } from 'vitest';
import {
  leastTransitionSeconds,
  slewSecondsBetween,
  type Transition,
  transitionSeconds,
} from './transition.ts';

const unit: Transition = {
  slewDegPerSecond: 8,
  slewAccelDegPerSecond2: 2,
  settleSeconds: 3,
  domeDegPerSecond: 6,
  wheelSeconds: 4,
};

describe('the way to the next target', () => {
  it('follows a trapezium of speed when it is long, then settles', () => {
    expect(transitionSeconds(80, unit)).toBe(14 + 3);
  });

  it('follows a triangle of speed when it is short', () => {
    expect(transitionSeconds(8, unit)).toBe(4 + 3);
  });

  it('is continuous where the mount just reaches full speed', () => {
    expect(transitionSeconds(32, unit)).toBeCloseTo(transitionSeconds(31.999999, unit), 5);
  });

  it('waits for the dome where that is slower', () => {
    expect(transitionSeconds(80, { ...unit, domeDegPerSecond: 2 })).toBe(40);
  });

  it('waits for the wheels where they are slowest', () => {
    expect(transitionSeconds(0, { ...unit, wheelSeconds: 5 })).toBe(5);
  });

  it('is at full speed at once with an infinite acceleration', () => {
    const simple = { ...unit, slewAccelDegPerSecond2: Number.POSITIVE_INFINITY };
    expect(transitionSeconds(80, simple)).toBeCloseTo(80 / 6, 9);
    expect(transitionSeconds(0, simple)).toBe(4);
  });
});

describe('its two parts', () => {
  it('are what every target needs, its setup, and what the distance adds', () => {
    expect(leastTransitionSeconds(unit)).toBe(4);
    expect(slewSecondsBetween(80, unit)).toBe(13);
    expect(slewSecondsBetween(0, unit)).toBe(0);
  });

  it('let a short slew hide behind the wheels', () => {
    expect(slewSecondsBetween(0.1, { ...unit, wheelSeconds: 10 })).toBe(0);
  });
});
