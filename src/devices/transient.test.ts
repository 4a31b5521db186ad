import { describe, expect, it } from 'vitest';
import { type Transient, transientMagnitude } from './transient.ts';

const MINUTE_MS = 60_000;
const burst: Transient = {
  raDeg: 0,
  decDeg: 0,
  eventMs: 0,
  visibleFromMs: 0,
  magnitudeAtMinute: 15,
  decayIndex: 1,
};

describe('a transient', () => {
  it('has its magnitude one minute after the burst', () => {
    expect(transientMagnitude(burst, MINUTE_MS)).toBe(15);
  });

  it('loses 2.5 magnitudes per decade of time for an index of one', () => {
    expect(transientMagnitude(burst, 10 * MINUTE_MS)).toBeCloseTo(17.5, 9);
  });

  it('is not seen before it bursts, nor before it is drawn', () => {
    expect(transientMagnitude(burst, -1)).toBeNull();
    expect(transientMagnitude({ ...burst, visibleFromMs: 5000 }, 4999)).toBeNull();
  });

  it('does not blow up at the burst', () => {
    expect(transientMagnitude(burst, 0)).toBe(transientMagnitude(burst, 10_000));
  });
});
