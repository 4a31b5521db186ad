import { expect, test } from 'vitest';
import { altAz, separationDeg, sunPosition } from '#sky';
import { smallUnit } from '#testing';
import { flatPlace } from './flat-place.ts';

test('flats are taken near the zenith, away from the Sun', () => {
  const { site } = smallUnit();
  const duskMs = Date.UTC(2026, 9, 12, 17, 20);
  const place = flatPlace(site, duskMs);
  const { altDeg } = altAz(place, site, duskMs);
  expect(altDeg).toBeCloseTo(77, 3);
  expect(separationDeg(place, sunPosition(site, duskMs))).toBeGreaterThan(90);
});
