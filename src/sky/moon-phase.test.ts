import { describe, expect, it } from 'vitest';
import { moonPhase } from './moon-phase.ts';
import { moonPosition } from './sun-moon.ts';

describe('the phase of the Moon', () => {
  // Instants of the phases: any almanac.
  it.each([
    ['2026-11-09T07:02:00Z', 'new moon', 0],
    ['2026-11-17T11:48:00Z', 'first quarter', 90],
    ['2026-11-24T14:53:00Z', 'full moon', 180],
    ['2026-12-01T06:09:00Z', 'last quarter', 270],
  ])('at %s is %s', (at, name, elongationDeg) => {
    const phase = moonPhase(Date.parse(at));
    expect(phase.name).toBe(name);
    expect(Math.cos(((phase.elongationDeg - elongationDeg) * Math.PI) / 180)).toBeCloseTo(1, 4);
  });

  it.each([
    ['2026-11-13T00:00:00Z', 'waxing crescent', true],
    ['2026-11-21T00:00:00Z', 'waxing gibbous', true],
    ['2026-11-28T00:00:00Z', 'waning gibbous', false],
    ['2026-12-05T00:00:00Z', 'waning crescent', false],
    ['2026-12-08T22:00:00Z', 'new moon', false],
  ])('between the quarters, at %s, is %s', (at, name, isWaxing) => {
    expect(moonPhase(Date.parse(at))).toMatchObject({ name, isWaxing });
  });

  it('agrees with the lit fraction', () => {
    const site = { latDeg: 43.75, lonDeg: 6.92, altitudeM: 1300 };
    const ms = Date.parse('2026-11-20T22:00:00Z');
    const { elongationDeg } = moonPhase(ms);
    const lit = (1 - Math.cos((elongationDeg * Math.PI) / 180)) / 2;
    expect(moonPosition(site, ms).illumination).toBeCloseTo(lit, 1);
  });
});
