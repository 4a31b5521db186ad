import { describe, expect, it } from 'vitest';
import { altAz } from './horizontal.ts';
import { SITES } from './reference-sky.ts';
import { airmass, elevationCurve, horizonAltAt } from './visibility.ts';

const target = { raDeg: 202.9277, decDeg: 29.2583 };
const startMs = Date.parse('2014-04-23T20:14:00Z');

describe('the local horizon', () => {
  const horizon = [
    { azDeg: 10, altDeg: 12 },
    { azDeg: 40, altDeg: 15 },
    { azDeg: 300, altDeg: 13 },
  ];

  it.each([
    [10, 12],
    [39.99, 12],
    [40, 15],
    [299, 15],
    [300, 13],
    [359.9, 13],
    [0, 13],
    [9.99, 13],
    [370, 12],
    [-20, 13],
  ])('holds by steps and closes through the north: at %d° it is %d°', (azDeg, altDeg) => {
    expect(horizonAltAt(horizon, azDeg)).toBe(altDeg);
  });

  it('takes a point at 360° for the north', () => {
    const points = [
      { azDeg: 90, altDeg: 20 },
      { azDeg: 360, altDeg: 5 },
    ];
    expect(horizonAltAt(points, 0)).toBe(5);
    expect(horizonAltAt(points, 89)).toBe(5);
  });

  it('is flat when nobody described it', () => {
    expect(horizonAltAt([], 123)).toBe(0);
  });
});

describe('the air mass', () => {
  it('is one at the zenith', () => {
    expect(airmass(90)).toBeCloseTo(1, 5);
  });

  it.each([30, 45, 60])('is within 0.5 % of the secant law at %d°', (altDeg) => {
    const secant = 1 / Math.sin((altDeg * Math.PI) / 180);
    expect(Math.abs(airmass(altDeg) / secant - 1)).toBeLessThan(0.005);
  });

  it('is about 31.7 on the true horizon, and infinite below', () => {
    expect(airmass(0)).toBeCloseTo(31.73, 2);
    expect(airmass(-0.01)).toBe(Number.POSITIVE_INFINITY);
  });

  it('only grows on the way down', () => {
    for (let altDeg = 89; altDeg >= 0; altDeg--) {
      expect(airmass(altDeg)).toBeGreaterThan(airmass(altDeg + 1));
    }
  });
});

describe('an elevation curve', () => {
  it('samples both ends at the asked step', () => {
    const endMs = startMs + 3_600_000;
    const curve = elevationCurve({ target, site: SITES.calern, startMs, endMs, stepSeconds: 60 });
    expect(curve.altDeg).toHaveLength(61);
    const last = altAz(target, SITES.calern, endMs);
    expect(curve.altDeg[60]).toBe(last.altDeg);
    expect(curve.azDeg[60]).toBe(last.azDeg);
  });

  it('is empty when the end comes first', () => {
    const span = { target, site: SITES.calern, startMs, endMs: startMs - 1, stepSeconds: 60 };
    expect(elevationCurve(span).altDeg).toHaveLength(0);
  });

  it.each([0, -1, Number.NaN])('cannot step by %d s', (stepSeconds) => {
    const span = { target, site: SITES.calern, startMs, endMs: startMs, stepSeconds };
    expect(() => elevationCurve(span)).toThrow('cannot step');
  });
});
