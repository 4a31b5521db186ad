import { describe, expect, it } from 'vitest';
import { separationDeg } from './angles.ts';
import { type AltAz, altAz } from './horizontal.ts';
import { MOON_NIGHTS, MOONS, SITES, SUNS } from './reference-sky.ts';
import { moonPosition, moonRiseSet, sunPosition } from './sun-moon.ts';
import { nightBounds } from './time.ts';

function arcsecBetween(a: AltAz, b: AltAz): number {
  const onSphere = (place: AltAz) => ({ raDeg: place.azDeg, decDeg: place.altDeg });
  return separationDeg(onSphere(a), onSphere(b)) * 3600;
}

describe('the Sun', () => {
  it.each(SUNS)('stands where PyEphem says, within 3″ (%s, %s)', (site, at, altDeg, azDeg) => {
    const place = sunPosition(SITES[site], Date.parse(at));
    expect(arcsecBetween(place, { altDeg, azDeg })).toBeLessThan(3);
  });
});

describe('the Moon', () => {
  it.each(MOONS)('stands where PyEphem says, within 4″ (%s, %s)', (...row) => {
    const [site, at, altDeg, azDeg, illumination] = row;
    const place = moonPosition(SITES[site], Date.parse(at));
    expect(arcsecBetween(place, { altDeg, azDeg })).toBeLessThan(4);
    expect(place.illumination).toBeCloseTo(illumination, 3);
  });

  it('has the coordinates of a target that stands where it does', () => {
    const ms = Date.parse('2019-03-29T02:00:00Z');
    const moon = moonPosition(SITES.reunion, ms);
    expect(arcsecBetween(altAz(moon, SITES.reunion, ms), moon)).toBeLessThan(0.001);
  });

  it.each(MOON_NIGHTS)('rises and sets when PyEphem says, within 5 s (%s, %s)', (...row) => {
    const [site, night, rise, set] = row;
    const { startMs, endMs } = nightBounds(night, SITES[site].lonDeg);
    const found = moonRiseSet(SITES[site], startMs, endMs);
    expect(Math.abs((found.riseMs ?? 0) - Date.parse(rise))).toBeLessThan(5000);
    expect(Math.abs((found.setMs ?? 0) - Date.parse(set))).toBeLessThan(5000);
  });

  it('may neither rise nor set in the far north', () => {
    const { startMs, endMs } = nightBounds('2026-03-10', SITES.north.lonDeg);
    expect(moonRiseSet(SITES.north, startMs, endMs)).toEqual({ riseMs: null, setMs: null });
  });

  it('does not rise outside the stretch that was asked', () => {
    const rise = Date.parse('2014-04-24T01:46:54Z');
    const hour = 3_600_000;
    expect(moonRiseSet(SITES.calern, rise - hour, rise - 60_000).riseMs).toBeNull();
    expect(moonRiseSet(SITES.calern, rise + hour, rise - hour).riseMs).toBeNull();
  });
});
