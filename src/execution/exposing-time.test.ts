import { expect, test } from 'vitest';
import { exposingSeconds } from './exposing-time.ts';

const HOUR = 3_600_000;
const DARK = { startMs: 0, endMs: HOUR };

function image(fromSeconds: number, seconds: number) {
  return { start_at: new Date(fromSeconds * 1000).toISOString(), seconds };
}

test('exposures one after the other add up', () => {
  expect(exposingSeconds([image(0, 30), image(40, 30)], DARK)).toBe(60);
});

test('channels that expose at the same time count once', () => {
  expect(exposingSeconds([image(0, 30), image(0, 30)], DARK)).toBe(30);
});

test('the part of one that another does not cover counts', () => {
  expect(exposingSeconds([image(20, 30), image(0, 30)], DARK)).toBe(50);
  expect(exposingSeconds([image(0, 100), image(10, 20), image(90, 20)], DARK)).toBe(110);
});

test('only what lies in the dark counts', () => {
  expect(exposingSeconds([image(-10, 30), image(3590, 30)], DARK)).toBe(30);
  expect(exposingSeconds([image(-100, 30)], DARK)).toBe(0);
});

test('a night without darkness has none', () => {
  expect(exposingSeconds([image(0, 30)], null)).toBe(0);
});
