import { describe, expect, test } from 'vitest';
import { type BypassLook, bypassAct, bypassEndMs, nextSunriseMs } from './bypass.ts';

const CALERN = { latDeg: 43.75, lonDeg: 6.92, altitudeM: 1320 };
const SVALBARD = { latDeg: 78.2, lonDeg: 15.6, altitudeM: 0 };
const NOW = Date.UTC(2026, 9, 12, 22);
const LOOK: BypassLook = {
  wished: true,
  untilMs: NOW + 60_000,
  shown: true,
  wasShown: true,
  nowMs: NOW,
  waitedSeconds: 0,
  echoSeconds: 10,
};
const act = (changes: Partial<BypassLook>) => bypassAct({ ...LOOK, ...changes });

describe('a bypass', () => {
  test('that is wished and shown is left alone', () => {
    expect(act({})).toEqual({ kind: 'rest' });
  });

  test('that is wished and not shown yet is asked for', () => {
    expect(act({ shown: false, wasShown: false })).toEqual({ kind: 'ask', on: true });
  });

  test.each([false, null])('that is not shown in time fails: PLC KO (shown: %s)', (shown) => {
    expect(act({ shown, wasShown: false, waitedSeconds: 10 })).toEqual({ kind: 'fail' });
  });

  test('ends with its time, shown or not', () => {
    expect(act({ nowMs: NOW + 60_000 })).toMatchObject({ kind: 'end' });
    expect(act({ nowMs: NOW + 60_000, shown: false })).toMatchObject({ kind: 'end' });
  });

  test('of which nobody knows the end is over', () => {
    expect(act({ untilMs: null })).toMatchObject({ kind: 'end' });
    expect(act({ untilMs: Number.NaN })).toMatchObject({ kind: 'end' });
  });

  test('ends when the PLC lets go of it by itself', () => {
    expect(act({ shown: false })).toEqual({ kind: 'end', reason: 'the PLC shows it no more' });
  });

  test('of a PLC that falls silent is void', () => {
    expect(act({ shown: null, waitedSeconds: 60 })).toEqual({ kind: 'fail' });
  });

  test('that nobody wants is asked to end', () => {
    expect(act({ wished: false })).toEqual({ kind: 'ask', on: false });
    expect(act({ wished: false, shown: false })).toEqual({ kind: 'rest' });
    expect(act({ wished: false, shown: null })).toEqual({ kind: 'rest' });
  });
});

describe('the end of a bypass', () => {
  const asked = { site: CALERN, nowMs: NOW, minutes: 20, longestMinutes: 30 };

  test('is as asked, within what is allowed', () => {
    expect(bypassEndMs(asked)).toBe(NOW + 20 * 60_000);
    expect(bypassEndMs({ ...asked, minutes: 600 })).toBe(NOW + 30 * 60_000);
  });

  test('never lies after sunrise', () => {
    const sunriseMs = nextSunriseMs(CALERN, NOW) ?? 0;
    const end = bypassEndMs({ ...asked, nowMs: sunriseMs - 60_000 });
    expect(end).toBe(sunriseMs);
  });
});

describe('the next sunrise', () => {
  test('follows within a day, also when today has had its own', () => {
    const firstMs = nextSunriseMs(CALERN, NOW) ?? 0;
    const secondMs = nextSunriseMs(CALERN, firstMs + 60_000) ?? 0;
    expect(secondMs - firstMs).toBeGreaterThan(23.9 * 3_600_000);
    expect(secondMs - firstMs).toBeLessThan(24.1 * 3_600_000);
  });

  test('is not there in the polar day and the polar night', () => {
    expect(nextSunriseMs(SVALBARD, Date.UTC(2026, 5, 20))).toBeNull();
    expect(nextSunriseMs(SVALBARD, Date.UTC(2026, 11, 20))).toBeNull();
  });
});
