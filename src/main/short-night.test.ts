import { expect, test } from 'vitest';
import { DEFAULT_NIGHT } from './demo-night.ts';
import { loadUnit } from './run-settings.ts';
import { shortNight, shortRates, shortUnit } from './short-night.ts';

const unit = shortUnit(loadUnit('indi'));
const seconds = (night: ReturnType<typeof shortNight>) => ({
  dark: (night.dark.endMs - night.startMs) / 1000,
  burst: ((night.burst?.bat.ms ?? 0) - night.startMs) / 1000,
  closing: (night.closeMs - night.dark.endMs) / 1000,
});

test('a short night is the end of the dark, and closes at once after it', () => {
  const { dark, closing } = seconds(shortNight(unit, DEFAULT_NIGHT, 330));
  expect(dark).toBeCloseTo(330, 3);
  expect(closing).toBeGreaterThan(5);
  expect(closing).toBeLessThan(60);
});

test('it is lived on real time to its end', () => {
  const night = shortNight(unit, DEFAULT_NIGHT, 330);
  expect(shortRates(night)).toEqual([{ fromMs: night.startMs, rate: 1 }]);
});

test.each([
  [330, 132],
  [75, 8],
])('the burst of %d dark seconds comes after %d', (darkSeconds, burstSeconds) => {
  const { burst } = seconds(shortNight(unit, DEFAULT_NIGHT, darkSeconds));
  expect(burst).toBeCloseTo(burstSeconds, 3);
});
