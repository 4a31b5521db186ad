import { describe, expect, test } from 'vitest';
import { smallUnit } from '#testing';
import { type StartCheck, whyNotStart } from './start-check.ts';

const START = Date.UTC(2026, 9, 12, 22);
const MINUTE = 60_000;
const unit = smallUnit();
/** Half way up the sky at that time, and sinking in the west. */
const HIGH = { raDeg: 345, decDeg: 40 };

function check(changes: Partial<StartCheck['sequence']> = {}, minutes = 30): string | null {
  return whyNotStart({
    unit: { ...unit, horizon: [] },
    startMs: START,
    endMs: START + minutes * MINUTE,
    sequence: {
      skyTarget: HIGH,
      targetFault: '',
      windowStartMs: START - 60 * MINUTE,
      windowEndMs: START + 24 * 60 * MINUTE,
      ...changes,
    },
  });
}

test('what the plan promised may begin', () => {
  expect(check()).toBeNull();
});

describe('the window', () => {
  test('that is not open yet', () => {
    expect(check({ windowStartMs: START + 10 * MINUTE })).toContain('begins at 22:10 UTC');
  });

  test('that ends before the observation would', () => {
    expect(check({ windowEndMs: START + 20 * MINUTE })).toContain('ends at 22:20 UTC');
  });

  test('is not held against an observation that begins two minutes late', () => {
    expect(check({ windowEndMs: START + 28 * MINUTE })).toBeNull();
  });
});

describe('the sky', () => {
  test('is looked at until the end', () => {
    expect(check({}, 30)).toBeNull();
    expect(check({}, 600)).toMatch(/^it stands .*, below its limit of/);
  });

  test('has the limits of the sequence where it has its own', () => {
    expect(check({ limits: { minAltDeg: 89 } })).toContain('below its limit of 89.0°');
  });

  test('ends at the local horizon', () => {
    const why = whyNotStart({
      unit: { ...unit, horizon: [{ azDeg: 0, altDeg: 85 }] },
      startMs: START,
      endMs: START + MINUTE,
      sequence: {
        skyTarget: HIGH,
        targetFault: '',
        windowStartMs: START,
        windowEndMs: START + 60 * MINUTE,
      },
    });
    expect(why).toContain('behind the horizon, which is 85.0° high there');
  });

  test('has a Sun that may be asked to be far', () => {
    expect(check({ limits: { sunDistanceDeg: 179 } })).toMatch(/from the Sun at 22:00 UTC/);
  });

  test('has a Moon that counts while it is up only', () => {
    const up = Date.UTC(2026, 9, 24, 22);
    const limits = { moonDistanceDeg: 179 };
    const sequence = { skyTarget: HIGH, targetFault: '', limits };
    const open = { windowStartMs: START, windowEndMs: up + 60 * MINUTE };
    const at = (ms: number) =>
      whyNotStart({
        unit: { ...unit, horizon: [] },
        startMs: ms,
        endMs: ms + MINUTE,
        sequence: { ...sequence, ...open },
      });
    expect(at(up)).toMatch(/from the Moon at 22:00 UTC/);
    expect(at(START)).toBeNull();
  });
});

test('a row that is no target is told as it is', () => {
  expect(check({ targetFault: '"Vulcan" is no body' })).toBe('"Vulcan" is no body.');
});
