import { expect, test } from 'vitest';
import { slitOffsetDeg } from './slit-offset.ts';

test.each([
  ['at the horizon it is the difference of azimuth', 100, { altDeg: 0, azDeg: 120 }, 20],
  ['it goes the short way over north', 350, { altDeg: 0, azDeg: 10 }, 20],
  ['half way up less of the slit is missed', 100, { altDeg: 60, azDeg: 190 }, 30],
  ['at the zenith any azimuth does', 0, { altDeg: 90, azDeg: 180 }, 0],
  ['a slit behind the telescope is as far as can be', 0, { altDeg: 0, azDeg: 180 }, 90],
])('%s', (_, slit, telescope, offset) => {
  expect(slitOffsetDeg(slit, telescope)).toBeCloseTo(offset, 6);
});
