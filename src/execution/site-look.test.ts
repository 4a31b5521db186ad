import { describe, expect, test } from 'vitest';
import type { SafetyRow } from '#environment';
import { VirtualClock } from '#platform';
import { passOn } from '#testing';
import { FreshWatch, NO_SITE, siteLook } from './site-look.ts';

const AT = '2026-10-12T22:00:00.000Z';
const ROW: SafetyRow = {
  updated: AT,
  frame_at: AT,
  mode: 'auto',
  night_ack: 1,
  bypass: 0,
  bypass_state: 'off',
  bypass_since: null,
  raw_safe: 1,
  safe: 1,
  reasons: '[]',
  causes: '[]',
  clock_offset: 0,
  refused_frames: 0,
};
const cause = (key: string, kind = 'weather') => {
  return { key, kind, sentence: `${key} is bad`, since: AT, earliestEnd: null };
};
const look = (changes: Partial<SafetyRow>, wished = false) =>
  siteLook({ ...ROW, ...changes }, { isFresh: true, wished });

describe('the site', () => {
  test('of which nothing fresh is known is unsafe, and without a PLC', () => {
    expect(siteLook(ROW, { isFresh: false, wished: true })).toEqual(NO_SITE);
    expect(siteLook(null, { isFresh: true, wished: true })).toEqual(NO_SITE);
  });

  test('without the PLC’s data has no PLC, and says why', () => {
    const silent = look({
      safe: 0,
      raw_safe: 0,
      causes: JSON.stringify([cause('plc', 'hardware')]),
    });
    expect(silent).toMatchObject({ plcAlive: false, safe: false, causes: [{ key: 'plc' }] });
  });

  test('does not take a button that is not known for one that was let go', () => {
    expect([1, 0, -1].map((night_ack) => look({ night_ack }).nightAck)).toEqual([1, 0, null]);
  });

  test('is frozen by an alarm that stood when it was last heard of, and by no unknown one', () => {
    const stop = { ...cause('emergency stop', 'site'), sentence: 'The emergency stop is pressed' };
    const unknown = { ...stop, sentence: 'emergency stop is unknown' };
    const rowOf = (one: object) => ({ ...ROW, safe: 0, causes: JSON.stringify([one]) });
    const frozen = (one: object, isFresh: boolean) =>
      siteLook(rowOf(one), { isFresh, wished: false }).isFrozen;
    expect([frozen(stop, true), frozen(stop, false)]).toEqual([true, true]);
    expect(frozen(unknown, true)).toBe(false);
  });

  test('keeps raw, bypass and effective apart', () => {
    const bypassed = { raw_safe: 0, bypass: 1, safe: 1, causes: JSON.stringify([cause('wind')]) };
    const values = { rawSafe: false, bypassShown: true, causes: [{ key: 'wind' }] };
    expect(look(bypassed, true)).toMatchObject({ ...values, safe: true });
    expect(look(bypassed, false)).toMatchObject({ ...values, safe: false });
  });

  test('under a bypass while it is safe anyway stays safe', () => {
    expect(look({ bypass: 1 })).toMatchObject({ rawSafe: true, safe: true });
  });

  test('is never safe by a wish alone', () => {
    expect(look({ raw_safe: 0, safe: 0, bypass: 1 }, true).safe).toBe(false);
    expect(look({ raw_safe: 0, safe: 0 }, true).safe).toBe(false);
  });

  test('takes a clock that is wrong for hardware, and an odd mode for none', () => {
    const odd = look({ safe: 0, mode: 'turbo', causes: JSON.stringify([cause('clock', 'clock')]) });
    expect(odd).toMatchObject({ plcMode: null, causes: [{ kind: 'hardware', key: 'clock' }] });
  });

  test('that is unsafe has a cause, whatever the row holds', () => {
    expect(look({ safe: 0, causes: 'nonsense', reasons: '' }).causes).toHaveLength(1);
    expect(look({ safe: 0, causes: '[]', reasons: '["rain"]' }).causes).toMatchObject([
      { sentence: 'rain' },
    ]);
  });
});

describe('a row', () => {
  const START = Date.UTC(2026, 9, 12, 22);
  const iso = (ms: number) => new Date(ms).toISOString();

  test('is fresh while it is written again, whatever a clock is set to (I9)', async () => {
    const clock = new VirtualClock(START);
    const watch = new FreshWatch(clock);
    expect(watch.isFresh(iso(START), 20)).toBe(true);
    await passOn(clock, 10);
    expect(watch.isFresh(iso(START + 3_600_000), 20)).toBe(true);
    await passOn(clock, 10);
    expect(watch.isFresh(iso(START + 3_600_000), 20)).toBe(true);
    await passOn(clock, 11);
    expect(watch.isFresh(iso(START + 3_600_000), 20)).toBe(false);
  });

  test('that is found old, or dated ahead, is not fresh before it is written again', () => {
    for (const offMs of [-60_000, 60_000]) {
      const watch = new FreshWatch(new VirtualClock(START));
      expect(watch.isFresh(iso(START + offMs), 20)).toBe(false);
      expect(watch.isFresh(iso(START + offMs + 2000), 20)).toBe(true);
    }
  });

  test('that says the same instant a little differently is not new', async () => {
    const clock = new VirtualClock(START);
    const watch = new FreshWatch(clock);
    watch.isFresh(iso(START), 20);
    for (let i = 1; i < 30; i++) {
      await passOn(clock, 1);
      watch.isFresh(iso(START + (i % 2)), 20);
    }
    expect(watch.isFresh(iso(START + 1), 20)).toBe(false);
  });

  test('without a date is not fresh', () => {
    expect(new FreshWatch(new VirtualClock(START)).isFresh('', 20)).toBe(false);
  });
});
