import { expect, test } from 'vitest';
import type { RawFrame } from '#devices';
import { seededRandom } from '#platform';
import { faultOfFrame } from './frame-fault.ts';

const SIDE = 64;
const wish = { exposureId: '1-1-1-1', width: SIDE, height: SIDE, filter: 'r', seconds: 10 };

/** A plain sky of 1200 counts with some noise. */
function frame(changes: Partial<RawFrame> = {}): RawFrame {
  const random = seededRandom(7);
  const pixels = new Uint16Array(SIDE * SIDE).map(() => 1200 + random.integer(40));
  const more = { startMs: 0, temperatureC: -110 };
  return { ...wish, ...more, pixels, ...changes };
}

test('a sky with its noise is an image', () => {
  expect(faultOfFrame(frame(), wish)).toBeNull();
});

test('a saturated star does not spoil an image', () => {
  const { pixels } = frame();
  pixels.fill(65_535, 2000, 2040);
  expect(faultOfFrame(frame({ pixels }), wish)).toBeNull();
});

test('one that was cut is judged by its pixels alone', () => {
  expect(faultOfFrame(frame({ seconds: 3 }), { ...wish, seconds: null })).toBeNull();
});

test.each([
  ['another exposure', { exposureId: '1-1-1-2' }, 'the image of 1-1-1-2'],
  ['another size', { height: 32 }, '64 × 32'],
  ['too few pixels', { pixels: new Uint16Array(SIDE * 10) }, '640 of 4096 pixels'],
  ['another filter', { filter: 'g' }, 'through g instead of r'],
  ['a short exposure', { seconds: 3 }, '3 s instead of 10 s'],
])('%s is told in a sentence', (_, changes, words) => {
  expect(faultOfFrame(frame(changes), wish)).toContain(words);
});

test('rows that were never read are found', () => {
  const { pixels } = frame();
  pixels.fill(0, 50 * SIDE);
  expect(faultOfFrame(frame({ pixels }), wish)).toBe('14 of its 64 rows hold one value only.');
});

test('the core of a bright cluster, saturated beside dark sky, is an image', () => {
  const { pixels } = frame();
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [(i % SIDE) - 32, Math.floor(i / SIDE) - 32];
    if (Math.hypot(x, y) < 14 && (x + y) % 3 !== 0) pixels[i] = 65_535;
  }
  expect(faultOfFrame(frame({ pixels }), wish)).toBeNull();
});

test('noise over the whole range is no image', () => {
  const random = seededRandom(3);
  const pixels = new Uint16Array(SIDE * SIDE).map(() => random.integer(65_536));
  expect(faultOfFrame(frame({ pixels }), wish)).toContain('noise');
});
