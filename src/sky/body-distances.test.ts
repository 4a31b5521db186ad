import { describe, expect, it } from 'vitest';
import { separationDeg } from './angles.ts';
import { bodyDistances } from './body-distances.ts';
import { moonPosition, sunPosition } from './sun-moon.ts';

const site = { latDeg: 43.75, lonDeg: 6.92, altitudeM: 1300 };
const ms = Date.parse('2026-11-24T22:00:00Z');

describe('how far a target is from Sun and Moon', () => {
  it('is the angle on the sky', () => {
    const star = { raDeg: 83.63, decDeg: 22.01 };
    const { moonDeg, sunDeg } = bodyDistances(star, site, ms);
    expect(moonDeg).toBe(separationDeg(star, moonPosition(site, ms)));
    expect(sunDeg).toBe(separationDeg(star, sunPosition(site, ms)));
  });

  it('is none from the Moon to itself, and almost 180° to the Sun when it is full', () => {
    const { moonDeg, sunDeg } = bodyDistances({ kind: 'BODY', body: 'Moon' }, site, ms);
    expect(moonDeg).toBeCloseTo(0, 9);
    expect(sunDeg).toBeGreaterThan(170);
  });
});
