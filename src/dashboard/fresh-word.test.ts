import { expect, it } from 'vitest';
import { isFreshWord, shutterNow } from './fresh-word.ts';

const nowMs = Date.UTC(2026, 9, 12, 22);
const times = { nowMs, maxAgeSeconds: 20 };
const at = (seconds: number) => new Date(nowMs + seconds * 1000).toISOString();
const closed = (seconds: number) => ({ updated: at(seconds), status: { shutter: 'closed' } });

it('believes a word that is neither too old nor dated ahead (F41)', () => {
  expect([-20, -21, 20, 3600].map((seconds) => isFreshWord(at(seconds), times))).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(isFreshWord('', times)).toBe(false);
});

it('does not call a dome closed that has been silent, or never spoke', () => {
  expect(shutterNow(closed(-60), times)).toBe('closed');
  expect(shutterNow(closed(-61), times)).toBe('unknown');
  expect(shutterNow(closed(3600), times)).toBe('unknown');
  expect(shutterNow({ updated: at(0), status: {} }, times)).toBe('unknown');
  expect(shutterNow(null, times)).toBe('unknown');
});
