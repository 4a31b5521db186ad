import { expect, test } from 'vitest';
import { isProvedParked } from './park-keeper.ts';

const NOW = Date.UTC(2026, 9, 12, 22);
const MOUNT = { park: { altDeg: 0, azDeg: 180 }, parkToleranceDeg: 1 };
const at = (agoSeconds: number) => new Date(NOW - agoSeconds * 1000).toISOString();
const proved = (status: Record<string, unknown>, agoSeconds = 5) =>
  isProvedParked({ updated: at(agoSeconds), status }, MOUNT, { nowMs: NOW, maxAgeSeconds: 60 });

const PARKED = { motion: 'parked', altDeg: 0.3, azDeg: 179.6 };

test('a telescope that says so and is there is parked', () => expect(proved(PARKED)).toBe(true));

test.each([
  ['says so elsewhere (F16)', { ...PARKED, altDeg: 45 }],
  ['says so at the wrong azimuth (F16)', { ...PARKED, azDeg: 0 }],
  ['does not tell where it is', { motion: 'parked' }],
  ['is there and tracks', { ...PARKED, motion: 'tracking' }],
  ['no longer answers', { ...PARKED, connected: false }],
])('a telescope that %s is not', (_, status) => expect(proved(status)).toBe(false));

test('a word that is too old, or from the future, proves nothing', () => {
  expect(proved(PARKED, 61)).toBe(false);
  expect(proved(PARKED, -61)).toBe(false);
  expect(isProvedParked(undefined, MOUNT, { nowMs: NOW, maxAgeSeconds: 60 })).toBe(false);
});
